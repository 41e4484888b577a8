import NetBackend
import SystemPackage
import Tap
import Testing

/// One rule of the kernel: operations that are carried out on either kernel, and what they come to.
struct KernelRule: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let outcomes: @Sendable (any KernelArm) throws -> [String]

  init(_ name: String, outcomes: @escaping @Sendable (any KernelArm) throws -> [String]) {
    testDescription = name
    self.outcomes = outcomes
  }
}

/// A vnet header for a table of cases.
func header(
  flags: VirtioNetHeader.Flags = [],
  _ segmentation: UInt8 = 0,
  headers: UInt16 = 0,
  size: UInt16 = 0,
  start: UInt16 = 0,
  offset: UInt16 = 0
) -> VirtioNetHeader {
  var header = VirtioNetHeader()
  header.flags = flags
  header.segmentation = segmentation
  header.headersLength = headers
  header.segmentSize = size
  header.checksumStart = start
  header.checksumOffset = offset
  return header
}

extension KernelRule {
  /// Headers that the kernel takes, and some that it does not, in front of a frame of 100 bytes.
  static let headers: [(String, VirtioNetHeader)] = [
    ("nothing to do", header()),
    ("checksum at the end", header(flags: .needsChecksum, start: 98)),
    ("checksum beyond the end", header(flags: .needsChecksum, start: 99)),
    ("checksum starting beyond the end", header(flags: .needsChecksum, start: 100)),
    ("checksum in the Ethernet header", header(flags: .needsChecksum, start: 13)),
    ("checksum right behind it", header(flags: .needsChecksum, start: 14)),
    ("checksum at 19", header(flags: .needsChecksum, start: 19)),
    ("checksum at 20", header(flags: .needsChecksum, start: 20)),
    (
      "checksum at 39 of TCP over IPv6",
      header(flags: .needsChecksum, 4, headers: 74, size: 100, start: 39, offset: 16)
    ),
    (
      "checksum at 40 of TCP over IPv6",
      header(flags: .needsChecksum, 4, headers: 74, size: 100, start: 40, offset: 16)
    ),
    (
      "checksum at 39 of UDP segments",
      header(flags: .needsChecksum, 5, headers: 74, size: 100, start: 39, offset: 6)
    ),
    (
      "UDP at any place",
      header(flags: .needsChecksum, 3, headers: 42, size: 100, start: 34, offset: 20)
    ),
    ("checksum far away", header(flags: .needsChecksum, start: 0xFFFF, offset: 0xFFFF)),
    ("checksum that wraps", header(flags: .needsChecksum, start: 0xFFFF, offset: 1)),
    ("checksum fields without the flag", header(start: 500, offset: 3)),
    ("headers of 1 byte", header(headers: 1)),
    ("headers of 13 bytes", header(headers: 13)),
    ("headers of 14 bytes", header(headers: 14)),
    ("headers as long as the frame", header(headers: 100)),
    ("headers longer than the frame", header(headers: 101)),
    ("an unknown segmentation", header(2, size: 10)),
    ("another unknown segmentation", header(6, size: 10)),
    ("no segment size", header(flags: .needsChecksum, 1, headers: 54, start: 34, offset: 16)),
    ("TCP", header(flags: .needsChecksum, 1, headers: 54, size: 100, start: 34, offset: 16)),
    (
      "TCP over IPv6",
      header(flags: .needsChecksum, 4, headers: 74, size: 100, start: 54, offset: 16)
    ),
    (
      "congestion",
      header(flags: .needsChecksum, 0x81, headers: 54, size: 100, start: 34, offset: 16)
    ),
    ("TCP without checksum", header(1, headers: 54, size: 100)),
    (
      "TCP with UDP's checksum",
      header(flags: .needsChecksum, 1, headers: 54, size: 100, start: 34, offset: 6)
    ),
    (
      "TCP without room",
      header(flags: .needsChecksum, 1, headers: 54, size: 100, start: 82, offset: 16)
    ),
    ("UDP", header(flags: .needsChecksum, 3, headers: 42, size: 100, start: 34, offset: 6)),
    (
      "UDP segments", header(flags: .needsChecksum, 5, headers: 42, size: 100, start: 34, offset: 6)
    ),
    (
      "UDP segments with TCP's checksum",
      header(flags: .needsChecksum, 5, headers: 42, size: 100, start: 34, offset: 16)
    ),
    ("congestion alone", header(0x80, size: 10)),
    ("a size without segmentation", header(size: 10)),
    ("an unknown flag", header(flags: .init(rawValue: 0x80))),
    ("a checksum known to be right", header(flags: .dataValid)),
  ]

  static let all = attaching + switching + writing + reading + link

  static let attaching: [KernelRule] = [
    KernelRule("A name is made from a pattern, or refused") { arm in
      ["", "tap%d", "tap%d", "x%dy", "tap7", "lo", "a/b", "a b", ".", "..", "a%sb", "t%d%d", "%"]
        .map {
          name in
          arm.outcome { () throws(Errno) in
            let descriptor = try arm.port.openControl()
            return try arm.port.attach(descriptor, to: name, flags: [.tap, .noProtocolInformation])
          }
        }
    },
    KernelRule("A single queue is busy, and other modes are refused") { arm in
      _ = try arm.attached()
      _ = try arm.attached("tap1", flags: [.tap, .noProtocolInformation, .multiQueue])
      let wanted: [(String, TapFlags)] = [
        ("tap0", [.tap, .noProtocolInformation]), ("tap0", [.tun, .noProtocolInformation]),
        ("tap0", [.tap, .noProtocolInformation, .multiQueue]), ("tap1", [.tap]),
        ("tap1", [.tap, .noProtocolInformation, .multiQueue]), ("tap2", []),
        ("tap2", [.noProtocolInformation]),
      ]
      return wanted.map { name, flags in
        arm.outcome { () throws(Errno) in
          try arm.port.attach(try arm.port.openControl(), to: name, flags: flags)
        }
      }
    },
    KernelRule("A descriptor is attached once") { arm in
      let descriptor = try arm.attached()
      return [
        arm.outcome { () throws(Errno) in
          try arm.port.attach(descriptor, to: "tap1", flags: [.tap])
        }
      ]
    },
    KernelRule("An attached descriptor tells name and flags") { arm in
      let sets: [TapFlags] = [
        [.tap, .noProtocolInformation, .vnetHeader], [.tap, .noProtocolInformation],
        [.tun, .noProtocolInformation, .vnetHeader], [.tap, .noProtocolInformation, .multiQueue],
      ]
      return sets.map { flags in
        arm.outcome { () throws(Errno) in
          try arm.port.attachment(try arm.attached("", flags: flags, up: false))
        }
      }
    },
    KernelRule("A persistent interface keeps its header length and takes the new flags") { arm in
      try arm.makePersistent("tap0", flags: [.tap, .noProtocolInformation], headerLength: 20)
      let descriptor = try arm.attached()
      return [
        arm.outcome { () throws(Errno) in try arm.port.attachment(descriptor) },
        arm.inject(frame(60)), arm.read(descriptor),
      ]
    },
    KernelRule("What is attached to nothing can do nothing") { arm in
      let descriptor = try arm.port.openControl()
      return [
        arm.read(descriptor), arm.read(descriptor, 0), arm.write(descriptor, frame(70)),
        arm.write(descriptor), "\(arm.isHungUp(descriptor))",
        arm.outcome { () throws(Errno) in try arm.port.setHeaderLength(descriptor, to: 10) },
        arm.outcome { () throws(Errno) in try arm.port.setOffloads(descriptor, to: []) },
        arm.outcome { () throws(Errno) in try arm.port.attachment(descriptor) },
      ]
    },
    KernelRule("A descriptor number is the lowest that is free") { arm in
      var first = try arm.port.openControl()
      let second = try arm.port.openControl()
      try arm.port.close(first)
      var again = try arm.port.openControl()
      // Others in the process may have taken the number in between, but not time and again.
      for _ in 0..<100 where again != first {
        first = again
        try arm.port.close(first)
        again = try arm.port.openControl()
      }
      return [
        "\(again == first)",
        "\(second != first)",
        arm.outcome { () throws(Errno) in try arm.port.close(second) },
        arm.outcome { () throws(Errno) in try arm.port.descriptorFlags(again) },
      ]
    },
  ]

  static let switching: [KernelRule] = [
    KernelRule("A header is at least 10 bytes long") { arm in
      let descriptor = try arm.attached()
      return [-1, 0, 1, 9, 10, 11, 12, 13, 20, 32, 64, 1000].map { length in
        arm.outcome { () throws(Errno) in
          try arm.port.setHeaderLength(descriptor, to: length)
        }
      }
    },
    KernelRule("Offloads need each other") { arm in
      let descriptor = try arm.attached()
      return (0..<0x80).map { bits in
        arm.outcome { () throws(Errno) in
          try arm.port.setOffloads(descriptor, to: TapOffloads(rawValue: bits))
        }
      }
    },
  ]

  static let writing: [KernelRule] = [
    KernelRule("A write holds a header and an Ethernet header") { arm in
      let descriptor = try arm.attached()
      return [10, 12, 20].flatMap { length in
        try? arm.port.setHeaderLength(descriptor, to: length)
        return (0..<length + 16).map {
          arm.write(
            descriptor,
            Array(([UInt8](repeating: 0, count: length) + frame(60)).prefix($0))
          )
        }
      }
    },
    KernelRule("A write may be long and in many pieces, up to 1024") { arm in
      let descriptor = try arm.attached()
      let bytes = [UInt8](repeating: 0, count: 10) + frame(60)
      return [
        arm.write(descriptor, [UInt8](repeating: 0, count: 10) + frame(65_664)),
        arm.write(descriptor, Array(bytes.prefix(3)), [], Array(bytes.dropFirst(3))),
        arm.writeEmpties(descriptor, 1023, bytes), arm.writeEmpties(descriptor, 1024, bytes),
      ]
    },
    KernelRule("A header is checked before the frame is written") { arm in
      let descriptor = try arm.attached()
      return headers.map { name, header in
        "\(name): " + arm.write(descriptor, header.encoded(length: 10), frame(100))
      }
    },
    KernelRule("A longer header gives the length of the headers more room") { arm in
      let descriptor = try arm.attached()
      return [12, 20].flatMap { length in
        try? arm.port.setHeaderLength(descriptor, to: length)
        return (98..<112).map {
          arm.write(descriptor, header(headers: $0).encoded(length: length), frame(100))
        }
      }
    },
    KernelRule("A wrong header counts before a link that is down") { arm in
      let descriptor = try arm.attached(up: false)
      return [
        arm.write(descriptor, header().encoded(length: 10), frame(100)),
        arm.write(descriptor, header().encoded(length: 10), frame(13)),
        arm.write(descriptor, header(headers: 200).encoded(length: 10), frame(100)),
        arm.write(descriptor, header(2).encoded(length: 10), frame(100)),
      ]
    },
  ]

  static let reading: [KernelRule] = [
    KernelRule("A read that is too short loses the rest, or all") { arm in
      let descriptor = try arm.attached()
      try arm.port.setHeaderLength(descriptor, to: 12)
      return [0, 1, 11, 12, 13, 40, 71, 72, 73].flatMap { length in
        [arm.inject(frame(60)), arm.read(descriptor, length), arm.read(descriptor)]
      }
    },
    KernelRule("The bytes of a header behind the tenth are zero") { arm in
      let descriptor = try arm.attached()
      return [10, 11, 12, 20, 64].flatMap { length in
        try? arm.port.setHeaderLength(descriptor, to: length)
        return [arm.inject(frame(60)), arm.read(descriptor)]
      }
    },
    KernelRule("A header to honour is honoured, or handed over") { arm in
      let descriptor = try arm.attached()
      return [[], TapOffloads.checksum].flatMap { offloads in
        try? arm.port.setOffloads(descriptor, to: offloads)
        return headers.flatMap { name, header in
          ["\(name): " + arm.inject(frame(100), header), arm.read(descriptor)]
        }
      }
    },
    KernelRule("A checksum of zero is stored as its complement") { arm in
      let descriptor = try arm.attached()
      let bytes = frame(20) + [0xFF, 0xFF, 0, 0]
      return [
        arm.inject(bytes, header(flags: .needsChecksum, start: 20, offset: 2)),
        arm.read(descriptor),
        arm.inject(frame(61), header(flags: .needsChecksum, start: 34, offset: 6)),
        arm.read(descriptor),
      ]
    },
    KernelRule("With TCP segmentation on, a long frame arrives whole") { arm in
      let descriptor = try arm.attached()
      try arm.port.setOffloads(descriptor, to: [.checksum, .tcp4])
      let tcp = header(flags: .needsChecksum, 1, headers: 54, size: 1000, start: 34, offset: 16)
      return [3054, 4079, 4080, 9000, 65_000].flatMap {
        [arm.inject(ipv4TCP($0), tcp), arm.read(descriptor, 66_000)]
      }
    },
  ]

  static let link: [KernelRule] = [
    KernelRule("A frame longer than the MTU is refused, with room for a VLAN tag") { arm in
      let descriptor = try arm.attached()
      return [1500, 9000].flatMap { mtu in
        [
          "\(arm.setMTU("tap0", to: mtu))",
          arm.inject(frame(mtu + 14)), arm.inject(frame(mtu + 15)),
          arm.inject(tagged(mtu + 18)), arm.inject(tagged(mtu + 19)),
          "\(arm.read(descriptor, 10_000).count)", "\(arm.read(descriptor, 10_000).count)",
          arm.read(descriptor),
        ]
      } + [67, 68, 65_521, 65_522].map { "\(arm.setMTU("tap0", to: $0))" }
    },
    KernelRule("A queue keeps a thousand frames, and the sender learns nothing of the rest") {
      arm in
      let descriptor = try arm.attached()
      let sent = (0..<1050).map { arm.inject(frame(60, seed: UInt8($0 % 251))) }
      let kept = (0..<1001).map { _ in arm.read(descriptor) }
      return sent + kept + [arm.inject(frame(61)), arm.read(descriptor)]
    },
    KernelRule("A frame shorter than an Ethernet header is refused") { arm in
      let descriptor = try arm.attached()
      return [1, 13, 14, 15].flatMap {
        [arm.inject(Array(frame(20).prefix($0))), arm.read(descriptor)]
      }
    },
    KernelRule("While the link is down nothing new passes; what waits can be read") { arm in
      let descriptor = try arm.attached()
      let first = [arm.inject(frame(60)), arm.inject(frame(61))]
      try arm.setLink("tap0", up: false)
      let down = [
        arm.read(descriptor), arm.inject(frame(62)),
        arm.write(descriptor, header().encoded(length: 10), frame(60)),
      ]
      try arm.setLink("tap0", up: true)
      let up = [arm.read(descriptor), arm.read(descriptor)]
      return first + down + up + [arm.inject(frame(63)), arm.read(descriptor)]
    },
    KernelRule("An interface that is gone can do nothing, and can be made anew") { arm in
      let descriptor = try arm.attached()
      _ = arm.inject(frame(60))
      let ready = ["\(arm.isReadable(descriptor))", "\(arm.isHungUp(descriptor))"]
      return ready + [
        "\(arm.removeInterface("tap0"))", arm.read(descriptor), arm.read(descriptor, 0),
        arm.write(descriptor, frame(70)), arm.write(descriptor, [1]),
        "\(arm.isHungUp(descriptor))", arm.inject(frame(60)),
        arm.outcome { () throws(Errno) in try arm.port.setHeaderLength(descriptor, to: 10) },
        arm.outcome { () throws(Errno) in try arm.port.attachment(descriptor) },
        arm.outcome { () throws(Errno) in
          try arm.port.attach(descriptor, to: "tap0", flags: [.tap, .noProtocolInformation])
        },
        arm.read(descriptor),
      ]
    },
    KernelRule("An interface goes with its last descriptor") { arm in
      let descriptor = try arm.attached()
      try arm.port.close(descriptor)
      return [arm.inject(frame(60)), "\(arm.removeInterface("tap0"))"]
    },
  ]

  /// A frame with a VLAN tag.
  private static func tagged(_ length: Int) -> [UInt8] {
    var bytes = frame(length)
    (bytes[12], bytes[13]) = (0x81, 0)
    return bytes
  }

  /// A TCP segment over IPv4 of so many bytes, without checksums.
  private static func ipv4TCP(_ length: Int) -> [UInt8] {
    var bytes = frame(length)
    let total = length - 14
    let ip: [UInt8] = [
      0x45, 0, UInt8(total >> 8), UInt8(total & 0xFF), 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0,
      0, 2,
    ]
    let tcp: [UInt8] = [0, 80, 0, 81, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 1, 0, 0, 0, 0, 0]
    bytes.replaceSubrange(12..<54, with: [8, 0] + ip + tcp)
    return bytes
  }
}
