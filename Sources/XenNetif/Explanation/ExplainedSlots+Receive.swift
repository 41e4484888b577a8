extension ExplainedSlots {
  /// The pages that the frontend offers.
  func receiveRequests(from first: UInt32, count: UInt32) -> [ExplainedChain] {
    each(from: first, count: count) { bytes in
      let request = ReceiveRequest(bytes: bytes)
      return ("id \(request.id), grant \(request.grant.rawValue)", [])
    }
  }

  /// The packets that were received; the first may be the end of an earlier one.
  func receiveResponses(from first: UInt32, count: UInt32) -> [ExplainedChain] {
    var chains: [ExplainedChain] = []
    var distance: UInt32 = 0
    while distance < count {
      let chain = received(from: first &+ distance, count: count - distance)
      chains.append(chain)
      distance += UInt32(chain.slots.count)
    }
    return chains
  }

  /// The packet that begins with a slot: that one, its extras, then more of them.
  private func received(from first: UInt32, count: UInt32) -> ExplainedChain {
    var chain = ExplainedChain([])
    var lengths: [Int] = []
    var (extraFollows, moreFollows) = (false, true)
    while moreFollows || extraFollows {
      guard chain.slots.count < count else {
        chain.faults.append("the packet goes on, and there is no response behind its last one")
        return chain
      }
      let index = first &+ UInt32(chain.slots.count)
      if extraFollows {
        let extra = ExtraInfo(bytes: bytes(index))
        chain.slots.append(slot(index, extra.meaning))
        extraFollows = extra.hasMore
      } else {
        let response = ReceiveResponse(bytes: bytes(index))
        let isHead = chain.slots.isEmpty
        chain.slots.append(slot(index, response.meaning))
        chain.faults += response.faults
        lengths.append(max(0, Int(response.status)))
        extraFollows = isHead && response.flags.contains(.extraInfo)
        moreFollows = response.flags.contains(.moreData)
      }
    }
    if lengths.count > 1 {
      let sum = lengths.map(String.init).joined(separator: " + ")
      chain.summary = "a packet of \(lengths.reduce(0, +)) bytes = \(sum)"
    }
    return chain
  }
}

extension ReceiveResponse {
  fileprivate var meaning: String {
    let what = status < 0 ? "status \(status)" : "\(status) bytes at \(offset)"
    return (["id \(id)", what] + flags.names).joined(separator: ", ")
  }

  fileprivate var faults: [String] {
    if status < 0 { return ["a page could not be written: status \(status)"] }
    let end = Int(offset) + Int(status)
    return end > 4096 ? ["the bytes end at \(end) of a page of 4096"] : []
  }
}
