internal import NetBackend

/// Features that a guest may acknowledge together: one, with all that it needs.
struct FeatureRequest {
  /// What the specification calls it.
  var name: String
  /// The features.
  var features: VirtioNetFeatures

  /// Each offload.
  static let offloads = [
    FeatureRequest(name: "CSUM", features: .checksum),
    FeatureRequest(name: "GUEST_CSUM", features: .guestChecksum),
    FeatureRequest(name: "GUEST_TSO4", features: [.guestChecksum, .guestTCP4]),
    FeatureRequest(name: "GUEST_TSO6", features: [.guestChecksum, .guestTCP6]),
    FeatureRequest(name: "GUEST_ECN", features: [.guestChecksum, .guestTCP4, .guestECN]),
    FeatureRequest(name: "GUEST_UFO", features: [.guestChecksum, .guestUDP]),
    FeatureRequest(name: "HOST_TSO4", features: [.checksum, .hostTCP4]),
    FeatureRequest(name: "HOST_TSO6", features: [.checksum, .hostTCP6]),
    FeatureRequest(name: "HOST_ECN", features: [.checksum, .hostTCP4, .hostECN]),
    FeatureRequest(name: "HOST_UFO", features: [.checksum, .hostUDP]),
    FeatureRequest(
      name: "GUEST_USO4 and GUEST_USO6",
      features: [.guestChecksum, .guestUDPSegments4, .guestUDPSegments6]
    ),
    FeatureRequest(name: "HOST_USO", features: [.checksum, .hostUDPSegments]),
  ]
}
