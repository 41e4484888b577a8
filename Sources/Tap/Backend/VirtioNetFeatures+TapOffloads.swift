internal import NetBackend

extension VirtioNetFeatures {
  /// Each feature that a switch of the tap stands behind.
  ///
  /// What the guest may send needs no switch: the header says so frame by frame.
  static let tapSwitches: [(feature: VirtioNetFeatures, offload: TapOffloads)] = [
    (.guestChecksum, .checksum), (.guestTCP4, .tcp4), (.guestTCP6, .tcp6),
    (.guestECN, .congestionNotification), (.guestUDP, .udp),
    (.guestUDPSegments4, .udpSegments4), (.guestUDPSegments6, .udpSegments6),
  ]

  /// What any tap takes that carries a vnet header.
  static let tapSends: VirtioNetFeatures = [.checksum, .hostTCP4, .hostTCP6, .hostECN, .hostUDP]

  /// The features that a tap offers whose kernel takes `offloads`.
  init(offeredWith offloads: TapOffloads) {
    let switched = Self.tapSwitches.filter { offloads.contains($0.offload) }.map(\.feature)
    self = switched.reduce(Self.tapSends) { $0.union($1) }
    if offloads.isSuperset(of: .udpSegments) { insert(.hostUDPSegments) }
  }

  /// The switches to turn on when these features were acknowledged.
  var tapOffloads: TapOffloads {
    Self.tapSwitches.filter { contains($0.feature) }.reduce(into: []) { $0.insert($1.offload) }
  }

  /// Whether the tap can switch exactly these features; UDP segments go for both protocols at once.
  var areSwitchable: Bool {
    contains(.guestUDPSegments4) == contains(.guestUDPSegments6)
  }
}
