import Testing
import XenNetif

@Suite("The Toeplitz hash")
struct ToeplitzTests {
  private static let key = bytes(
    """
    6d5a56da255b0ec2 4167253d43a38fb0 d0ca2bcbae7b30b4 77cb2da38030f20c 6a42b73bbeac01fa
    """
  )

  struct Vector: Sendable {
    /// Source and destination, as on the wire.
    var addresses: String
    var ports: (UInt16, UInt16)
    var ofAddresses: UInt32
    var withPorts: UInt32
  }

  private static let vectors = [
    Vector(
      addresses: "420995bb a18e6450",
      ports: (2794, 1766),
      ofAddresses: 0x323e_8fc2,
      withPorts: 0x51cc_c178
    ),
    Vector(
      addresses: "c75c6f02 41458c53",
      ports: (14230, 4739),
      ofAddresses: 0xd718_262a,
      withPorts: 0xc626_b0ea
    ),
    Vector(
      addresses: "1813c65f 0c16cfb8",
      ports: (12898, 38024),
      ofAddresses: 0xd2d0_a5de,
      withPorts: 0x5c2b_394a
    ),
    Vector(
      addresses: "261bcd1e d18ea306",
      ports: (48228, 2217),
      ofAddresses: 0x8298_9176,
      withPorts: 0xafc7_327f
    ),
    Vector(
      addresses: "9927a3bf cabc7f02",
      ports: (44251, 1303),
      ofAddresses: 0x5d18_09c5,
      withPorts: 0x10e8_28a2
    ),
    Vector(
      addresses: "3ffe2501 02001fff 00000000 00000007 3ffe2501 02000003 00000000 00000001",
      ports: (2794, 1766),
      ofAddresses: 0x2cc1_8cd5,
      withPorts: 0x4020_7d3d
    ),
    Vector(
      addresses: "3ffe0501 00080000 026097ff fe40efab ff020000 00000000 00000000 00000001",
      ports: (14230, 4739),
      ofAddresses: 0x0f0c_461c,
      withPorts: 0xdde5_1bbf
    ),
    Vector(
      addresses: "3ffe1900 45450003 0200f8ff fe2167cf fe800000 00000000 0200f8ff fe2167cf",
      ports: (44251, 38024),
      ofAddresses: 0x4b61_e985,
      withPorts: 0x02d1_feef
    ),
  ]

  @Test("The published vectors come out, without ports and with them", arguments: vectors)
  func published(_ vector: Vector) {
    let hash = ToeplitzHash(key: Self.key)
    let addresses = bytes(vector.addresses)
    #expect(hash.hash(of: addresses) == vector.ofAddresses)
    let ports = [vector.ports.0, vector.ports.1].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(hash.hash(of: addresses + ports) == vector.withPorts)
  }

  @Test("A short key goes on with zeros, and none hashes everything to zero")
  func shortKeys() {
    let input = bytes("420995bb a18e6450")
    let short = ToeplitzHash(key: Array(Self.key.prefix(8)))
    let padded = ToeplitzHash(key: Self.key.prefix(8) + [UInt8](repeating: 0, count: 32))
    #expect(short == padded)
    #expect(short.hash(of: input) == padded.hash(of: input))
    #expect(ToeplitzHash(key: []).hash(of: input) == 0)
  }

  @Test("Bytes beyond the key hash to nothing")
  func longInput() {
    let hash = ToeplitzHash(key: Self.key)
    let input = [UInt8](repeating: 0, count: 40) + [UInt8](repeating: 0xFF, count: 100)
    #expect(hash.hash(of: input) == 0)
    #expect(ToeplitzHash(key: Self.key + [0xFF, 0xFF]) == hash)
  }
}
