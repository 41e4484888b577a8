internal import NetBackend

/// What may be done inside a callback, on other threads, and at the end of the device.
enum Callbacks {
  static let all = [
    disableInside, everythingInside, enableInside, noneLateFromAnotherThread, endDoesNotSpin,
  ]

  private static let frame = FramePattern(60)

  static let disableInside = Requirement(
    "events/disable-inside-the-callback",
    .must,
    "disabling inside the callback works: it returns, and no other callback follows",
    because:
      "this is where a frontend notices that it has no buffers; a backend that waits there for "
      + "its callback to end waits for itself",
    sources: ["bhyve pci_virtio_net pci_vtnet_rx", Source.seed(122...129)],
    hint: "a lock held around the callback, or a wait for the callback that is running"
  ) {
    for count in [1, 5, 50] {
      Script("\(count) frames") {
        Step.open()
        Step.whenCalledBack { Step.disableReceive }
        Step.enableReceive
        Step.inject(FramePattern(60, count: count))
        Step.awaitCallbacks()
        Step.runLoop(turns: 5, callbacks: 0)
        Step.repeated(count) { Step.receive(FramePattern(60)) }
      }
      Script("\(count) frames, disabled twice, then enabled outside") {
        Step.open()
        Step.whenCalledBack {
          Step.disableReceive
          Step.disableReceive
        }
        Step.enableReceive
        Step.inject(FramePattern(60, count: count))
        Step.awaitCallbacks()
        Step.runLoop(turns: 3, callbacks: 0)
        Step.enableReceive
        Step.awaitCallbacks()
        Step.runLoop(turns: 3, callbacks: 0)
      }
    }
  }

  static let enableInside = Requirement(
    "events/enable-inside-the-callback",
    .must,
    "enabling inside the callback works, and the last of enable and disable counts",
    because:
      "a frontend disables while it works on a batch and enables at its end, all in one callback",
    sources: ["QEMU net/tap.c tap_send", Source.seed(323...337)],
    hint: "the state put back after the callback to what it was before"
  ) {
    Script("enabled once more") {
      Step.open()
      Step.whenCalledBack {
        Step.enableReceive
        Step.discard.allowing(.length(60))
      }
      Step.enableReceive
      Step.inject(FramePattern(60, count: 3))
      Step.awaitCallbacks(3)
      Step.runLoop(turns: 2, callbacks: 0)
    }
    Script("disabled, then enabled") {
      Step.open()
      Step.whenCalledBack {
        Step.disableReceive
        Step.discard.allowing(.length(60))
        Step.enableReceive
      }
      Step.enableReceive
      Step.inject(FramePattern(60, count: 3))
      Step.awaitCallbacks(3)
      Step.runLoop(turns: 2, callbacks: 0)
    }
    Script("enabled, then disabled") {
      Step.open()
      Step.whenCalledBack {
        Step.enableReceive
        Step.disableReceive
      }
      Step.enableReceive
      Step.inject(FramePattern(60, count: 3))
      Step.awaitCallbacks()
      Step.runLoop(turns: 3, callbacks: 0)
    }
  }

  static let everythingInside = Requirement(
    "events/calls-work-inside-the-callback",
    .must,
    "sending, peeking, receiving and discarding work inside the callback",
    because: "that is what the callback is for; a lock of the backend's own that is held around it "
      + "stops the guest at the first frame",
    sources: [Source.seed(112...130), "bhyve pci_e82545 e82545_rx_callback"],
    hint: "the lock of the receive path held while calling back"
  ) {
    Script("peeked and received") {
      Step.open()
      Step.whenCalledBack {
        Step.peek(frame)
        Step.receive(frame)
        Step.receive()
      }
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
    }
    Script("discarded, and answered") {
      Step.open()
      Step.whenCalledBack {
        Step.discard(frame)
        Step.send(FramePattern(1514))
      }
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
      Step.collect(FramePattern(1514))
    }
    Script("asked for the header and the features") {
      Step.open()
      Step.whenCalledBack {
        Step.headerLength(0)
        Step.offeredFeatures
        Step.receive(frame)
      }
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
    }
  }

  static let noneLateFromAnotherThread = Requirement(
    "events/none-late-from-another-thread",
    .must,
    "after disable has returned no callback begins on another thread either",
    because:
      "the thread that disables frees what the callback uses next; with a disable that is only "
      + "queued, or a thread of the backend's own, the callback finds it gone",
    sources: [Source.seed(122...129), "bhyve mevent.c: changes are queued", "D22286"],
    hint: "a flag that another thread looked at just before"
  ) {
    for rounds in [20, 200] {
      Script("\(rounds) times enabled and disabled while the loop turns") {
        Step.open()
        Step.inject(frame)
        Step.together(
          [
            .repeated(rounds) {
              Step.enableReceive
              Step.disableReceive
            }
          ],
          [.repeated(rounds) { Step.runLoop(turns: 1, callbacks: 0).allowing(.callbacks(0...1)) }]
        )
        Step.peek(frame)
        Step.runLoop(turns: 3, callbacks: 0).allowing(.callbacks(0...rounds))
        Step.runLoop(turns: 3, callbacks: 0)
      }
    }
    Script("disabled after a callback, and looked at later") {
      Step.open()
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
      Step.disableReceive
      Step.peek(frame)
      Step.runLoop(turns: 3, callbacks: 0)
      Step.receive(frame)
      Step.runLoop(turns: 3, callbacks: 0)
    }
  }

  static let endDoesNotSpin = Requirement(
    "events/end-of-the-device-does-not-spin",
    .must,
    "a device that is gone, or at its end, brings a callback or two and not one each turn",
    because:
      "a hang-up is a level that never ends: a loop that is told each time takes a processor for "
      + "as long as the guest lives",
    sources: ["crosvm commit 0b050c96f", "slirp backend c7b33132: POLLHUP masked"],
    hint: "the registration left on after the device said it is gone"
  ) {
    let tap = BenchOptions(families: ["tap"])
    Script("the interface is removed") {
      Step.open()
      Step.whenCalledBack { Step.peek.allowing(.error("disconnected", "linkDown")) }
      Step.enableReceive
      Step.link(.removed)
      Step.runLoop(turns: 20, callbacks: 0).allowing(.callbacks(0...2))
      Step.peek.allowing(.error("disconnected"))
      Step.runLoop(turns: 20, callbacks: 0).allowing(.callbacks(0...2))
    }
    for (name, effect) in [
      ("reads return 0", SystemCallFault.Effect.returns(0)),
      ("reads fail with ENXIO", .fails(ErrorNumber.noDeviceOrAddress)),
      ("reads fail with EBADFD", .fails(ErrorNumber.badState)),
    ] {
      Script("\(name) on a descriptor that stays readable", bench: tap) {
        Step.open()
        Step.whenCalledBack { Step.discard.allowing(.error("disconnected")) }
        Step.enableReceive
        Step.inject(frame)
        Step.fault("readv", times: 100, effect)
        Step.runLoop(turns: 20, callbacks: 0).allowing(.callbacks(1...2))
      }
    }
  }
}
