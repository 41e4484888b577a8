/// Where a backend and its model came apart.
struct ModelDifference: Error, CustomStringConvertible {
  /// The seed that makes the same rounds again.
  let seed: UInt64
  let geometry: String
  let round: Int
  let what: String
  let seen: String
  let expected: String

  var description: String {
    """
    seed \(seed), round \(round), \(geometry): \(what)
      seen      \(seen)
      expected  \(expected)
    """
  }
}

/// The rings of one session.
struct ModelGeometry {
  var transmitSlots: Int
  var receiveSlots: Int
  var receiveRings: Int
  var bufferSize: Int

  /// From two slots on, mostly few, and buffers that are mostly short, so that chains are common.
  static func any(_ random: inout ModelRandom) -> ModelGeometry {
    let slots = [2...4, 3...9, 8...40, 64...200]
    let sizes = [1...24, 60...128, 256...700, 1500...4096]
    return ModelGeometry(
      transmitSlots: random.among(slots[random.below(slots.count)]),
      receiveSlots: random.among(slots[random.below(slots.count)]),
      receiveRings: random.oneIn(3) ? random.among(2...4) : 1,
      bufferSize: random.among(sizes[random.below(sizes.count)])
    )
  }
}
