internal import CLinux
public import SystemPackage

/// The system calls of Linux.
public struct LinuxNetmapSystemCalls: NetmapSystemCalls {
  /// Creates the calls; they hold nothing.
  public init() {}

  @discardableResult
  private func checked(_ result: Int32) throws(Errno) -> Int32 {
    guard result >= 0 else { throw Errno(rawValue: -result) }
    return result
  }

  /// Opens `/dev/netmap` for reading and writing, non-blocking and close-on-exec.
  public func open() throws(Errno) -> Int32 { try checked(clinux_netmap_open()) }

  /// Makes a request of a descriptor's own kind.
  public func control(
    _ descriptor: Int32,
    _ request: UInt32,
    _ argument: UnsafeMutableRawBufferPointer?
  ) throws(Errno) {
    // The caller has made the argument as long as the request's number says.
    try checked(unsafe clinux_ioctl(descriptor, request, argument?.baseAddress))
  }

  /// Maps the first `count` bytes of a descriptor's memory, shared, for reading and writing.
  public func map(_ descriptor: Int32, count: Int) throws(Errno) -> UnsafeMutableRawPointer {
    var base: UnsafeMutableRawPointer?
    // The address is stored only where the call succeeds.
    try checked(unsafe clinux_map_shared(descriptor, count, &base))
    guard let base = unsafe base else { throw .badAddress }
    return unsafe base
  }

  /// Gives back `count` bytes that were mapped.
  public func unmap(_ base: UnsafeMutableRawPointer, count: Int) throws(Errno) {
    // The caller hands over what it mapped, and does not use it again.
    try checked(unsafe clinux_unmap(base, count))
  }

  /// Waits at most so many milliseconds for one of the events.
  public func poll(
    _ descriptor: Int32,
    for events: Int16,
    milliseconds: Int32
  ) throws(Errno) -> Int16 {
    Int16(truncatingIfNeeded: try checked(clinux_poll(descriptor, events, milliseconds)))
  }

  /// Closes a descriptor.
  public func close(_ descriptor: Int32) throws(Errno) { try checked(clinux_close(descriptor)) }
}
