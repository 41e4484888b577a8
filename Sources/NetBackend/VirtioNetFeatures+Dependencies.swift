extension VirtioNetFeatures {
  /// What a feature needs: at least one feature of each set.
  struct Dependency: Sendable {
    var bit: Int
    var needsOneOfEach: [VirtioNetFeatures]
  }

  /// Every feature that needs others.
  ///
  /// Source: virtio 1.2, section 5.1.3.1.
  static let dependencies: [Dependency] = {
    let control = VirtioNetFeatures(bit: 17)
    let hostTCP: VirtioNetFeatures = [.hostTCP4, .hostTCP6]
    let receiveOffloads = [7, 8, 10, 54, 55].map {
      Dependency(bit: $0, needsOneOfEach: [.guestChecksum])
    }
    let sendOffloads = [11, 12, 14, 56].map { Dependency(bit: $0, needsOneOfEach: [.checksum]) }
    let controlled = [18, 19, 20, 21, 22, 23, 52, 53, 57, 60].map {
      Dependency(bit: $0, needsOneOfEach: [control])
    }
    return receiveOffloads + sendOffloads + controlled + [
      Dependency(bit: 9, needsOneOfEach: [[.guestTCP4, .guestTCP6]]),
      Dependency(bit: 13, needsOneOfEach: [hostTCP]),
      Dependency(
        bit: 51,
        needsOneOfEach: [control, [VirtioNetFeatures(bit: 57), VirtioNetFeatures(bit: 60)]]
      ),
      Dependency(bit: 61, needsOneOfEach: [hostTCP]),
    ]
  }()

  /// The features of this set that lack a feature they need; empty if the set may be offered.
  public var lackingDependencies: VirtioNetFeatures {
    Self.dependencies.reduce(into: []) { lacking, dependency in
      let feature = VirtioNetFeatures(bit: dependency.bit)
      let met = dependency.needsOneOfEach.allSatisfy { !isDisjoint(with: $0) }
      if contains(feature) && !met { lacking.formUnion(feature) }
    }
  }
}

extension VirtioNetFeatures: CustomStringConvertible {
  /// The names of the features as the specification spells them, without their prefix.
  public static let names: [(bit: Int, name: String)] = [
    (0, "CSUM"), (1, "GUEST_CSUM"), (2, "CTRL_GUEST_OFFLOADS"), (3, "MTU"), (5, "MAC"), (6, "GSO"),
    (7, "GUEST_TSO4"), (8, "GUEST_TSO6"), (9, "GUEST_ECN"), (10, "GUEST_UFO"), (11, "HOST_TSO4"),
    (12, "HOST_TSO6"), (13, "HOST_ECN"), (14, "HOST_UFO"), (15, "MRG_RXBUF"), (16, "STATUS"),
    (17, "CTRL_VQ"), (18, "CTRL_RX"), (19, "CTRL_VLAN"), (20, "CTRL_RX_EXTRA"),
    (21, "GUEST_ANNOUNCE"), (22, "MQ"), (23, "CTRL_MAC_ADDR"), (41, "GUEST_RSC4"),
    (42, "GUEST_RSC6"), (50, "DEVICE_STATS"), (51, "HASH_TUNNEL"), (52, "VQ_NOTF_COAL"),
    (53, "NOTF_COAL"), (54, "GUEST_USO4"), (55, "GUEST_USO6"), (56, "HOST_USO"),
    (57, "HASH_REPORT"), (59, "GUEST_HDRLEN"), (60, "RSS"), (61, "RSC_EXT"), (62, "STANDBY"),
    (63, "SPEED_DUPLEX"),
  ]

  /// The features by name, `bit N` where the specification has none.
  public var description: String {
    let known = Dictionary(uniqueKeysWithValues: Self.names.map { ($0.bit, $0.name) })
    let words = (0..<64).filter { contains(VirtioNetFeatures(bit: $0)) }.map {
      known[$0] ?? "bit \($0)"
    }
    return "[" + words.joined(separator: ", ") + "]"
  }
}
