internal import NetBackend

/// The vnet header of a switch's port, and that of a card, which has none.
enum RingHeaders {
  static let all = [cardHasNone, askingSetsNothing, leftBehindIsReset]

  static let cardHasNone = Requirement(
    "ring-header/card-has-none",
    .must,
    "on a card and on a pipe a header is refused without a system call, and no header is accepted",
    because:
      "bhyve asks the kernel under a name that is no port, fails also when it asks for nothing, "
      + "and nobody looks at the result",
    sources: [Source.seed(416...436), "netmap.c NETMAP_REQ_PORT_HDR_SET: ENXIO but for VALE"],
    families: RingBench.slow,
    hint: "the request made whatever the port is"
  ) {
    for isPipe in [false, true] {
      let bench = RingBench.with(pipe: isPipe).slow
      let kind = isPipe ? "pipe" : "card"
      for length in [1, 10, 12, 20, 65_546] {
        Script("\(kind), \(length) bytes", bench: bench) {
          Step.open()
          Step.calls()
          Step.setFeatures([], headerLength: length)
            .allowing(Outcome(.explainedError(["unsupportedHeaderLength"])))
          Step.calls().allowing(Outcome(.calls([])))
          Step.headerLength(0)
          Step.traffic()
        }
      }
      for request in FeatureRequest.offloads {
        Script("\(kind), \(request.name)", bench: bench) {
          Step.open()
          Step.calls()
          Step.offeredFeatures.allowing(Outcome(.features([])))
          Step.setFeatures(request.features, headerLength: 0)
            .allowing(Outcome(.explainedError(["unsupportedFeatures"])))
          Step.calls().allowing(Outcome(.calls([])))
          Step.traffic()
        }
      }
      Script("\(kind), nothing", bench: bench) {
        Step.open()
        Step.repeated(3) { Step.setFeatures([], headerLength: 0) }
        Step.traffic()
      }
    }
  }

  static let askingSetsNothing = Requirement(
    "ring-header/asking-sets-nothing",
    .must,
    "asking what is offered makes no call that sets the header, in whatever state the port is",
    because:
      "bhyve finds out by setting 12 and then the old length again: frames in between have the "
      + "wrong form, and the port keeps the longer frames that came with the header",
    sources: [Source.seed(438...464), "netmap.c: the port's frame length is raised and stays so"],
    families: RingBench.families,
    hint: "a probe that changes what it asks about"
  ) {
    for length in VirtioNetHeader.lengths {
      for times in [1, 5] {
        Script("header \(length), asked \(times) times") {
          Step.open()
          Step.useHeader(length)
          Step.calls()
          Step.repeated(times) { Step.offeredFeatures }
          Step.calls("PORT_HDR_SET").allowing(Outcome(.calls([])))
          Step.headerLength(length)
        }
      }
    }
  }

  static let leftBehindIsReset = Requirement(
    "ring-header/left-behind-is-reset",
    .should,
    "a header that somebody else left on a port that stays is taken off at open, or the port refused",
    because: "the backend reports no header, and every frame has one",
    sources: ["QEMU net/tap.c net_tap_fd_init", "netmap(4): NETMAP_REQ_VALE_NEWIF"],
    families: ["vale"],
    hint: "a new port taken for granted"
  ) {
    for header in VirtioNetHeader.lengths {
      Script("12 bytes were left, \(header) are used then") {
        Step.prepare(.header12)
        Step.open().orUnsupported
        Step.headerLength(0)
        Step.traffic(seed: 1)
        Step.useHeader(header)
        Step.traffic(seed: 3, header: header)
      }
    }
    for call in ["PORT_HDR_GET", "PORT_HDR_SET"] {
      Script("\(call) fails") {
        Step.prepare(.header12)
        Step.fault(call, .fails(ErrorNumber.io))
        Step.open().allowing(Outcome(.systemError([], errno: ErrorNumber.io)))
        Step.ledger
      }
    }
  }
}
