/// Which of the rings between a frontend and its backend.
public enum RingKind: String, CaseIterable, Sendable {
  /// Packets from the frontend.
  case transmit
  /// Packets to the frontend.
  case receive
  /// Requests about hashing.
  case control

  /// Its slots.
  public var geometry: RingGeometry {
    switch self {
    case .transmit: .transmit
    case .receive: .receive
    case .control: .control
    }
  }
}
