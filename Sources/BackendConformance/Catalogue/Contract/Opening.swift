internal import Glibc
internal import NetBackend

/// What opening a backend acquires, in which state it leaves it, and what a failure leaves behind.
enum Opening {
  static let all = [
    receiveStartsDisabled, noCallbackBeforeReturn, headerStartsEmpty, failureReleasesEverything,
    refusedWatchReleasesEverything, failureIsNotSticky, storageIsReleasedOnce,
    descriptorsAreNonBlocking, descriptorsAreNotInherited, callbackIsRequired,
    deviceInUseIsBusy, instancesAreIndependent, manyTimes,
  ]

  /// The system calls that opening a tap may make, as the record of system calls names them.
  static let tapCalls = [
    "TUNGETFEATURES", "TUNSETIFF", "TUNGETIFF", "TUNSETVNETHDRSZ", "TUNSETOFFLOAD",
    "F_GETFL", "F_SETFL", "F_SETFD", "socket", "SIOCGIFFLAGS", "SIOCSIFFLAGS",
  ]

  static let receiveStartsDisabled = Requirement(
    "open/receive-starts-disabled",
    .must,
    "a backend that has just been opened calls nobody back until receive is enabled",
    because: "the frontend is called while it is still setting up its queues, or resets them, and "
      + "touches memory that is not there yet",
    sources: [Source.seed(243...243), Source.seed(498...498), "FreeBSD r352841, D20973"],
    hint: "a registration that starts enabled"
  ) {
    for count in [1, 3] {
      Script("\(count) waiting") {
        Step.open()
        Step.inject(FramePattern(60, count: count))
        Step.runLoop(turns: 5, callbacks: 0)
        Step.enableReceive
        Step.runLoop(callbacks: 1)
      }
    }
    Script("opened again after use") {
      Step.open()
      Step.enableReceive
      Step.inject(FramePattern(60))
      Step.awaitCallbacks()
      Step.close
      Step.open()
      Step.inject(FramePattern(60))
      Step.runLoop(turns: 5, callbacks: 0)
    }
  }

  static let noCallbackBeforeReturn = Requirement(
    "open/no-callback-before-return",
    .must,
    "no callback begins before open has returned",
    because: "a callback that runs on another thread finds a frontend without its backend",
    sources: ["xhyve e19a0bd, issue 25", Source.seed(784...790)],
    hint: "a receive thread that is started, or a registration that is enabled, inside open"
  ) {
    for turns in [1, 200] {
      Script("while another thread turns the loop \(turns) times") {
        Step.together(
          [.open()],
          [.runLoop(turns: turns, callbacks: 0)]
        )
        Step.runLoop(callbacks: 0)
      }
    }
  }

  static let headerStartsEmpty = Requirement(
    "open/header-starts-empty",
    .must,
    "a backend opens without a vnet header",
    because: "a frontend that negotiates nothing takes the device's header for the beginning of "
      + "the frame",
    sources: [Source.seed(780...781), "propolis 45af0f79"],
    hint: "the device's default of 10 bytes left in use"
  ) {
    Script("asked for its length") {
      Step.open()
      Step.headerLength(0)
    }
    Script("with frames both ways") {
      Step.open()
      Step.traffic()
      Step.headerLength(0)
    }
  }

  static let failureReleasesEverything = Requirement(
    "open/failure-releases-everything",
    .must,
    "whichever step of opening fails, what the earlier ones acquired is given back once",
    because: "each failed attempt leaks a descriptor and keeps the device busy, so that the next "
      + "attempt fails as well",
    sources: [
      Source.seed(219...253), Source.seed(483...502), Source.seed(784...787),
      "bhyve net_backends.c @03f7ccab, tap_init",
    ],
    hint: "a return from the middle of a sequence that acquires"
  ) {
    for call in FamilyCall.opening {
      for errno in [EIO, ENOMEM, EINVAL, EPERM, EBUSY] {
        for after in [0, 1] {
          Script(
            "\(call.name) fails with errno \(errno)\(after == 0 ? "" : ", the second time")",
            bench: call.bench
          ) {
            Step.fault(call.name, after: after, .fails(errno))
            Step.open().allowing(.opened, .anyError)
            Step.close
            Step.ledger
          }
        }
      }
    }
    for after in 0..<6 {
      Script("call \(after + 1) fails, whichever it is") {
        Step.fault(nil, after: after, .fails(EIO))
        Step.open().allowing(.opened, .anyError)
        Step.close
        Step.ledger
      }
    }
  }

  static let refusedWatchReleasesEverything = Requirement(
    "open/refused-watch-releases-everything",
    .must,
    "if the event loop refuses the descriptor, opening fails and gives everything back",
    because: "registration comes last, and its failure is the one whose clean-up is forgotten: "
      + "port, descriptor and mapping stay",
    sources: [
      Source.seed(243...253), Source.seed(498...502), "bhyve net_backend_netmap.c @3502f491",
    ],
    hint: "a plain return where the other failures jump to the clean-up"
  ) {
    for errno in [EPERM, ENOMEM, ENOSPC, EEXIST] {
      Script("errno \(errno)") {
        Step.fault("watch", .fails(errno))
        Step.open().allowing(Outcome(.explainedError([])))
        Step.ledger
        Step.open()
        Step.traffic()
        Step.close
        Step.ledger
      }
    }
  }

  static let failureIsNotSticky = Requirement(
    "open/failure-is-not-sticky",
    .must,
    "after a failed attempt the next one opens a backend that works",
    because:
      "a device that is slow to appear is retried, and a half-opened first attempt stands in "
      + "the way of the second",
    sources: [Source.seed(219...253), Source.seed(235...238)],
    hint: "state of the failed attempt that the next one finds, or a process that ends"
  ) {
    for call in FamilyCall.opening {
      Script("after \(call.name) has failed", bench: call.bench) {
        Step.fault(call.name, .fails(EIO))
        Step.open().allowing(.opened, .anyError)
        Step.close
        Step.open()
        Step.headerLength(0)
        Step.traffic()
      }
    }
  }

  static let storageIsReleasedOnce = Requirement(
    "open/storage-is-released-once",
    .must,
    "a failed open releases the backend's storage once, and as it was allocated",
    because:
      "freeing the private part of a block that the caller frees as a whole corrupts the heap",
    sources: [Source.seed(483...489), Source.seed(776...787)],
    untestable: "storage is released by reference counting, which a backend cannot get wrong; a "
      + "descriptor that is closed twice is looked for by open/failure-releases-everything"
  )

  static let descriptorsAreNonBlocking = Requirement(
    "open/descriptors-are-non-blocking",
    .must,
    "a descriptor is non-blocking before the event loop watches it",
    because: "a read that finds the frame gone blocks the thread that serves every other device",
    sources: [Source.seed(225...232), "crosvm 84edec532", "tappers issue 51", "openvmm PR 3181"],
    hint: "the flag is set after registration, or only on descriptors that the backend opened"
  ) {
    for state in [nil, SuppliedDescriptor.blocking, .withoutHeader, .header20] {
      Script(state.map { "supplied, \($0.rawValue)" } ?? "opened by name") {
        Step.open(descriptor: state)
        Step.ledger.allowing(Outcome(.nonBlocking))
        Step.peek
        Step.receive()
        Step.discard
      }
    }
  }

  static let descriptorsAreNotInherited = Requirement(
    "open/descriptors-are-not-inherited",
    .should,
    "no descriptor of a backend reaches the programs that its process executes",
    because:
      "a helper that lives longer than the virtual machine keeps the interface attached, and "
      + "nobody else can open it",
    sources: ["FreeBSD bhyve slirp @c7b33132", "Linux O_CLOEXEC"],
    hint: "a descriptor opened, or taken over, without close-on-exec"
  ) {
    for state in [nil, SuppliedDescriptor.blocking, .withoutHeader, .header20] {
      Script(state.map { "supplied, \($0.rawValue)" } ?? "opened by name") {
        Step.open(descriptor: state)
        Step.ledger.allowing(Outcome(.notInherited))
      }
    }
  }

  static let callbackIsRequired = Requirement(
    "open/callback-is-required",
    .must,
    "an open without a receive callback is refused before anything is acquired",
    because: "the first frame calls through a null pointer, long after the mistake",
    sources: [Source.seed(211...214)],
    untestable: "a request always carries a callback: its type is not optional"
  )

  static let deviceInUseIsBusy = Requirement(
    "open/device-in-use-is-busy",
    .must,
    "a device that another backend has open is refused as busy, and that backend goes on working",
    because: "two readers of one device take each other's frames at random",
    sources: [Source.linuxTap, "Firecracker issue 750", "kata-containers issue 13130"],
    families: ["tap"],
    hint: "the device is opened for sharing, or the failed attempt tears the first one down"
  ) {
    Script("by another backend") {
      Step.open("tap7")
      Step.open("tap7").on(1).allowing(Outcome(.explainedError(["busy"])))
      Step.close
      Step.open("tap7").on(1)
    }
    Script("by another process") {
      Step.prepare(.busy)
      Step.open().allowing(Outcome(.explainedError(["busy"])))
      Step.ledger
    }
  }

  static let instancesAreIndependent = Requirement(
    "open/instances-are-independent",
    .must,
    "two backends of one kind share no state",
    because: "a buffer shared by all instances gives one guest the frames of another",
    sources: [Source.seed(776...781), Source.seed(867...880)],
    hint: "static or global variables in a backend"
  ) {
    let (first, second) = (FramePattern(60, seed: 10), FramePattern(1514, seed: 20))
    Script("frames") {
      Step.open()
      Step.open().on(1)
      Step.inject(first)
      Step.peek(first)
      Step.peek.on(1)
      Step.inject(second).on(1)
      Step.peek(second).on(1)
      Step.peek(first)
      Step.receive(first)
      Step.discard(second).on(1)
      Step.peek
    }
    Script("callbacks") {
      Step.open()
      Step.open().on(1)
      Step.enableReceive
      Step.inject(second).on(1)
      Step.runLoop(callbacks: 0)
      Step.inject(first)
      Step.runLoop(callbacks: 1)
      Step.runLoop(callbacks: 0).on(1)
    }
    Script("header lengths") {
      Step.open()
      Step.open().on(1)
      Step.useHeader(12)
      Step.headerLength(0).on(1)
      Step.traffic(seed: 3, header: 12)
      for step in Step.traffic(seed: 5) { step.on(1) }
      Step.headerLength(12)
    }
    Script("closing") {
      Step.open()
      Step.open().on(1)
      Step.close
      for step in Step.traffic(seed: 7) { step.on(1) }
    }
  }

  static let manyTimes = Requirement(
    "open/many-times",
    .must,
    "opening and closing, or failing to open, any number of times uses up nothing",
    because:
      "a virtual machine that reconnects its network each hour runs out of descriptors after "
      + "a month",
    sources: [Source.seed(186...254), Source.seed(507...519)],
    hint: "a descriptor that only one of the ways out of open releases"
  ) {
    Script("opened and closed") {
      Step.repeated(20) {
        Step.open()
        Step.close
      }
      Step.ledger
    }
    Script("refused by the loop") {
      Step.fault("watch", times: 20, .fails(ENOMEM))
      Step.repeated(20) { Step.open().allowing(.anyError) }
      Step.ledger
      Step.open()
    }
  }
}
