public import CallScript
internal import CLinux
public import Glibc
public import SystemPackage

/// The system calls of Linux, in the network namespace of the calling thread.
public struct LinuxTap: TapPort {
  private let ignoresForeignFrames: Bool

  /// Creates the port; it holds nothing.
  ///
  /// - Parameter ignoresForeignFrames: Whether each descriptor takes only frames of the experimental
  ///   EtherType 0x88B5 once it is attached, and not those that the host sends of itself.
  public init(ignoresForeignFrames: Bool = false) {
    self.ignoresForeignFrames = ignoresForeignFrames
  }

  @discardableResult
  private func checked(_ result: Int32) throws(Errno) -> Int32 {
    guard result >= 0 else { throw Errno(rawValue: -result) }
    return result
  }

  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  public func openControl() throws(Errno) -> Int32 { try checked(clinux_tun_open()) }

  /// The flags that the driver knows.
  public func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags {
    TapFlags(rawValue: try checked(clinux_tun_features(descriptor)))
  }

  /// Attaches a descriptor to the interface called `name`; returns the name in the end.
  public func attach(
    _ descriptor: Int32,
    to name: String,
    flags: TapFlags
  ) throws(Errno) -> String {
    var actual = InterfaceNameBuffer()
    // The buffer has the size that the shim stores into.
    try checked(
      unsafe actual.withBytes { unsafe clinux_tun_attach(descriptor, name, flags.rawValue, $0) }
    )
    if ignoresForeignFrames { try checked(clinux_tun_set_filter(descriptor, 1)) }
    return actual.name
  }

  /// The interface that a descriptor is attached to.
  public func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    var actual = InterfaceNameBuffer()
    // The buffer has the size that the shim stores into.
    let flags = try checked(
      unsafe actual.withBytes { unsafe clinux_tun_attachment(descriptor, $0) }
    )
    return TapAttachment(name: actual.name, flags: TapFlags(rawValue: flags))
  }

  /// Sets the length in bytes of the vnet header.
  public func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    try checked(clinux_tun_set_header_length(descriptor, Int32(clamping: length)))
  }

  /// Sets what the interface may hand over undone.
  public func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try checked(clinux_tun_set_offloads(descriptor, offloads.rawValue))
  }

  /// Makes a descriptor non-blocking.
  public func setNonBlocking(_ descriptor: Int32) throws(Errno) {
    try checked(clinux_set_nonblocking(descriptor, 1))
  }

  /// Makes a descriptor close-on-exec.
  public func setCloseOnExec(_ descriptor: Int32) throws(Errno) {
    try checked(clinux_set_close_on_exec(descriptor, 1))
  }

  /// The flags of a descriptor.
  public func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags {
    DescriptorFlags(rawValue: try checked(clinux_descriptor_flags(descriptor)))
  }

  /// Opens a socket for calls on interfaces.
  public func openSocket() throws(Errno) -> Int32 { try checked(clinux_interface_socket()) }

  /// The state of the interface called `name`.
  public func interfaceFlags(
    _ socket: Int32,
    of name: String
  ) throws(Errno) -> InterfaceFlags {
    // The string is lent for the length of the call.
    InterfaceFlags(rawValue: try checked(unsafe clinux_interface_flags(socket, name)))
  }

  /// Sets the state of the interface called `name`.
  public func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    // The string is lent for the length of the call.
    try checked(unsafe clinux_set_interface_flags(socket, name, flags.rawValue))
  }

  /// Closes a descriptor or a socket.
  public func close(_ descriptor: Int32) throws(Errno) { try checked(clinux_close(descriptor)) }
}

extension LinuxTap {
  /// Writes one frame, vnet header first; returns the bytes written.
  public func write(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    try unsafe Self.write(descriptor, elements)
  }

  /// Reads one frame, vnet header first; returns the bytes read.
  public func read(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    try unsafe Self.read(descriptor, elements)
  }

  @inline(__always)
  static func write(
    _ descriptor: Int32,
    _ elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    // The caller's elements are valid for the length of the call.
    let count = unsafe Glibc.writev(
      descriptor,
      elements.baseAddress,
      Int32(clamping: elements.count)
    )
    guard count >= 0 else { throw Errno(rawValue: Glibc.errno) }
    return count
  }

  @inline(__always)
  static func read(
    _ descriptor: Int32,
    _ elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    // The caller's elements are valid for the length of the call.
    let count = unsafe Glibc.readv(
      descriptor,
      elements.baseAddress,
      Int32(clamping: elements.count)
    )
    guard count >= 0 else { throw Errno(rawValue: Glibc.errno) }
    return count
  }
}
