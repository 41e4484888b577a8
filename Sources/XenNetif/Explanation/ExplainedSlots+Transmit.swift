extension ExplainedSlots {
  /// The chains of requests to send; those behind one that is fatal are told slot by slot.
  func transmitRequests(
    from first: UInt32,
    count: UInt32,
    _ policy: ChainPolicy
  ) -> [ExplainedChain] {
    let chains = page.chains(from: first, count: count, policy)
    let seen = UInt32(chains.reduce(0) { $0 + $1.slotCount })
    let rest = each(from: first &+ seen, count: count - min(seen, count)) { bytes in
      (meaning: TransmitRequest(bytes: bytes).meaning(length: nil), faults: [])
    }
    return chains.map(explained) + rest
  }

  private func explained(_ chain: ReadChain) -> ExplainedChain {
    var meanings = chain.requests.enumerated().map { position, request in
      request.meaning(
        length: position == 0 ? (try? chain.outcome.get())?.firstLength : request.size
      )
    }
    meanings.insert(contentsOf: chain.extras.map(\.meaning), at: min(1, meanings.count))
    let slots = meanings.enumerated().map { distance, meaning in
      slot(chain.first &+ UInt32(distance), meaning)
    }
    switch chain.outcome {
    case .success: return ExplainedChain(slots, chain.summary)
    case .failure(let refusal):
      let end = refusal.consequence == .fatal ? "; nothing behind it is looked at" : ""
      return ExplainedChain(slots, faults: ["\(refusal)\(end)"])
    }
  }

  /// The responses to what was sent.
  func transmitResponses(from first: UInt32, count: UInt32) -> [ExplainedChain] {
    each(from: first, count: count) { bytes in
      let response = TransmitResponse(bytes: bytes)
      guard let name = response.status.name else {
        let fault = "status \(response.status.rawValue) is none of -2, -1, 0 and 1"
        return ("id \(response.id), status \(response.status.rawValue)", [fault])
      }
      // The bytes of the identifier are left over from the request.
      return (response.status == .null ? name : "id \(response.id), \(name)", [])
    }
  }
}

extension ReadChain {
  /// What the chain makes.
  fileprivate var summary: String? {
    guard let chain = try? outcome.get() else { return nil }
    switch chain.multicast {
    case .add(let group): return "adds the group \(group.address.addressText)"
    case .delete(let group): return "deletes the group \(group.address.addressText)"
    case nil: break
    }
    let lengths = fragments.map { String($0.length) }
    let sum = lengths.count > 1 ? " = " + lengths.joined(separator: " + ") : ""
    return "a packet of \(chain.length) bytes\(sum)"
  }
}

extension TransmitRequest {
  /// What a request says.
  ///
  /// - Parameter length: The bytes of its own fragment, if they are known.
  fileprivate func meaning(length: UInt16?) -> String {
    let own = length.map { "\($0) bytes at \(offset)" } ?? "at \(offset)"
    let total = length == size ? [] : ["size \(size)"]
    return (["id \(id)", "grant \(grant.rawValue)", own] + total + flags.names)
      .joined(separator: ", ")
  }
}
