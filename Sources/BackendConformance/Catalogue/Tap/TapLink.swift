internal import NetBackend

/// The link of a tap going down, coming up and being overrun, and the kinds that are its likes.
enum TapLink {
  static let all = [
    downIsALoss, cyclesDoNoHarm, removalIsReported, overrunDoesNotWedge, truncatedReadIsNoticed,
    vmnetIsTheSame, maximumOfTheFramework, streamPrefixIsBounded, streamPartsAreCompleted,
  ]

  private static let families = ["tap"]
  private static let frame = FramePattern(60)

  static let downIsALoss = Requirement(
    "tap/link-down-is-a-loss",
    .must,
    "while the link is down sending reports a loss and receiving finds nothing; once it is up again "
      + "both work, and nothing that was lost is sent later",
    because:
      "a backend that gives up on the first EIO needs the guest to be restarted after someone "
      + "took the interface down for a moment",
    sources: [
      "FreeBSD if_tuntap: nothing is taken while down", "cloud-hypervisor issue 8722",
      "cloud-hypervisor commit 69d4c0a82", Source.linuxTap,
    ],
    families: families,
    hint: "EIO taken for the end of the device, or frames kept to be sent again"
  ) {
    for count in [1, 20] {
      Script("\(count) frames sent while down") {
        Step.open()
        Step.link(.down)
        Step.repeated(count) {
          Step.send(FramePattern(1514)).allowing(.error("linkDown", "dropped"), .nothing)
        }
        Step.receive().allowing(.nothing, .error("linkDown"))
        Step.peek.allowing(.nothing, .error("linkDown"))
        Step.discard.allowing(.nothing, .error("linkDown"))
        Step.link(.up)
        Step.send(frame)
        Step.collect(frame)
        Step.inject(frame)
        Step.receive(frame)
      }
    }
    Script("callbacks after the link is up again") {
      Step.open()
      Step.enableReceive
      Step.link(.down)
      Step.link(.up)
      Step.inject(frame)
      Step.awaitCallbacks()
      Step.receive(frame)
    }
  }

  static let cyclesDoNoHarm = Requirement(
    "tap/link-cycles-do-no-harm",
    .should,
    "the link may go down and up a hundred times with traffic between",
    because:
      "reconfiguration of a bridge takes its ports down and up; each time something that is not "
      + "set up again adds to what does not work",
    sources: ["fcvm issue 837", Source.linuxTap],
    families: families,
    hint: "a loss while down that leaves a counter, a flag or a descriptor behind"
  ) {
    Script("100 times, both directions") {
      Step.open()
      Step.repeated(100) {
        Step.link(.down)
        Step.send(frame).allowing(.error("linkDown", "dropped"), .nothing)
        Step.link(.up)
        Step.send(frame)
        Step.collect(frame)
        Step.inject(frame)
        Step.receive(frame)
      }
    }
  }

  static let removalIsReported = Requirement(
    "tap/removed-interface-is-reported",
    .must,
    "after the interface was removed sending and receiving report that it is gone, and close works",
    because:
      "silence there looks like a quiet network; the message that names the interface is what "
      + "tells an operator who removed it",
    sources: ["Linux tun: EBADFD", "crosvm commit 0b050c96f", Source.linuxTap],
    families: families,
    hint: "the errno that only this situation has taken for would-block"
  ) {
    Script("removed under an open backend") {
      Step.open()
      Step.link(.removed)
      Step.send(frame).allowing(.error("disconnected"))
      Step.receive().allowing(.error("disconnected"))
      Step.peek.allowing(.error("disconnected"))
      Step.discard.allowing(.error("disconnected"))
      Step.close
      Step.ledger
    }
  }

  static let overrunDoesNotWedge = Requirement(
    "tap/overrun-does-not-wedge",
    .should,
    "after more frames than the device keeps the first ones are received in order, and later ones as "
      + "well",
    because: "the device drops what it has no room for and tells nobody; a backend that counts on "
      + "every frame to be announced is stuck afterwards",
    sources: ["Linux tun: txqueuelen", Source.linuxTap],
    families: families,
    hint: "readiness counted in frames in place of looked at"
  ) {
    Script("3000 frames in a row") {
      Step.open()
      Step.enableReceive
      Step.inject(FramePattern(60, count: 3000))
      Step.awaitCallbacks()
      Step.repeated(900) { Step.receive(FramePattern(60)) }
      Step.repeated(2100) { Step.discard.allowing(.length(60), .nothing) }
      Step.runLoop(turns: 2, callbacks: 0)
      Step.inject(FramePattern(1514))
      Step.awaitCallbacks()
      Step.receive(FramePattern(1514))
    }
  }

  static let truncatedReadIsNoticed = Requirement(
    "tap/truncated-read-is-noticed",
    .must,
    "a read that is too short for the device's header is an error and no frame, and loses only itself",
    because:
      "the length of the frame is the length of the read less that of the header: below it a "
      + "length turns negative, or huge",
    sources: [Source.seed(284...315), "openvmm tap.rs", Source.linuxTap],
    families: families,
    hint: "a subtraction without a comparison in front"
  ) {
    for count in 1...9 {
      for (name, step) in [
        ("receive", Step.receive()), ("peek", Step.peek), ("discard", Step.discard),
      ] {
        Script("\(name) of a read of \(count) bytes") {
          Step.open()
          Step.fault("readv", .returns(count))
          step.allowing(.anyError)
          Step.inject(frame)
          Step.receive(frame)
          Step.receive()
        }
      }
    }
  }

  static let vmnetIsTheSame = Requirement(
    "tap/vmnet-is-the-same",
    .must,
    "the clone of the tap backend that is selected by `vmnet` does everything as the tap does",
    because: "a copy that is corrected in one place only differs from then on",
    sources: [Source.seed(368...381)],
    families: families,
    untestable:
      "this is tested by running every requirement of the tap on a `vmnet` backend as well"
  )

  static let maximumOfTheFramework = Requirement(
    "tap/framework-maximum-is-kept",
    .must,
    "reads offer at least the framework's maximum packet size, and a longer write is an error",
    because: "Apple's framework refuses a read with less room than its maximum, and aborted the "
      + "monitor that did not look",
    sources: ["xhyve issue 164, vmn_read, vmn_write", "hyperkit commit 3b930dd"],
    families: families,
    untestable: "this is about Apple's vmnet.framework, for which there is no backend here"
  )

  static let streamPrefixIsBounded = Requirement(
    "tap/stream-prefix-is-bounded",
    .must,
    "the length in front of a frame on a stream is compared with the longest frame before it is used",
    because: "a length that is out of step by one byte asks for gigabytes, or waits for ever",
    sources: ["gvisor-tap-vsock issue 670", "lima issue 5250"],
    families: families,
    untestable: "this is about backends over a stream socket, of which there is none here"
  )

  static let streamPartsAreCompleted = Requirement(
    "tap/stream-parts-are-completed",
    .must,
    "a read or write on a stream that ends within a frame is completed",
    because:
      "a stream keeps no boundaries: what is left of one frame is taken for the beginning of "
      + "the next",
    sources: ["hyperkit pci_virtio_net_vpnkit really_read"],
    families: families,
    untestable: "this is about backends over a stream socket, of which there is none here"
  )
}
