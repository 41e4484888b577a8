/// A capture of Ethernet frames in the pcapng format, in which each frame has a comment.
///
/// Built in memory, little-endian: libpcap reads this format, but does not write it.
///
/// Source: IETF draft-ietf-opsawg-pcapng, sections 4.1 to 4.3.
public struct CommentedCapture: Sendable {
  /// The file so far; valid after every frame.
  public private(set) var bytes: [UInt8] = []

  /// Begins a capture.
  ///
  /// - Parameters:
  ///   - interfaces: The names of the interfaces that frames were seen on.
  ///   - snapshotLength: The most bytes that are kept of a frame.
  public init(interfaces: [String], snapshotLength: Int) {
    // Byte-order magic, version 1.0, and a section whose length is not told.
    addBlock(0x0A0D_0D0A) { body in
      body.add(UInt32(0x1A2B_3C4D))
      body.add(UInt16(1))
      body.add(UInt16(0))
      body.add(UInt64.max)
    }
    for name in interfaces {
      // Link type 1, Ethernet; option 2, the name.
      addBlock(1) { body in
        body.add(UInt16(1))
        body.add(UInt16(0))
        body.add(UInt32(clamping: snapshotLength))
        body.addOption(2, name)
      }
    }
  }

  /// Adds a frame.
  ///
  /// - Parameters:
  ///   - head: The bytes that were kept of it.
  ///   - length: The bytes that it has.
  ///   - interface: Where it was seen, counted from 0.
  ///   - microseconds: When it was seen.
  ///   - comment: What is to be said about it.
  public mutating func add(
    _ head: [UInt8],
    length: Int,
    interface: Int,
    microseconds: UInt64,
    comment: String
  ) {
    // Option 1, the comment.
    addBlock(6) { body in
      body.add(UInt32(clamping: interface))
      body.add(UInt32(truncatingIfNeeded: microseconds >> 32))
      body.add(UInt32(truncatingIfNeeded: microseconds))
      body.add(UInt32(clamping: head.count))
      body.add(UInt32(clamping: length))
      body.addPadded(head)
      body.addOption(1, comment)
    }
  }

  /// Adds a block: its type, its length in bytes, the body, and the length again.
  private mutating func addBlock(_ type: UInt32, _ build: (inout [UInt8]) -> Void) {
    var body: [UInt8] = []
    build(&body)
    let length = UInt32(clamping: body.count + 12)
    bytes.add(type)
    bytes.add(length)
    bytes += body
    bytes.add(length)
  }
}

extension [UInt8] {
  fileprivate mutating func add(_ value: some FixedWidthInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Adds bytes, and zeros up to a multiple of four.
  fileprivate mutating func addPadded(_ bytes: [UInt8]) {
    self += bytes
    while count % 4 != 0 { append(0) }
  }

  /// Adds the one option of a block, which ends its options.
  fileprivate mutating func addOption(_ code: UInt16, _ text: String) {
    let bytes = [UInt8](text.utf8.prefix(Int(UInt16.max)))
    add(code)
    add(UInt16(bytes.count))
    addPadded(bytes)
    add(UInt32(0))
  }
}
