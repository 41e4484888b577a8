package import SystemPackage

/// What goes in front of every option of a request.
///
/// In memory 24 bytes: the address of the next option at 0 (64 bits), the type at 8 and the status at
/// 12 (32 bits), the size at 16 (64 bits), in the machine's byte order. The status is the kernel's: 0
/// or an `errno`.
///
/// Source: netmap.h, `struct nmreq_option`.
package struct NetmapOptionHeader: Equatable, Sendable {
  /// The length in bytes.
  package static let size = 24
  /// The most bytes of a request's options; also what ends a chain that bites its tail.
  ///
  /// Source: netmap.h, `NETMAP_REQ_MAXSIZE`.
  private static let mostBytes = 4096

  /// The address of the next option; 0 behind the last.
  package var next: UInt64
  /// What is asked for.
  package var type: UInt32
  /// What became of it, an `errno`.
  package var status: UInt32 = 0
  /// The length in bytes, of an option whose type leaves it open.
  package var length: UInt64 = 0

  /// Asks for an option, in front of another.
  package init(type: UInt32, next: UInt64 = 0) {
    self.type = type
    self.next = next
  }

  /// Reads an option's head.
  package init(_ bytes: NetmapBytes) {
    next = bytes.number(at: 0)
    type = bytes.number(at: 8)
    status = bytes.number(at: 12)
    length = bytes.number(at: 16)
  }

  /// The head as it lies in memory.
  package var bytes: NetmapBytes {
    var bytes = NetmapBytes(count: Self.size)
    bytes.put(next, at: 0)
    bytes.put(type, at: 8)
    bytes.put(status, at: 12)
    bytes.put(length, at: 16)
    return bytes
  }

  /// Does what the kernel does with options that it does not know: says so in each, and fails.
  ///
  /// - Throws: `EOPNOTSUPP` if there is any, `EMSGSIZE` if they are too many.
  package static func refuseAll(from first: UInt64) throws(Errno) {
    var address = first
    var room = mostBytes
    while address != 0 {
      guard room >= size else { throw .messageTooLong }
      room -= size
      // The address is one of the program's, as the kernel finds it in the request.
      guard let start = unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)) else { break }
      let memory = unsafe UnsafeMutableRawBufferPointer(start: start, count: size)
      var option = Self(unsafe NetmapBytes(UnsafeRawBufferPointer(memory)))
      option.status = UInt32(Errno.notSupportedOnSocket.rawValue)
      unsafe memory.copyBytes(from: option.bytes.bytes)
      address = option.next
    }
    if first != 0 { throw .notSupportedOnSocket }
  }
}
