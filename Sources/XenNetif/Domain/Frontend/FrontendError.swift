/// Why a frontend does not do what it is asked to.
public enum FrontendError: Error, Equatable, Sendable {
  /// The ring has not as many free slots as are needed; responses are to be taken first.
  case noRoom(needed: Int, free: Int)
  /// The frame cannot be sent in this form by a frontend that keeps to the protocol.
  case illegalPlan(String)
}

/// What a backend did that the protocol does not allow, as the frontend noticed.
public enum BackendViolation: Error, Equatable, Sendable {
  /// More responses than requests.
  case tooManyResponses(RingOverflow)
  /// A response with an identifier that no request waits for.
  case unknownIdentifier(UInt16)
  /// A status that responses to sent packets do not have.
  case unknownStatus(TransmitStatus)
  /// A response without identifier, though no extra slot waits for one.
  case strayNull
  /// A response to a request to receive that has another identifier than the request in its slot.
  case wrongSlot(expected: UInt16, found: UInt16)
  /// Received bytes that would lie outside their page.
  case outsidePage(offset: UInt16, status: Int16)
  /// Bytes of a page that were changed although they belong to no packet.
  case strayBytes(id: UInt16)
}

extension BackendViolation: CustomStringConvertible {
  /// What was found, and what it was found in place of.
  public var description: String {
    switch self {
    case .tooManyResponses(let overflow): "more responses than requests: \(overflow)"
    case .unknownIdentifier(let id):
      "a transmit response with the identifier \(id), which no request without response has"
    case .unknownStatus(let status): "a transmit response with the status \(status.rawValue)"
    case .strayNull: "a null response, where no extra is without response"
    case .wrongSlot(let expected, let found):
      "a receive response with the identifier \(found) in the slot of request \(expected)"
    case .outsidePage(let offset, let status):
      "a receive response with \(status) bytes at \(offset), which end outside the page"
    case .strayBytes(let id):
      "bytes of the page of receive request \(id) that were changed and belong to no packet"
    }
  }
}
