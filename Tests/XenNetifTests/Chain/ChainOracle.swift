import XenNetif

/// What a backend has to make of a chain, worked out the slow way: first where the chain ends, then
/// every fault there is, then which of them counts.
struct ChainOracle {
  enum Verdict: Equatable {
    case packet(lengths: [Int], extras: Int, segmentSize: Int?)
    case multicast(extras: Int)
    case refusal(ChainRefusal.Reason, ChainPolicy.Consequence, slots: Int)
  }

  private struct Fault {
    /// The slot at which it shows; faults of the whole chain show behind its last slot.
    var slot: Int
    /// The order among faults of one slot.
    var order: Int
    var isFatal: Bool
    var reason: ChainRefusal.Reason
  }

  private let slots: [[UInt8]]
  private let policy: ChainPolicy
  private var extras: [ExtraInfo] = []
  private var data: [TransmitRequest] = []
  private var isShort = false

  init(_ slots: [[UInt8]], _ policy: ChainPolicy) {
    self.slots = slots
    self.policy = policy
    data = [TransmitRequest(bytes: slots[0])]
    var goesOn = data[0].flags.contains(.extraInfo)
    while goesOn, let slot = next() {
      extras.append(ExtraInfo(bytes: slot))
      goesOn = slot[1] % 2 == 1
    }
    isShort = goesOn
    if isMulticast { return }
    goesOn = data[0].flags.contains(.moreData)
    while goesOn, let slot = next() {
      data.append(TransmitRequest(bytes: slot))
      goesOn = slot[6] & 4 != 0
    }
    isShort = isShort || goesOn
  }

  private func next() -> [UInt8]? {
    let position = data.count + extras.count
    return position < slots.count ? slots[position] : nil
  }

  private var known: [ExtraInfo] {
    extras.filter { $0.type.rawValue > 0 && $0.type.rawValue <= policy.lastKnownExtra.rawValue }
  }

  private var isMulticast: Bool {
    known.contains { $0.type == .multicastAdd || $0.type == .multicastDelete }
  }

  /// The verdict.
  var verdict: Verdict {
    let end = data.count + extras.count
    var faults = extraFaults + (isMulticast ? [] : dataFaults)
    if isShort {
      let isStuck = policy.shortChain == .wait && end == 256
      let reason: ChainRefusal.Reason = isStuck ? .endless(slots: end) : .missingSlot(slot: end)
      let fatal = faults.filter(\.isFatal).min { ($0.slot, $0.order) < ($1.slot, $1.order) }
      if let fatal { return .refusal(fatal.reason, .fatal, slots: 0) }
      if policy.shortChain != .error && !isStuck {
        return .refusal(reason, policy.shortChain, slots: policy.shortChain == .fatal ? 0 : end)
      }
      faults.append(Fault(slot: end, order: 0, isFatal: false, reason: reason))
    } else if faults.isEmpty && !isMulticast {
      faults = endFault.map { [$0] } ?? []
    }
    faults.sort { ($0.slot, $0.order) < ($1.slot, $1.order) }
    if let fatal = faults.first(where: \.isFatal) {
      return .refusal(fatal.reason, .fatal, slots: 0)
    }
    if let first = faults.first { return .refusal(first.reason, .error, slots: end) }
    if isMulticast { return .multicast(extras: extras.count) }
    let lengths = [firstLength] + data.dropFirst().map { Int($0.size) }
    return .packet(
      lengths: lengths,
      extras: extras.count,
      segmentSize: segmentation.map { Int($0.size) }
    )
  }

  private var firstLength: Int {
    Int(data[0].size) - data.dropFirst().reduce(0) { $0 + Int($1.size) }
  }

  private var segmentation: SegmentationExtra? {
    known.last { $0.type == .segmentation }.map { SegmentationExtra($0.payload) }
  }

  private var extraFaults: [Fault] {
    extras.indices.compactMap { index in
      let (slot, type) = (index + 1, extras[index].type)
      let isFatal = policy.violation == .fatal
      if type.rawValue == 0 || type.rawValue > policy.lastKnownExtra.rawValue {
        let reason = ChainRefusal.Reason.unknownExtra(slot: slot, type: type)
        return Fault(slot: slot, order: 0, isFatal: isFatal, reason: reason)
      }
      guard policy.refusesRepeatedExtras, extras[..<index].contains(where: { $0.type == type })
      else { return nil }
      let reason = ChainRefusal.Reason.repeatedExtra(slot: slot, type: type)
      return Fault(slot: slot, order: 0, isFatal: isFatal, reason: reason)
    }
  }

  private var dataFaults: [Fault] {
    data.indices.dropFirst().flatMap { index -> [Fault] in
      let (slot, request, count) = (index + extras.count, data[index], index + 1)
      var faults: [Fault] = []
      let fatalCount = policy.fatalDataSlotCount ?? .max
      if count > policy.dataSlotLimit || count >= fatalCount {
        let reason = ChainRefusal.Reason.tooManyDataSlots(slot: slot, limit: policy.dataSlotLimit)
        faults.append(Fault(slot: slot, order: 0, isFatal: count >= fatalCount, reason: reason))
      }
      let remaining = Int(data[0].size) - data[1..<index].reduce(0) { $0 + Int($1.size) }
      if remaining >= 0 && Int(request.size) > remaining {
        let reason = ChainRefusal.Reason.underflow(
          slot: slot,
          size: request.size,
          remaining: UInt16(remaining)
        )
        faults.append(Fault(slot: slot, order: 1, isFatal: false, reason: reason))
      }
      if Int(request.offset) + Int(request.size) > 4096 {
        let reason = ChainRefusal.Reason.beyondPage(
          slot: slot,
          offset: request.offset,
          length: request.size
        )
        let isFatal = policy.violation == .fatal
        faults.append(Fault(slot: slot, order: 2, isFatal: isFatal, reason: reason))
      }
      return faults
    }
  }

  /// What can only be found when the whole chain is known to be without another fault.
  private var endFault: Fault? {
    let slot = slots.count
    let length = UInt16(firstLength)
    let isFatal = policy.violation == .fatal
    if length < policy.leastFirstFragment {
      let least = policy.leastFirstFragment
      let reason = ChainRefusal.Reason.shortFirstFragment(length: length, least: least)
      return Fault(slot: slot, order: 0, isFatal: false, reason: reason)
    }
    if Int(data[0].offset) + Int(length) > 4096 {
      let offset = data[0].offset
      let reason = ChainRefusal.Reason.beyondPage(slot: 0, offset: offset, length: length)
      return Fault(slot: slot, order: 0, isFatal: isFatal, reason: reason)
    }
    guard let segmentation else { return nil }
    if segmentation.size == 0 {
      return Fault(slot: slot, order: 0, isFatal: isFatal, reason: .emptySegments)
    }
    if segmentation.type.rawValue == 1 || segmentation.type.rawValue == 2 { return nil }
    let reason = ChainRefusal.Reason.unknownSegmentation(type: segmentation.type)
    return Fault(slot: slot, order: 0, isFatal: isFatal, reason: reason)
  }
}
