import NetBackend
import Netmap

/// Backends that are wrong in one way, to test the model.
enum WrongModelSubject: CaseIterable {
  /// Receives only the first 256 bytes of a frame, and says that those are all.
  case cutsChains
  /// Peeks one byte too few at frames of an odd length.
  case peeksEvenLengths
  /// Gives one slot back too few.
  case keepsASlot
  /// Counts nothing that it drops.
  case hidesDrops
  /// Says that a frame was sent for which there was no room.
  case claimsToHaveSent

  /// How the difference begins that it is found by.
  var difference: String {
    switch self {
    case .cutsChains: "receive with"
    case .peeksEvenLengths: "peek"
    case .keepsASlot: "ring 0 after"
    case .hidesDrops: "drops after"
    case .claimsToHaveSent: "send of"
    }
  }

  func wrap(
    _ backend: any DropCounting,
    _ kernel: SimulatedNetmapKernel
  ) -> any DropCounting {
    WrongBackend(backend, wrong: self, kernel)
  }
}

/// A backend around a right one.
private final class WrongBackend: DropCounting {
  private let base: any DropCounting
  private let wrong: WrongModelSubject
  private let kernel: SimulatedNetmapKernel

  init(
    _ base: any DropCounting,
    wrong: WrongModelSubject,
    _ kernel: SimulatedNetmapKernel
  ) {
    self.base = base
    self.wrong = wrong
    self.kernel = kernel
  }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let sent = try base.send(frame)
    return wrong == .claimsToHaveSent ? sent ?? frame.totalLength : sent
  }

  func peekLength() throws(BackendError) -> Int? {
    let length = try base.peekLength()
    return wrong == .peeksEvenLengths ? length.map { $0 & ~1 } : length
  }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    let length = try base.receive(into: buffers)
    return wrong == .cutsChains ? length.map { min($0, 256) } : length
  }

  func discard() throws(BackendError) -> Int? {
    let length = try base.discard()
    guard wrong == .keepsASlot, length != nil else { return length }
    try? kernel.withRing(of: ModelSession.port, isTransmit: false) { ring in
      ring.head = ring.head == 0 ? ring.slotCount - 1 : ring.head - 1
    }
    return length
  }

  var drops: DropCounters { wrong == .hidesDrops ? DropCounters() : base.drops }
  var headerLength: Int { base.headerLength }
  func enableReceive() { base.enableReceive() }
  func disableReceive() { base.disableReceive() }
  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures { try base.offeredFeatures() }
  func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength: Int
  ) throws(BackendError) { try base.setFeatures(features, headerLength: headerLength) }
  func close() { base.close() }
}
