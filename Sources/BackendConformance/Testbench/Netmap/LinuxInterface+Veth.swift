internal import CLinux

extension LinuxInterface {
  /// Makes a pair of virtual Ethernet interfaces, and takes both up.
  static func createPair(_ name: String, _ peer: String) throws(BenchError) {
    // The names are lent for the length of the call.
    try check(unsafe clinux_make_veth(name, peer), "make a pair of veth", name)
    for name in [name, peer] {
      // Where addresses are configured by themselves, the kernel would send frames of its own.
      _ = unsafe clinux_disable_ipv6(name)
      try setUp(true, name)
    }
  }

  /// The other one of a pair, if an interface is one and the other is in the same network.
  static func vethPeer(of name: String) -> String? {
    var peer = [CChar](repeating: 0, count: Int(CLINUX_NAME_SIZE))
    let result = unsafe peer.withUnsafeMutableBufferPointer { buffer in
      // There is room for a name, and the call writes no more.
      unsafe clinux_veth_peer(name, buffer.baseAddress.unsafelyUnwrapped)
    }
    guard result == 0 else { return nil }
    return String(decoding: peer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
