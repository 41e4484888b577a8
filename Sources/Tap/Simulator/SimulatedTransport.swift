internal import NetBackend

/// What the kernel knows of the protocol behind a segmentation type.
struct SimulatedTransport {
  /// The fewest bytes of the transport header.
  let headerLength: Int
  /// The fewest bytes in front of the transport header.
  let networkHeaderLength: Int
  /// The EtherTypes that carry it.
  let etherTypes: [UInt16]
  private let checksumOffset: UInt16?

  /// The protocol behind a segmentation type, `nil` for a type that does not exist.
  init?(_ segmentation: UInt8) {
    switch segmentation & ~VirtioNetHeader.Segmentation.congestionNotification {
    case VirtioNetHeader.Segmentation.tcp4: self.init(20, 20, [0x0800], 16)
    case VirtioNetHeader.Segmentation.tcp6: self.init(20, 40, [0x86DD], 16)
    case VirtioNetHeader.Segmentation.udpSegments: self.init(8, 20, [0x0800, 0x86DD], 6)
    case VirtioNetHeader.Segmentation.udp: self.init(8, 20, [0x0800, 0x86DD], nil)
    default: return nil
    }
  }

  private init(_ header: Int, _ network: Int, _ etherTypes: [UInt16], _ checksum: UInt16?) {
    headerLength = header
    networkHeaderLength = network
    self.etherTypes = etherTypes
    checksumOffset = checksum
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
