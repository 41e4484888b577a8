/// What a netback makes of the control ring itself.
extension ControlRequests {
  static let ring = [tooManyRequests, requestsAreReadOnce, ringGoesRound]

  static let tooManyRequests = Requirement(
    "control/too-many-requests-are-none",
    .must,
    "when the producer of the control ring is further ahead than there are slots, or behind, nothing is "
      + "taken and nothing answered",
    because: "as on the other rings, the netback goes round it until the host is restarted",
    sources: [Source.advisory(39)],
    families: XenScript.families,
    hint: "the bound of the data rings forgotten on the ring that has little to do"
  ) {
    for producer in [129, 257, 0x8000_0000, 0xFFFF_FFFF] {
      connected("\(producer) of 128") {
        Guest.put([toeplitz], in: .control)
        Guest.set(.requestProducer, to: producer, of: .control)
        Guest.raise(.control)
        Guest.responses([], of: .control)
        Guest.indices(of: .control, responses: 0)
        Guest.transmit([.last(60, page: 0)])
        Step.receive(RingIndices.untold)
      }
    }
  }

  static let requestsAreReadOnce = Requirement(
    "control/request-is-read-once",
    .must,
    "a request is copied out of the ring before it is looked at, and what the slot becomes afterwards is "
      + "of no consequence",
    because:
      "a length that is small when it is checked and large when it is used is the oldest trick of "
      + "a guest",
    sources: [Source.advisory(155)],
    families: XenScript.families,
    hint: "fields read from the ring where they are needed"
  ) {
    for (name, changed, answer) in [
      ("the type", XenSlot.control(0, id: 3, data: [1]), XenResponse.control(success, id: 3)),
      ("the algorithm", .control(Ask.setAlgorithm, id: 3, data: [2]), .control(success, id: 3)),
      ("the identifier", .control(Ask.setAlgorithm, id: 4, data: [1]), .control(success, id: 3)),
    ] {
      connected("\(name) changes") {
        Guest.put([.control(Ask.setAlgorithm, id: 3, data: [1])], in: .control)
        Guest.changeAfterRead(0, changed, of: .control)
        Guest.show(.control)
        Guest.responses(.controlRing, ["offered": [answer], "missing": []], of: .control)
      }
    }
  }

  static let ringGoesRound = Requirement(
    "control/ring-has-128-slots",
    .must,
    "the control ring has 128 slots of 16 bytes, and goes on in the first behind the last",
    because: "a ring that seems longer than it is ends after 128 requests, long after every test",
    sources: [Source.xenRing, Source.netif],
    families: XenScript.families,
    hint: "the number of slots of the data rings"
  ) {
    connected("a ring and three") {
      Guest.control(
        (0..<128).map { .control(0xFFFF, id: $0) },
        (0..<128).map { .control(notSupported, id: $0) }
      )
      for id in 200..<203 {
        Guest.control(.control(Ask.size, id: id), .control(success, id: id, data: 128))
      }
    }
  }
}
