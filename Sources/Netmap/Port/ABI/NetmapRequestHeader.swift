package import SystemPackage

/// What goes in front of every request: the version, what is asked for, of which port, and where
/// the rest lies.
///
/// In memory 88 bytes: version at 0 and type at 2 (16 bits), zeros at 4, the name at 8 (64 bytes),
/// the address of the first option at 72 and that of the body at 80 (64 bits), in the machine's byte
/// order.
///
/// Source: netmap.h, `struct nmreq_header`.
package struct NetmapRequestHeader: Equatable, Sendable {
  /// The length in bytes.
  package static let size = 88
  /// The version of the interface that this code speaks.
  package static let version: UInt16 = 14
  /// Where the name lies; its last byte is always 0.
  private static let nameField = 8..<72

  /// The version of the interface.
  package var version = Self.version
  /// What is asked for, a ``NetmapRequestType`` or something else.
  package var type: UInt16
  /// The port.
  package var name: String
  /// The address of the first option; 0 for none.
  package var options: UInt64 = 0
  /// The address of the body.
  package var body: UInt64 = 0

  /// Asks something of a port.
  ///
  /// - Throws: `ENAMETOOLONG` if the name does not fit, `EINVAL` if it has a zero in it.
  package init(_ type: NetmapRequestType, of name: String) throws(Errno) {
    guard name.utf8.count < Self.nameField.count else { throw .fileNameTooLong }
    guard !name.utf8.contains(0) else { throw .invalidArgument }
    self.type = type.rawValue
    self.name = name
  }

  /// Reads a header.
  package init(_ bytes: NetmapBytes) {
    version = bytes.number(at: 0)
    type = bytes.number(at: 2)
    name = bytes.text(in: Self.nameField)
    options = bytes.number(at: 72)
    body = bytes.number(at: 80)
  }

  /// The header as it lies in memory.
  package var bytes: NetmapBytes {
    var bytes = NetmapBytes(count: Self.size)
    bytes.put(version, at: 0)
    bytes.put(type, at: 2)
    bytes.put(name, at: Self.nameField.lowerBound)
    bytes.put(options, at: 72)
    bytes.put(body, at: 80)
    return bytes
  }
}
