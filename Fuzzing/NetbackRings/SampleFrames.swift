/// The beginnings of frames of all protocols in which a netback looks for something.
enum SampleFrames {
  static let all = [
    ether([0x08, 0x00]) + version4(6) + tcp,
    ether([0x08, 0x00]) + version4(17) + udp,
    ether([0x86, 0xDD]) + version6(6) + tcp,
    ether([0x86, 0xDD]) + version6(17) + udp,
    // Behind options for each hop and a fragment's header.
    ether([0x86, 0xDD]) + version6(0) + [44, 0, 1, 4, 0, 0, 0, 0] + [6, 0, 0, 0, 0, 0, 0, 1] + tcp,
    // A fragment, with options.
    ether([0x08, 0x00]) + [0x46, 0, 0x05, 0xDC, 0, 1, 0x20, 0] + [64, 6, 0, 0] + addresses4
      + [1, 1, 1, 0] + tcp,
    // To a group, and as long a key of a hash or a table of queues as there can be.
    [0x01, 0x00, 0x5E, 0x00, 0x00, 0x01] + [UInt8](repeating: 0, count: 512),
    [UInt8](repeating: 0xFF, count: 6) + ether([0x81, 0x00]).suffix(8) + [0, 1, 0x08, 0x00],
  ]

  private static let addresses4: [UInt8] = [10, 0, 0, 1, 10, 0, 0, 2]
  private static let addresses6 = [UInt8](repeating: 0xFD, count: 32)
  private static let tcp: [UInt8] =
    [0x04, 0xD2, 0x16, 0x2E, 0, 0, 0, 1, 0, 0, 0, 2] + [0x50, 0x18, 0x20, 0, 0, 0, 0, 0]
  private static let udp: [UInt8] = [0x04, 0xD2, 0x16, 0x2E, 0x00, 0x20, 0, 0]

  private static func ether(_ type: [UInt8]) -> [UInt8] {
    [0x02, 0, 0, 0, 0, 1] + [0x02, 0, 0, 0, 0, 2] + type
  }

  private static func version4(_ next: UInt8) -> [UInt8] {
    [0x45, 0, 0x05, 0xDC, 0, 1, 0, 0] + [64, next, 0, 0] + addresses4
  }

  private static func version6(_ next: UInt8) -> [UInt8] {
    [0x60, 0, 0, 0, 0x05, 0xB4] + [next, 64] + addresses6
  }
}
