internal import CallScript
internal import Glibc
internal import SystemPackage
internal import Tap

/// A tap port that passes every call on, but for those that a conforming type gets wrong.
///
/// It makes a right backend behave as one whose author got these calls wrong.
protocol WrongPort: TapPort {
  associatedtype Base: TapPort
  /// The right port.
  var base: Base { get }
}

extension WrongPort {
  func openControl() throws(Errno) -> Int32 { try base.openControl() }
  func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags {
    try base.deviceFeatures(descriptor)
  }
  func attach(_ descriptor: Int32, to name: String, flags: TapFlags) throws(Errno) -> String {
    try base.attach(descriptor, to: name, flags: flags)
  }
  func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    try base.attachment(descriptor)
  }
  func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    try base.setHeaderLength(descriptor, to: length)
  }
  func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try base.setOffloads(descriptor, to: offloads)
  }
  func setNonBlocking(_ descriptor: Int32) throws(Errno) { try base.setNonBlocking(descriptor) }
  func setCloseOnExec(_ descriptor: Int32) throws(Errno) { try base.setCloseOnExec(descriptor) }
  func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags {
    try base.descriptorFlags(descriptor)
  }
  func openSocket() throws(Errno) -> Int32 { try base.openSocket() }
  func interfaceFlags(_ socket: Int32, of name: String) throws(Errno) -> InterfaceFlags {
    try base.interfaceFlags(socket, of: name)
  }
  func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    try base.setInterfaceFlags(socket, of: name, to: flags)
  }
  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    unsafe try base.write(descriptor, elements: elements)
  }
  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    unsafe try base.read(descriptor, elements: elements)
  }
  func close(_ descriptor: Int32) throws(Errno) { try base.close(descriptor) }
}
