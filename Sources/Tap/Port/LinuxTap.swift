internal import CLinux
public import Glibc
public import SystemPackage

/// The system calls of Linux, in the network namespace of the calling thread.
public struct LinuxTap: TapPort {
  /// Creates the port; it holds nothing.
  public init() {}

  @discardableResult
  private func checked(_ result: Int32) throws(Errno) -> Int32 {
    guard result >= 0 else { throw Errno(rawValue: -result) }
    return result
  }

  public func openControl() throws(Errno) -> Int32 { try checked(clinux_tun_open()) }

  public func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags {
    TapFlags(rawValue: try checked(clinux_tun_features(descriptor)))
  }

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
    return actual.name
  }

  public func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    var actual = InterfaceNameBuffer()
    // The buffer has the size that the shim stores into.
    let flags = try checked(
      unsafe actual.withBytes { unsafe clinux_tun_attachment(descriptor, $0) }
    )
    return TapAttachment(name: actual.name, flags: TapFlags(rawValue: flags))
  }

  public func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    try checked(clinux_tun_set_header_length(descriptor, Int32(clamping: length)))
  }

  public func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try checked(clinux_tun_set_offloads(descriptor, offloads.rawValue))
  }

  public func setNonBlocking(_ descriptor: Int32) throws(Errno) {
    try checked(clinux_set_nonblocking(descriptor, 1))
  }

  public func setCloseOnExec(_ descriptor: Int32) throws(Errno) {
    try checked(clinux_set_close_on_exec(descriptor, 1))
  }

  public func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags {
    DescriptorFlags(rawValue: try checked(clinux_descriptor_flags(descriptor)))
  }

  public func openSocket() throws(Errno) -> Int32 { try checked(clinux_interface_socket()) }

  public func interfaceFlags(
    _ socket: Int32,
    of name: String
  ) throws(Errno) -> InterfaceFlags {
    // The string is lent for the length of the call.
    InterfaceFlags(rawValue: try checked(unsafe clinux_interface_flags(socket, name)))
  }

  public func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    // The string is lent for the length of the call.
    try checked(unsafe clinux_set_interface_flags(socket, name, flags.rawValue))
  }

  public func close(_ descriptor: Int32) throws(Errno) { try checked(clinux_close(descriptor)) }
}

extension LinuxTap {
  public func write(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    // The caller's elements are valid for the length of the call.
    let count = unsafe clinux_writev(
      descriptor,
      elements.baseAddress,
      Int32(clamping: elements.count)
    )
    guard count >= 0 else { throw Errno(rawValue: Int32(truncatingIfNeeded: -count)) }
    return count
  }

  public func read(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    // The caller's elements are valid for the length of the call.
    let count = unsafe clinux_readv(
      descriptor,
      elements.baseAddress,
      Int32(clamping: elements.count)
    )
    guard count >= 0 else { throw Errno(rawValue: Int32(truncatingIfNeeded: -count)) }
    return count
  }
}
