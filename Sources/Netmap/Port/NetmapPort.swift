public import RingMemory
public import SystemPackage

/// The seam between a netmap backend and its device: the system calls that the backend makes.
///
/// 1. Every call is one system call; it fails with the `errno` of that call and is never retried.
/// 2. Descriptors are numbers of the port's own kind; a number is valid from the call that returned
///    it until ``close(_:)``.
/// 3. ``syncTransmit(_:)`` and ``syncReceive(_:)`` return without error also when they found the
///    indices of a ring impossible and set them back; only the indices tell.
public protocol NetmapPort: Sendable {
  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  ///
  /// Source: `/dev/netmap`.
  func open() throws(Errno) -> Int32

  /// Binds a descriptor to a port, which is created if it is one of a switch or a pipe.
  ///
  /// Source: `NIOCCTRL` with `NETMAP_REQ_REGISTER`.
  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered

  /// Maps the memory that a bound descriptor shares with the kernel; it is given back with the
  /// object that is returned.
  ///
  /// Source: `mmap`.
  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory

  /// The length in bytes of the vnet header in front of the frames of a port.
  ///
  /// Source: `NETMAP_REQ_PORT_HDR_GET`.
  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int

  /// Sets the length in bytes of the vnet header in front of the frames of a port.
  ///
  /// Source: `NETMAP_REQ_PORT_HDR_SET`: 0, 10 or 12, and only a port of a switch.
  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno)

  /// Hands the slots in front of `head` of the rings to send from to the kernel, and takes back
  /// those it is done with.
  ///
  /// Source: `NIOCTXSYNC`.
  func syncTransmit(_ descriptor: Int32) throws(Errno)

  /// The same as ``syncTransmit(_:)``, but with the error as its result; every frame comes by here.
  ///
  /// A call that throws an error of a given type is one through a table of functions also where the
  /// compiler knows the port; this one it can inline.
  func trySyncTransmit(_ descriptor: Int32) -> Errno?

  /// Hands the slots in front of `head` of the rings to receive from back to the kernel, and takes
  /// those that have frames.
  ///
  /// Source: `NIOCRXSYNC`.
  func syncReceive(_ descriptor: Int32) throws(Errno)

  /// Closes a descriptor.
  func close(_ descriptor: Int32) throws(Errno)
}

extension NetmapPort {
  /// The error of ``syncTransmit(_:)``, or `nil` if there is none.
  @inlinable
  public func trySyncTransmit(_ descriptor: Int32) -> Errno? {
    do throws(Errno) { try syncTransmit(descriptor) } catch { return error }
    return nil
  }
}
