import NetBackend
import Netmap
import SystemPackage

/// A backend on a simulated card and its model, doing the same.
final class ModelSession {
  static let port = "card0"

  let seed: UInt64
  let geometry: ModelGeometry
  let kernel: SimulatedNetmapKernel
  let faulty: FaultyNetmap
  let backend: any DropCounting
  let buffers: ModelBuffers
  var model: ModelNetmap
  var random: ModelRandom
  var round = 0
  /// The buffers that the slots of each ring had in the beginning.
  let transmitIndices: [UInt32]
  let receiveIndices: [[UInt32]]

  /// - Parameter wrap: Makes a backend wrong, for a test of the test.
  init(
    seed: UInt64,
    buffers: ModelBuffers,
    wrap: ModelWrap = { backend, _ in backend }
  ) throws {
    self.seed = seed
    self.buffers = buffers
    random = ModelRandom(seed: seed)
    geometry = ModelGeometry.any(&random)
    kernel = SimulatedNetmapKernel()
    var wanted = NetmapGeometry()
    (wanted.transmitSlots, wanted.receiveSlots) = (geometry.transmitSlots, geometry.receiveSlots)
    (wanted.transmitRings, wanted.receiveRings) = (random.among(1...2), geometry.receiveRings)
    wanted.bufferSize = geometry.bufferSize
    try kernel.addInterface(Self.port, geometry: wanted)
    faulty = FaultyNetmap(kernel)
    let request = OpenRequest(name: "netmap:" + Self.port, loop: IdleLoop()) {}
    backend = wrap(try NetmapBackend(request, port: faulty), kernel)
    let size = geometry.bufferSize
    let receiveRing = ModelReceiveRing(slotCount: geometry.receiveSlots, bufferSize: size)
    model = ModelNetmap(
      transmit: ModelTransmitRing(slotCount: geometry.transmitSlots, bufferSize: size),
      receive: Array(repeating: receiveRing, count: geometry.receiveRings)
    )
    transmitIndices = try kernel.bufferIndices(of: Self.port, isTransmit: true)
    receiveIndices = try (0..<geometry.receiveRings).map { [kernel] number in
      try kernel.bufferIndices(of: Self.port, isTransmit: false, number)
    }
  }

  deinit { backend.close() }

  /// Plays so many rounds.
  func run(_ rounds: Int) throws {
    for _ in 0..<rounds {
      let kind = ModelRound.any(&random)
      try play(kind)
      try checkIndices(kind)
      try compare("drops after \(kind)", backend.drops, model.drops)
      round += 1
    }
  }

  func compare<Value: Equatable>(_ what: String, _ seen: Value, _ expected: Value) throws {
    guard seen != expected else { return }
    throw ModelDifference(
      seed: seed,
      geometry: "\(geometry)",
      round: round,
      what: what,
      seen: "\(seen)",
      expected: "\(expected)"
    )
  }

  /// Every index is where the model has it, and so within its ring.
  private func checkIndices(_ kind: ModelRound) throws {
    let transmit = try kernel.indices(of: Self.port, isTransmit: true)
    try check(transmit, model.transmit.head, model.transmit.tail, "ring to send from after \(kind)")
    for (number, ring) in model.receive.enumerated() {
      let indices = try kernel.indices(of: Self.port, isTransmit: false, number)
      try check(indices, ring.head, ring.tail, "ring \(number) after \(kind)")
    }
  }

  private func check(_ seen: Indices, _ head: Int, _ tail: Int, _ what: String) throws {
    // How far the program has looked is its own affair, between the two.
    let current = seen.current
    let expected = Indices(UInt32(head), current, UInt32(tail))
    try compare(what, seen, expected)
    let isWithin =
      head <= tail
      ? current >= head && current <= tail : current >= head || current <= tail
    let slots = what.hasPrefix("ring to send") ? geometry.transmitSlots : geometry.receiveSlots
    try compare("cur of the \(what)", isWithin && Int(current) < slots, true)
  }
}

/// Makes a wrong backend of a right one.
typealias ModelWrap = (any DropCounting, SimulatedNetmapKernel) -> any DropCounting

extension SimulatedNetmapKernel {
  func indices(of port: String, isTransmit: Bool, _ number: Int = 0) throws -> Indices {
    try withRing(of: port, isTransmit: isTransmit, number) { Indices($0) }
  }

  func bufferIndices(of port: String, isTransmit: Bool, _ number: Int = 0) throws -> [UInt32] {
    try withRing(of: port, isTransmit: isTransmit, number) { ring in
      (0..<ring.slotCount).map { ring[$0].bufferIndex }
    }
  }
}
