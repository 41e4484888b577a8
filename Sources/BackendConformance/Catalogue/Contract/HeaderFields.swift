internal import NetBackend

/// What stands in the vnet header.
enum HeaderFields {
  /// What is asked of single fields.
  static let ofSingleFields = [bufferCountIsOne, bufferCountIsIgnored, unusedFieldsAreIgnored]

  static let receivedBytesAreWritten = Requirement(
    "header/received-bytes-are-written",
    .must,
    "every byte of a received header is written: zeros if nothing was offloaded, and a buffer count "
      + "of 0 or 1",
    because: "what the caller's memory held before is taken for flags, and a guest completes "
      + "checksums that were complete",
    sources: [Source.virtio("5.1.6.4"), "Linux tun series 51b2483b, number of buffers"],
    hint: "the kernel writes 10 of the 12 bytes"
  ) {
    for header in [10, 12] {
      for length in [14, 60, 1514] {
        for isPeeked in [false, true] {
          for rooms in [[], [1, header - 1], [header], [header - 1, 1], [header + 1]] {
            let frame = FramePattern(length)
            let rest = header + length - rooms.reduce(0, +)
            Script("header \(header), \(length) bytes into \(rooms)\(isPeeked ? ", peeked" : "")") {
              Step.open()
              Step.useHeader(header)
              Step.inject(frame)
              if isPeeked { Step.peek(frame.behindHeader(header)) }
              Step.receive(frame, header: header, into: (rooms + [rest]).map { UInt($0) })
            }
          }
        }
      }
    }
  }

  static let bufferCountIsOne = Requirement(
    "header/buffer-count-is-one",
    .should,
    "a received header of 12 bytes says that the frame lies in one buffer",
    because: "a driver that reads 0 waits for a buffer that never comes, or drops the frame",
    sources: [Source.virtio("5.1.6.4.1"), "Linux tun series 51b2483b, number of buffers"],
    hint: "the kernel leaves the field zero, and so does the backend"
  ) {
    for length in [14, 60, 1514] {
      for isPeeked in [false, true] {
        let frame = FramePattern(length)
        Script("\(length) bytes\(isPeeked ? ", peeked" : "")") {
          Step.open()
          Step.useHeader(12)
          Step.inject(frame)
          if isPeeked { Step.peek(frame.behindHeader(12)) }
          Step.receive(frame.behindHeader(12, bufferCount: 1))
        }
      }
    }
  }

  static let bufferCountIsIgnored = Requirement(
    "header/buffer-count-is-ignored",
    .must,
    "the buffer count of a frame that is sent is ignored",
    because: "drivers leave the field as they find it",
    sources: [Source.virtio("5.1.6.2")],
    hint: "a header compared with zeros"
  ) {
    for count in [0, 1, 2, 0xFF, 0xFFFF] as [UInt16] {
      Script("\(count)") {
        Step.open()
        Step.useHeader(12)
        Step.send(FramePattern(60).behindHeader(12, bufferCount: count))
        Step.collect(FramePattern(60))
      }
    }
  }

  static let unusedFieldsAreIgnored = Requirement(
    "header/unused-fields-are-ignored",
    .must,
    "fields that the flags of a sent header do not call for, and unknown flags, change nothing",
    because: "a checksum is written into the middle of a frame that never asked for one",
    sources: [Source.virtio("5.1.6.2"), Source.linuxTap],
    hint: "the checksum fields used without a look at the flag"
  ) {
    for header in [10, 12] {
      for (name, change) in [
        ("checksum start", { $0.checksumStart = 20 }),
        ("checksum start and offset", { ($0.checksumStart, $0.checksumOffset) = (34, 16) }),
        ("checksum beyond the end", { ($0.checksumStart, $0.checksumOffset) = (65_535, 65_535) }),
        ("segment size", { $0.segmentSize = 1448 }),
        ("flag 0x80", { $0.flags = VirtioNetHeader.Flags(rawValue: 0x80) }),
        ("flag 0x78", { $0.flags = VirtioNetHeader.Flags(rawValue: 0x78) }),
      ] as [(String, (inout VirtioNetHeader) -> Void)] {
        Script("header \(header), \(name)") {
          let fields = {
            var fields = VirtioNetHeader()
            change(&fields)
            return fields
          }()
          Step.open()
          Step.useHeader(header)
          Step.send(FramePattern(60).behind(fields, length: header))
          Step.collect(FramePattern(60))
        }
      }
    }
  }
}
