import NetBackend
import RingMemory
import XenNetif

// What is looked at after a step.
extension GoldenPlayer {
  func observe(_ measured: GoldenObservation) {
    for (queue, ring) in (measured.tx ?? []).enumerated() { observe(ring, queue) }
    for (queue, ring) in (measured.rx ?? []).enumerated() { observe(ring, queue) }
    observeFrames(measured)
    checkCarrier(measured.carrier)
    let lost = measured.vifStat.rxDropped + measured.vifStat.txDropped
    check("frames lost", lost, bench.netback.dropped)
    for ring in bench.transmit + bench.receive {
      ring.setResponseEvent(ring.guest.ring.responseProducer.load() &+ 1)
    }
  }

  private func observe(_ measured: GoldenObservation.TransmitRing, _ queue: Int) {
    let ring = bench.transmit[queue]
    let name = "tx\(queue)"
    observe(ring, name, [measured.reqEvent, measured.rspProd, measured.rspEvent])
    let isNotified = raised(bench.frontend.queues[queue].transmit.channel) > raisedBefore[queue]
    check("\(name) notified", measured.portNotified, isNotified)
    let (answered, isUntouched) = ring.look()
    check("\(name) untouched", measured.untouchedOk, isUntouched)
    let seen = answered.map { "\($0): \(Hex.text(ring.guest.slotBytes(UInt32($0))))" }
    let listed = measured.rsp.map { "\($0.slot): \($0.raw)" }
    if measured.runs == nil && measured.rspTruncated == nil {
      check("\(name) responses", listed, seen)
    } else {
      check("\(name) responses that are listed", [], listed.filter { !seen.contains($0) })
    }
    for run in measured.runs ?? [] {
      let slots = answered.filter { (run.from..<run.from + run.count).contains($0) }
      let alike = slots.filter { slot in
        let response: TransmitResponse = ring.guest.ring.value(at: UInt32(slot))
        return response.status.rawValue == run.status
      }
      check("\(name) responses alike", run.count, alike.count)
    }
  }

  private func observe(_ measured: GoldenObservation.ReceiveRing, _ queue: Int) {
    let ring = bench.receive[queue]
    let name = "rx\(queue)"
    observe(ring, name, [measured.reqEvent, measured.rspProd, measured.rspEvent])
    let (answered, isUntouched) = ring.look()
    check("\(name) untouched", measured.untouchedOk, isUntouched)
    let seen = answered.map { "\($0): \(Hex.text(ring.guest.slotBytes(UInt32($0))))" }
    check("\(name) responses", measured.rsp.map { "\($0.slot): \($0.raw)" }, seen)
    for response in measured.rsp where answered.contains(response.slot) {
      observe(response, ring, posted[[queue, response.slot]] ?? "", name)
    }
  }

  private func observe(_ ring: GoldenRing, _ name: String, _ measured: [UInt32]) {
    let words = ring.guest.ring
    check("\(name) request event", measured[0], words.requestEvent.load())
    check("\(name) response producer", measured[1], words.responseProducer.load())
    check("\(name) response event", measured[2], words.responseEvent.load())
  }

  /// Compares the page of a response with what was written into it.
  private func observe(
    _ measured: GoldenObservation.Received,
    _ ring: GoldenRing,
    _ page: String,
    _ name: String
  ) {
    guard let page = try? bench.pages.page(page) else { return }
    let bytes = page.bytes
    let first = bytes.firstIndex { $0 != GoldenPages.fill }
    let last = bytes.lastIndex { $0 != GoldenPages.fill }
    let written = first.flatMap { first in last.map { [first, $0 + 1] } }
    check("\(name) slot \(measured.slot): written", measured.written, written)
    guard let checksum = measured.fnv else { return }
    let response: ReceiveResponse = ring.guest.ring.value(at: UInt32(measured.slot))
    let end = min(Int(response.offset) + max(Int(response.status), 0), bytes.count)
    let data = bytes[min(Int(response.offset), end)..<end]
    check("\(name) slot \(measured.slot): data", checksum, GoldenFrames.checksum(data))
  }

  private func observeFrames(_ measured: GoldenObservation) {
    let seen = bench.frames.map(Self.describe)
    bench.frames = []
    if isFinishing { return }
    check("number of frames", measured.frameCount ?? measured.frames.count, seen.count)
    for (number, frame) in measured.frames.enumerated() where number < seen.count {
      check("frame \(number)", Self.describe(frame), seen[number])
    }
  }

  private static func describe(_ frame: GoldenObservation.Frame) -> String {
    let checksum = frame.csum.map { "\($0)" } ?? "none"
    let cut = frame.gso.map { "type \($0.type) size \($0.size)" } ?? "none"
    return "\(frame.len) \(frame.fnv1a32) \(frame.head) checksum \(checksum) cut \(cut)"
  }

  private static func describe(_ header: VirtioNetHeader, _ frame: [UInt8]) -> String {
    var checksum: GoldenObservation.Checksum?
    if header.flags.contains(.dataValid) { checksum = .validated }
    if header.flags.contains(.needsChecksum) {
      checksum = .partial(start: Int(header.checksumStart), offset: Int(header.checksumOffset))
    }
    let isCut = header.segmentation != VirtioNetHeader.Segmentation.none
    let cut = isCut ? "type \(header.segmentation) size \(header.segmentSize)" : "none"
    let state = checksum.map { "\($0)" } ?? "none"
    let head = Hex.text(frame.prefix(32))
    return "\(frame.count) \(GoldenFrames.checksum(frame)) \(head) checksum \(state) cut \(cut)"
  }
}
