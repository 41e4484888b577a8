internal import Glibc

/// The numbers of `errno` that scripts make system calls fail with.
enum ErrorNumber {
  /// `EPERM`.
  static let permission = EPERM
  /// `EINTR`.
  static let interrupted = EINTR
  /// `EIO`: what Linux answers to a write while the link is down.
  static let io = EIO
  /// `ENXIO`.
  static let noDeviceOrAddress = ENXIO
  /// `EBADF`.
  static let badDescriptor = EBADF
  /// `EAGAIN`, which on Linux is `EWOULDBLOCK` as well.
  static let again = EAGAIN
  /// `ENOMEM`.
  static let outOfMemory = ENOMEM
  /// `EFAULT`.
  static let fault = EFAULT
  /// `ENODEV`.
  static let noDevice = ENODEV
  /// `EINVAL`.
  static let invalid = EINVAL
  /// `EFBIG`.
  static let tooBig = EFBIG
  /// `EBADFD`: what Linux answers once the interface is gone.
  static let badState = EBADFD
  /// `EMSGSIZE`.
  static let messageTooLong = EMSGSIZE
  /// `ENOBUFS`.
  static let noBuffers = ENOBUFS
  /// `EHOSTDOWN`: what FreeBSD answers to a read while the link is down.
  static let hostDown = EHOSTDOWN
}
