internal import NetBackend

/// What the kernel knows of the protocol behind a segmentation type.
struct SimulatedTransport {
  /// The fewest bytes of the transport header.
  let headerLength: Int
  private let checksumOffset: UInt16?

  /// The protocol behind a segmentation type, `nil` for a type that does not exist.
  init?(_ segmentation: UInt8) {
    switch segmentation & ~VirtioNetHeader.Segmentation.congestionNotification {
    case VirtioNetHeader.Segmentation.tcp4, VirtioNetHeader.Segmentation.tcp6:
      (headerLength, checksumOffset) = (20, 16)
    case VirtioNetHeader.Segmentation.udpSegments: (headerLength, checksumOffset) = (8, 6)
    case VirtioNetHeader.Segmentation.udp: (headerLength, checksumOffset) = (8, nil)
    default: return nil
    }
  }

  /// Whether a checksum may lie there, counted from the transport header.
  func accepts(checksumOffset offset: UInt16) -> Bool {
    checksumOffset.map { $0 == offset } ?? true
  }

  /// The offloads under which a frame of that segmentation type is handed over whole.
  static func offload(_ segmentation: UInt8) -> TapOffloads {
    let congestion = VirtioNetHeader.Segmentation.congestionNotification
    let also: TapOffloads = segmentation & congestion != 0 ? .congestionNotification : []
    switch segmentation & ~congestion {
    case VirtioNetHeader.Segmentation.tcp4: return also.union([.checksum, .tcp4])
    case VirtioNetHeader.Segmentation.tcp6: return also.union([.checksum, .tcp6])
    case VirtioNetHeader.Segmentation.udpSegments: return also.union([.checksum, .udpSegments])
    default: return also.union([.checksum, .udp])
    }
  }
}
