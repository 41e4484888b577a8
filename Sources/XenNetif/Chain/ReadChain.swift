/// A chain in a transmit ring, with all of its slots: the packet it makes, or why it makes none.
public struct ReadChain: Hashable, Sendable {
  /// The index of its first slot.
  public var first: UInt32
  /// Its slots with data, as far as they were looked at.
  public var requests: [TransmitRequest]
  /// Its extra slots, which lie behind the first.
  public var extras: [ExtraInfo]
  /// The packet, or why there is none.
  public var outcome: Result<TransmitChain, ChainRefusal>

  /// The number of slots that were looked at.
  public var slotCount: Int { requests.count + extras.count }

  /// The packet's fragments in order; there are none if the chain was refused or is no packet.
  public var fragments: [TransmitFragment] {
    guard case .success(let chain) = outcome, chain.multicast == nil else { return [] }
    return requests.enumerated().map { position, request in
      TransmitFragment(
        grant: request.grant,
        offset: request.offset,
        length: position == 0 ? chain.firstLength : request.size
      )
    }
  }
}

extension ReadChain {
  /// Reads some bytes of a granted page: which grant, and which bytes of its 4096.
  public typealias GrantReader =
    (_ grant: GrantReference, _ bytes: Range<Int>) throws(GrantStatus) -> [UInt8]

  /// The packet's bytes; `nil` if the chain was refused or is no packet.
  ///
  /// - Throws: What the reader throws; empty fragments are not read.
  public func frame(_ read: GrantReader) throws(GrantStatus) -> [UInt8]? {
    guard case .success(let chain) = outcome, chain.multicast == nil else { return nil }
    var frame: [UInt8] = []
    frame.reserveCapacity(chain.length)
    for fragment in fragments where fragment.length > 0 {
      let start = Int(fragment.offset)
      frame += try read(fragment.grant, start..<start + Int(fragment.length))
    }
    return frame
  }
}

extension PublishedSlots {
  /// The chains in the slots one after the other, as a backend with a policy finds them.
  ///
  /// A chain that is fatal, or has to be waited for, is the last.
  public func chains(_ policy: ChainPolicy) -> [ReadChain] {
    let parser = TransmitChainParser(policy)
    var chains: [ReadChain] = []
    var rest = self
    while let chain = rest.chain(parser) {
      chains.append(chain)
      if case .failure(let refusal) = chain.outcome, refusal.consequence != .error { break }
      rest = rest.dropping(chain.slotCount)
    }
    return chains
  }

  private func chain(_ parser: TransmitChainParser) -> ReadChain? {
    let outcome: Result<TransmitChain, ChainRefusal>
    let (dataSlotCount, extraCount): (Int, Int)
    do {
      guard let chain = try parser.parse(self) else { return nil }
      (dataSlotCount, extraCount) = (chain.dataSlotCount, chain.extraCount)
      outcome = .success(chain)
    } catch {
      (dataSlotCount, extraCount) = (error.dataSlotCount, error.extraCount)
      outcome = .failure(error)
    }
    return ReadChain(
      first: first,
      requests: (0..<dataSlotCount).map(parser.request),
      extras: (0..<extraCount).map(parser.extra),
      outcome: outcome
    )
  }
}
