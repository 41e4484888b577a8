public import SystemPackage

/// The seam between ``LinuxNetmap`` and the system: bytes and addresses as the kernel takes them.
///
/// 1. Every call is one system call; it fails with the `errno` of that call and is never retried.
/// 2. What is passed is valid for the length of the call, the memory that the argument of
///    ``control(_:_:_:)`` itself points to included.
public protocol NetmapSystemCalls: Sendable {
  /// Opens `/dev/netmap` for reading and writing, non-blocking and close-on-exec.
  func open() throws(Errno) -> Int32

  /// Makes a request of a descriptor's own kind.
  ///
  /// - Parameter argument: As many bytes as the request's number says, or `nil` for none.
  ///
  /// Source: `ioctl`.
  func control(
    _ descriptor: Int32,
    _ request: UInt32,
    _ argument: UnsafeMutableRawBufferPointer?
  ) throws(Errno)

  /// Maps the first `count` bytes of a descriptor's memory, shared, for reading and writing.
  ///
  /// Source: `mmap`.
  func map(_ descriptor: Int32, count: Int) throws(Errno) -> UnsafeMutableRawPointer

  /// Gives back `count` bytes that ``map(_:count:)`` returned.
  ///
  /// Source: `munmap`.
  func unmap(_ base: UnsafeMutableRawPointer, count: Int) throws(Errno)

  /// Waits at most so many milliseconds for one of the events; -1 waits without end.
  ///
  /// - Returns: The events that are there, as `poll.h` numbers them; 0 if there are none.
  ///
  /// Source: `poll`, which on such a descriptor also synchronises its rings.
  func poll(_ descriptor: Int32, for events: Int16, milliseconds: Int32) throws(Errno) -> Int16

  /// Closes a descriptor.
  func close(_ descriptor: Int32) throws(Errno)
}
