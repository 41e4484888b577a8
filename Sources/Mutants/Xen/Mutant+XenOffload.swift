internal import BackendConformance
internal import NetBackend
internal import RingMemory
internal import XenNetif

// The ways in which checksums and segments of a netback can be made wrong.
extension Mutant {
  /// A netback that reads how a packet is to be cut otherwise than it is.
  ///
  /// - Parameter change: Is given the packet's requests, of which the first has the extra behind it.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    cutting change: @escaping @Sendable ([TransmitRequest], inout SegmentationExtra) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      finding: { ring in ring.changeExtra(change) }
    )
  }

  /// A netback that leaves the checksums of some packets as they are, and delivers frames otherwise
  /// than they are.
  ///
  /// - Parameters:
  ///   - isLeft: Which packets it does nothing to.
  ///   - change: Is given a frame that is delivered.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    leaving isLeft: @escaping @Sendable (TransmitRequest) -> Bool = { _ in false },
    delivering change: @escaping @Sendable (inout [UInt8]) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      port: { port in
        port.onPass = { rings in
          rings.transmit?.changeRequests { if isLeft($1) { $1.flags.remove(.checksumBlank) } }
        }
      },
      changing: { _ in
        TamperedBackend.Changes {
          $0.received = { (_, frame) throws(BackendError) in
            change(&frame)
            return 0
          }
        }
      }
    )
  }
}

extension SharedRing {
  /// Changes the extra of the only packet that has no response yet.
  fileprivate func changeExtra(_ change: ([TransmitRequest], inout SegmentationExtra) -> Void) {
    let indices = unanswered
    guard indices.count > 1 else { return }
    let head: TransmitRequest = value(at: indices[0])
    guard head.flags.contains(.extraInfo) else { return }
    let info: ExtraInfo = value(at: indices[1])
    var extra = SegmentationExtra(info.payload)
    change([head] + indices.dropFirst(2).map { value(at: $0) }, &extra)
    setValue(extra.extra(), at: indices[1])
  }
}
