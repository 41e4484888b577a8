public import CallScript
public import Glibc
public import SystemPackage

/// The seam between a tap backend and its device: the system calls that the backend makes.
///
/// 1. Every call is one system call; it fails with the `errno` of that call and is never retried.
/// 2. Descriptors are numbers of the port's own kind; a number is valid from the call that returned
///    it until ``close(_:)``, or as long as its owner says if somebody else opened it.
/// 3. ``write(_:elements:)`` and ``read(_:elements:)`` move one frame, vnet header first.
public protocol TapPort: Sendable {
  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  ///
  /// Source: Linux `/dev/net/tun`.
  func openControl() throws(Errno) -> Int32

  /// The flags that the driver knows.
  ///
  /// Source: `TUNGETFEATURES`.
  func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags

  /// Attaches a descriptor to the interface called `name`, which is created if it does not exist.
  ///
  /// - Returns: The interface's name, in which `%d` has become a number.
  ///
  /// Source: `TUNSETIFF`.
  func attach(_ descriptor: Int32, to name: String, flags: TapFlags) throws(Errno) -> String

  /// The interface that a descriptor is attached to.
  ///
  /// Source: `TUNGETIFF`.
  func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment

  /// Sets the length in bytes of the vnet header.
  ///
  /// Source: `TUNSETVNETHDRSZ`.
  func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno)

  /// Sets what the interface may hand over undone.
  ///
  /// Source: `TUNSETOFFLOAD`.
  func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno)

  /// Makes a descriptor non-blocking.
  func setNonBlocking(_ descriptor: Int32) throws(Errno)

  /// Makes a descriptor close-on-exec.
  func setCloseOnExec(_ descriptor: Int32) throws(Errno)

  /// The flags of a descriptor.
  func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags

  /// Opens a socket for the two calls below, close-on-exec.
  func openSocket() throws(Errno) -> Int32

  /// The state of the interface called `name`.
  ///
  /// Source: `SIOCGIFFLAGS`.
  func interfaceFlags(_ socket: Int32, of name: String) throws(Errno) -> InterfaceFlags

  /// Sets the state of the interface called `name`.
  ///
  /// Source: `SIOCSIFFLAGS`.
  func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno)

  /// Writes one frame.
  ///
  /// - Returns: The bytes written.
  ///
  /// Source: `writev`.
  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int

  /// Reads one frame; what does not fit the elements is lost.
  ///
  /// - Returns: The bytes read; 0 at the end of the file.
  ///
  /// Source: `readv`.
  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int

  /// Closes a descriptor or a socket.
  func close(_ descriptor: Int32) throws(Errno)
}
