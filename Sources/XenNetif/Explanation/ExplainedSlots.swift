/// The slots of a copied page, to be explained one by one.
struct ExplainedSlots {
  let page: RingPage
  private let bytes: [UInt8]

  init(_ page: RingPage) {
    self.page = page
    bytes = page.bytes
  }

  /// The bytes of a slot.
  func bytes(_ index: UInt32) -> [UInt8] {
    let geometry = page.ring.geometry
    let start = geometry.offset(of: index)
    return Array(bytes[start..<start + geometry.slotSize])
  }

  /// A slot and what it means.
  func slot(_ index: UInt32, _ meaning: String) -> ExplainedSlot {
    ExplainedSlot(
      index: index,
      position: page.ring.geometry.position(of: index),
      bytes: bytes(index),
      meaning: meaning
    )
  }

  /// Slots that have nothing to do with each other.
  func each(
    from first: UInt32,
    count: UInt32,
    _ explain: ([UInt8]) -> (meaning: String, faults: [String])
  ) -> [ExplainedChain] {
    (0..<count).map { distance in
      let index = first &+ distance
      let (meaning, faults) = explain(bytes(index))
      return ExplainedChain([slot(index, meaning)], faults: faults)
    }
  }
}
