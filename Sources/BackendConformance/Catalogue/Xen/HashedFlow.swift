/// A packet between two stations and ports, and what Toeplitz makes of them with the key that everybody
/// tests with.
///
/// Source: Microsoft, "Verifying the RSS hash calculation"; recomputed.
struct HashedFlow {
  /// The two addresses, the source first: 8 bytes, or 32.
  let addresses: [UInt8]
  /// The two ports, the source first.
  let ports: [Int]
  /// The hash of the addresses.
  let plain: UInt32
  /// The hash of addresses and ports.
  let withPorts: UInt32

  /// The key that the hashes are made with.
  static let key: [UInt8] = [
    0x6D, 0x5A, 0x56, 0xDA, 0x25, 0x5B, 0x0E, 0xC2, 0x41, 0x67, 0x25, 0x3D, 0x43, 0xA3, 0x8F, 0xB0,
    0xD0, 0xCA, 0x2B, 0xCB, 0xAE, 0x7B, 0x30, 0xB4, 0x77, 0xCB, 0x2D, 0xA3, 0x80, 0x30, 0xF2, 0x0C,
    0x6A, 0x42, 0xB7, 0x3B, 0xBE, 0xAC, 0x01, 0xFA,
  ]

  /// Flows over IPv4 and IPv6.
  static let all = [
    flow([66, 9, 149, 187, 161, 142, 100, 80], [2794, 1766], 0x323E_8FC2, 0x51CC_C178),
    flow([199, 92, 111, 2, 65, 69, 140, 83], [14230, 4739], 0xD718_262A, 0xC626_B0EA),
    flow([24, 19, 198, 95, 12, 22, 207, 184], [12898, 38024], 0xD2D0_A5DE, 0x5C2B_394A),
    flow([38, 27, 205, 30, 209, 142, 163, 6], [48228, 2217], 0x8298_9176, 0xAFC7_327F),
    flow([153, 39, 163, 191, 202, 188, 127, 2], [44251, 1303], 0x5D18_09C5, 0x10E8_28A2),
    flow(
      words([0x3FFE, 0x2501, 0x200, 0x1FFF, 0, 0, 0, 7, 0x3FFE, 0x2501, 0x200, 3, 0, 0, 0, 1]),
      [2794, 1766],
      0x2CC1_8CD5,
      0x4020_7D3D
    ),
    flow(
      words([0x3FFE, 0x501, 8, 0, 0x260, 0x97FF, 0xFE40, 0xEFAB, 0xFF02, 0, 0, 0, 0, 0, 0, 1]),
      [14230, 4739],
      0x0F0C_461C,
      0xDDE5_1BBF
    ),
    flow(
      words(
        [0x3FFE, 0x1900, 0x4545, 3, 0x200, 0xF8FF, 0xFE21, 0x67CF]
          + [0xFE80, 0, 0, 0, 0x200, 0xF8FF, 0xFE21, 0x67CF]
      ),
      [44251, 38024],
      0x4B61_E985,
      0x02D1_FEEF
    ),
  ]

  /// Whether it is over IPv4.
  var isFour: Bool { addresses.count == 8 }

  /// The number of the bit for its kind of packet, ports included.
  var kind: UInt8 { isFour ? 1 : 3 }

  /// A packet of the flow with 10 bytes of data: of TCP, or of a protocol without ports.
  func frame(hasPorts: Bool = true) -> FramePattern {
    let ethernet: [UInt8] =
      [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1] + (isFour ? [8, 0] : [0x86, 0xDD])
    let transport =
      Self.words(ports) + [UInt8](repeating: 0, count: 8) + [0x50, 0x10, 0, 64, 0, 0, 0, 0]
    let data = transport + (1...10)
    // Without ports it is UDP to everybody else, which is hashed as any packet.
    let number: UInt8 = hasPorts ? 6 : 17
    let header: [UInt8] =
      isFour
      ? [0x45, 0, 0, UInt8(20 + data.count), 0, 1, 0x40, 0, 64, number, 0, 0]
      : [0x60, 0, 0, 0, 0, UInt8(data.count), number, 64]
    return FramePattern(bytes: ethernet + header + addresses + data)
  }

  private static func flow(
    _ addresses: [UInt8],
    _ ports: [Int],
    _ plain: UInt32,
    _ withPorts: UInt32
  ) -> HashedFlow {
    HashedFlow(addresses: addresses, ports: ports, plain: plain, withPorts: withPorts)
  }

  private static func words(_ words: [Int]) -> [UInt8] {
    words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
  }
}
