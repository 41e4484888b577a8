import RingMemory
import XenNetif

// The control ring.
extension GoldenPlayer {
  /// The key of the published vectors for hashing.
  static let key = Hex.bytes(
    "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa"
  )
  /// The table from hashes to queues: 1, 0, 1, 0.
  static let table: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]

  /// Asks one thing and looks at the answer.
  func ask(_ operation: GoldenOperation) throws {
    guard let ring = bench.control, let slot = operation.slot else {
      return check("control ring", true, false)
    }
    var data: [UInt32] = []
    for value in operation.data ?? [] {
      if let name = value.text {
        try bench.pages.page(name)?.store(name == "P31" ? Self.key : Self.table)
        data.append(try bench.pages.reference(name).rawValue)
      } else {
        data.append(UInt32(truncatingIfNeeded: value.number ?? 0))
      }
    }
    let request = ControlRequest(
      id: UInt16(operation.id ?? 0),
      type: ControlType(rawValue: UInt16(operation.type ?? 0)),
      data: (data[0], data[1], data[2])
    )
    ring.storeSlot(request.bytes, at: slot)
    turn(ring, upTo: UInt32(slot + 1))
    check(
      "control \(request.id): answer",
      operation.raw,
      Hex.text(ring.guest.slotBytes(UInt32(slot)))
    )
    look(at: ring, operation)
  }

  /// Asks for Toeplitz hashes several times at once.
  func askMany(_ operation: GoldenOperation) {
    guard let ring = bench.control, let count = operation.n else {
      return check("control ring", true, false)
    }
    for number in 0..<count {
      let request = ControlRequest(
        id: UInt16(number + 1),
        type: .setHashAlgorithm,
        data: (HashAlgorithm.toeplitz.rawValue, 0, 0)
      )
      ring.storeSlot(request.bytes, at: number)
    }
    turn(ring, upTo: UInt32(count))
    let answers = (0..<count).flatMap { ring.guest.slotBytes(UInt32($0)).prefix(12) }
    check("control answers", operation.raw12x5, Hex.text(answers))
    look(at: ring, operation)
  }

  private func turn(_ ring: GoldenRing, upTo producer: UInt32) {
    ring.setRequestProducer(producer)
    bench.frontend.control?.kick()
    bench.settle()
  }

  private func look(at ring: GoldenRing, _ operation: GoldenOperation) {
    check("control request event", operation.reqEvent, ring.guest.ring.requestEvent.load())
    check("control response producer", operation.rspProd, ring.guest.ring.responseProducer.load())
    check("control ring untouched", true, ring.look().isUntouched)
  }
}
