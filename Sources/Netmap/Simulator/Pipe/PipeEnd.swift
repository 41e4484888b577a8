internal import RingMemory
internal import SystemPackage

/// One end of a pipe, in the memory of the port that the pipe belongs to.
///
/// Slots are handed over and no bytes are copied; what the other end has not released stays in the
/// sender's ring. The rings are there as long as one end is.
///
/// Source: netmap_pipe.c.
final class PipeEnd: KernelAdapter {
  /// The port that the pipe belongs to.
  let parent: KernelAdapter
  /// The other end, until the pipe goes.
  var peer: PipeEnd?

  init(_ name: String, _ geometry: NetmapGeometry, of parent: KernelAdapter) {
    self.parent = parent
    super.init(name, geometry, parent.notifier)
  }

  override func makeMemory(_ identifiers: inout IndexPool) throws(Errno) {
    try parent.makeMemory(&identifiers)
    memory = parent.memory
    peer?.memory = parent.memory
  }

  override func makeRings(_ bound: BoundRings) throws(Errno) {
    guard let peer else { return }
    var made: [KernelRing] = []
    for number in bound.receive where receiveRings[number] == nil {
      let ring = try takeRing(number, isTransmit: false, withBuffers: true)
      receiveRings[number] = ring
      made.append(ring)
    }
    for number in bound.transmit where transmitRings[number] == nil {
      let ring = try takeRing(number, isTransmit: true, withBuffers: true)
      transmitRings[number] = ring
      made.append(ring)
    }
    // The other end has the same buffers in the same slots.
    for isTransmit in [false, true] {
      for ring in made where ring.isTransmit != isTransmit {
        let partner = try peer.takeRing(ring.number, isTransmit: isTransmit, withBuffers: false)
        partner.takeSlots(of: ring)
        if isTransmit {
          peer.transmitRings[ring.number] = partner
        } else {
          peer.receiveRings[ring.number] = partner
        }
      }
    }
  }

  private func takeRing(
    _ number: Int,
    isTransmit: Bool,
    withBuffers: Bool
  ) throws(Errno) -> KernelRing {
    guard let memory else { throw .noMemory }
    return try memory.takeRing(
      number,
      isTransmit: isTransmit,
      slots: isTransmit ? geometry.transmitSlots : geometry.receiveSlots,
      withBuffers: withBuffers
    )
  }

  override func transmit(_ ring: KernelRing) { handOver(ring) }

  override func receive(_ ring: KernelRing) { giveBack(ring) }

  // The other end may still need them.
  override func dropUnusedRings() {}

  /// Gives all rings back.
  func dropRings() {
    for ring in (receiveRings + transmitRings).compactMap({ $0 }) {
      ring.partner = nil
      memory?.giveBack(ring)
    }
    memory = nil
    peer = nil
  }
}
