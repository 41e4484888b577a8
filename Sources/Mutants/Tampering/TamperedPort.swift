internal import Glibc
internal import SystemPackage
internal import Tap

/// A tap port of which single calls are replaced.
struct TamperedPort: WrongPort {
  typealias Base = Mutant.RightPort

  let base: Base
  /// Replaces `TUNSETIFF`.
  var onAttach: (@Sendable (Int32, String, TapFlags) throws(Errno) -> String)?
  /// Replaces `TUNGETIFF`.
  var onAttachment: (@Sendable (Int32) throws(Errno) -> TapAttachment)?
  /// Replaces `TUNSETVNETHDRSZ`.
  var onHeaderLength: (@Sendable (Int32, Int) throws(Errno) -> Void)?
  /// Replaces `TUNSETOFFLOAD`.
  var onOffloads: (@Sendable (Int32, TapOffloads) throws(Errno) -> Void)?
  /// Replaces making a descriptor non-blocking.
  var onNonBlocking: (@Sendable (Int32) throws(Errno) -> Void)?
  /// Replaces making a descriptor close-on-exec.
  var onCloseOnExec: (@Sendable (Int32) throws(Errno) -> Void)?
  /// Replaces opening a socket.
  var onSocket: (@Sendable () throws(Errno) -> Int32)?
  /// Replaces `SIOCSIFFLAGS`.
  var onInterfaceFlags: (@Sendable (Int32, String, InterfaceFlags) throws(Errno) -> Void)?
  /// Replaces closing a descriptor.
  var onClose: (@Sendable (Int32) throws(Errno) -> Void)?

  /// Replaces the calls that `change` sets.
  init(_ base: Base, _ change: (inout TamperedPort) -> Void) {
    self.base = base
    change(&self)
  }

  func attach(_ descriptor: Int32, to name: String, flags: TapFlags) throws(Errno) -> String {
    guard let onAttach else { return try base.attach(descriptor, to: name, flags: flags) }
    return try onAttach(descriptor, name, flags)
  }

  func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    guard let onAttachment else { return try base.attachment(descriptor) }
    return try onAttachment(descriptor)
  }

  func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    guard let onHeaderLength else { return try base.setHeaderLength(descriptor, to: length) }
    try onHeaderLength(descriptor, length)
  }

  func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    guard let onOffloads else { return try base.setOffloads(descriptor, to: offloads) }
    try onOffloads(descriptor, offloads)
  }

  func setNonBlocking(_ descriptor: Int32) throws(Errno) {
    guard let onNonBlocking else { return try base.setNonBlocking(descriptor) }
    try onNonBlocking(descriptor)
  }

  func setCloseOnExec(_ descriptor: Int32) throws(Errno) {
    guard let onCloseOnExec else { return try base.setCloseOnExec(descriptor) }
    try onCloseOnExec(descriptor)
  }

  func openSocket() throws(Errno) -> Int32 {
    guard let onSocket else { return try base.openSocket() }
    return try onSocket()
  }

  func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    guard let onInterfaceFlags else {
      return try base.setInterfaceFlags(socket, of: name, to: flags)
    }
    try onInterfaceFlags(socket, name, flags)
  }

  func close(_ descriptor: Int32) throws(Errno) {
    guard let onClose else { return try base.close(descriptor) }
    try onClose(descriptor)
  }
}
