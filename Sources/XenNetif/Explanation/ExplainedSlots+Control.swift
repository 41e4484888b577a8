extension ExplainedSlots {
  /// What the frontend asks about hashing.
  func controlRequests(from first: UInt32, count: UInt32) -> [ExplainedChain] {
    each(from: first, count: count) { bytes in
      let request = ControlRequest(bytes: bytes)
      let data = [request.data0, request.data1, request.data2].map(String.init)
      let meaning = "id \(request.id), \(request.type.name), data \(data.joined(separator: " "))"
      return (meaning, request.type.isKnown ? [] : ["no request has type \(request.type.rawValue)"])
    }
  }

  /// What it was answered.
  func controlResponses(from first: UInt32, count: UInt32) -> [ExplainedChain] {
    each(from: first, count: count) { bytes in
      let response = ControlResponse(bytes: bytes)
      let status = response.status.rawValue
      let name = response.status.name ?? "status \(status)"
      let meaning = "id \(response.id), \(response.type.name), \(name), data \(response.data)"
      return (meaning, response.status.name == nil ? ["status \(status) is none of 0 to 3"] : [])
    }
  }
}
