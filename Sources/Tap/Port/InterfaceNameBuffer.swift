internal import CLinux

/// Room for the name of an interface as the kernel stores it: 16 bytes, ended by a zero.
struct InterfaceNameBuffer {
  private var bytes = [CChar](repeating: 0, count: Int(CLINUX_NAME_SIZE))

  /// The name up to its terminating zero.
  var name: String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Lends the room to a call that stores a name.
  mutating func withBytes(_ body: (UnsafeMutablePointer<CChar>) -> Int32) -> Int32 {
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      // The array is never empty, so that it has an address.
      guard let start = buffer.baseAddress else { return 0 }
      return unsafe body(start)
    }
  }
}
