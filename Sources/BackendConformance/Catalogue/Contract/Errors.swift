internal import Glibc
internal import NetBackend

/// What errors say, and what an error does not do.
enum Errors {
  static let all = [
    errorsExplainThemselves, reasonFitsErrno, refusalsExplainThemselves, goneDeviceIsExplained,
    oneConvention, inputNeverEndsTheProcess, logIsBounded, noMemoryIsAnError, everyCallChecksHandle,
  ]

  static let errorsExplainThemselves = Requirement(
    "errors/explain-themselves",
    .must,
    "an error names the interface, the call that failed and that call's errno",
    because:
      "\"open failed\" in a log sends its reader through twelve causes; bhyve reports -1 for "
      + "most of them",
    sources: [Source.seed(210...254), Source.seed(774...775), "Firecracker issue 750"],
    hint: "errno read after another call, or dropped on the way up"
  ) {
    for call in FamilyCall.opening {
      for errno in [EPERM, EBUSY, ENODEV, ENOMEM, EMFILE, EIO] {
        Script("\(call.name) fails with errno \(errno) while opening", bench: call.bench) {
          Step.fault(call.name, .fails(errno))
          Step.open().allowing(.opened, Outcome(.systemError([], errno: errno)))
        }
      }
    }
    for call in FamilyCall.setting {
      for errno in [EINVAL, EIO, EPERM, EBADFD] {
        Script("\(call.name) fails with errno \(errno) while setting features", bench: call.bench) {
          Step.open()
          Step.useHeader(12)
          Step.fault(call.name, .fails(errno))
          Step.setFeatures([], headerLength: 10)
            .allowing(.done, Outcome(.systemError([], errno: errno)))
        }
      }
    }
    for errno in [EIO, ENOMEM, EFAULT] {
      for call in FamilyCall.receiving {
        Script("\(call.name) fails with errno \(errno)", bench: call.bench) {
          Step.open()
          Step.inject(FramePattern(60))
          Step.fault(call.name, .fails(errno))
          Step.peek.allowing(Outcome(.systemError([], errno: errno)))
        }
      }
      for call in FamilyCall.sending {
        Script("\(call.name) fails with errno \(errno)", bench: call.bench) {
          Step.open()
          Step.fault(call.name, .fails(errno))
          Step.send(FramePattern(60)).allowing(Outcome(.systemError([], errno: errno)))
        }
      }
    }
  }

  static let reasonFitsErrno = Requirement(
    "errors/reason-fits-errno",
    .must,
    "a device that is in use, forbidden or missing is reported as that, not as some failure",
    because: "a person can free a device, grant a permission or load a module; a number alone says "
      + "none of these",
    sources: [Source.linuxTap, "kata-containers issue 13130", "openvmm issue 2964"],
    families: ["tap", "netmap"],
    hint: "every failure mapped to one"
  ) {
    for (call, errno, reasons) in [
      ("open", ENOENT, ["unavailable"]), ("open", ENXIO, ["unavailable"]),
      ("open", ENODEV, ["unavailable"]), ("open", EPERM, ["notPermitted"]),
      ("open", EACCES, ["notPermitted"]), ("TUNSETIFF", EBUSY, ["busy"]),
      ("TUNSETIFF", EPERM, ["notPermitted"]), ("TUNSETIFF", EINVAL, ["wrongDevice"]),
      ("SIOCSIFFLAGS", EPERM, ["notPermitted"]), ("open", EMFILE, ["system"]),
      ("TUNSETIFF", ENOMEM, ["system", "unavailable"]),
    ] as [(String, Int32, [String])] {
      Script("\(call) fails with errno \(errno)", bench: BenchOptions(families: ["tap"])) {
        Step.link(.down)
        Step.fault(call, .fails(errno))
        Step.open().allowing(Outcome(.systemError(reasons, errno: errno)))
      }
    }
    for (call, errno, reasons) in [
      ("open", ENOENT, ["unavailable"]), ("open", ENXIO, ["unavailable"]),
      ("open", EPERM, ["notPermitted"]), ("open", EACCES, ["notPermitted"]),
      ("NIOCREGIF", EBUSY, ["busy"]), ("NIOCREGIF", ENXIO, ["unavailable"]),
      ("NIOCREGIF", EPERM, ["notPermitted"]), ("NIOCREGIF", ENOMEM, ["system", "unavailable"]),
      ("mmap", ENOMEM, ["system", "unavailable"]),
    ] as [(String, Int32, [String])] {
      Script("\(call) fails with errno \(errno), netmap", bench: BenchOptions(families: ["netmap"]))
      {
        Step.fault(call, .fails(errno))
        Step.open().allowing(Outcome(.systemError(reasons, errno: errno)))
      }
    }
  }

  static let refusalsExplainThemselves = Requirement(
    "errors/refusals-explain-themselves",
    .must,
    "a refusal that needs no system call names the interface and the call, and no errno",
    because: "the errno of an earlier call sends the reader after a failure that did not happen",
    sources: [Source.seed(774...775), Source.seed(821...824), "xhyve vmn_read"],
    hint: "errno attached to every error, whether a system call was made or not"
  ) {
    for (name, step) in [
      ("an empty frame", .send(FramePattern(0))), ("a huge frame", .send(claiming: [1 << 40])),
      ("a feature not offered", .setFeatures(VirtioNetFeatures(bit: 40), headerLength: 12)),
      ("a header of 11", .setFeatures([], headerLength: 11)),
      ("no room", .receive(into: [1])),
    ] as [(String, Step)] {
      Script(name) {
        Step.open()
        Step.inject(FramePattern(60))
        Step.setErrno(EXDEV)
        step.allowing(Outcome(.systemError([], errno: 0)))
      }
    }
    for name in ["nonsense0", "tap", "tap0 "] {
      Script("the name \(Notation.quoted(name))") {
        Step.setErrno(EXDEV)
        Step.open(name).allowing(Outcome(.systemError([], errno: 0)))
      }
    }
  }

  static let goneDeviceIsExplained = Requirement(
    "errors/gone-device-is-explained",
    .must,
    "once the interface is gone, setting features fails with an explained error or does nothing, and "
      + "the backend can be closed",
    because: "an interface is deleted under a running virtual machine more often than one thinks, "
      + "and the machine must still shut down in order",
    sources: [Source.linuxTap, "crosvm 0b050c96f"],
    hint: "a result taken for granted because it never failed before"
  ) {
    for length in VirtioNetHeader.lengths {
      Script("header \(length)") {
        Step.open()
        Step.link(.removed)
        Step.setFeatures([], headerLength: length)
          .allowing(.done, Outcome(.explainedError([])))
        Step.offeredFeatures.allowing(Outcome(.closedFeatures), Outcome(.explainedError([])))
        Step.close
        Step.ledger
      }
    }
  }

  static let oneConvention = Requirement(
    "errors/one-convention",
    .must,
    "every call reports failure in one way",
    because:
      "bhyve's calls return -1, a positive errno, a negative errno or -1 with errno set, and "
      + "each caller guesses",
    sources: [
      Source.seed(672...672), Source.seed(292...292), Source.seed(774...775),
      Source.seed(849...853),
    ],
    untestable: "the protocol's calls throw BackendError and can report failure in no other way"
  )

  static let inputNeverEndsTheProcess = Requirement(
    "errors/input-never-ends-the-process",
    .must,
    "nothing that the guest or the host does ends the process",
    because: "an assertion that a guest can reach ends its virtual machine and, in a switch, all "
      + "the others",
    sources: [
      Source.seed(237...237), Source.seed(632...632), Source.seed(763...768),
      Source.seed(829...830),
    ],
    untestable:
      "a backend that ends the process ends the suite with it, in whichever scenario gave "
      + "it the input; no verdict is left to give"
  )

  static let logIsBounded = Requirement(
    "errors/log-is-bounded",
    .should,
    "frames that fail are logged at a bounded rate",
    because: "a guest that sends faster than the host drains fills the host's disk with one line a "
      + "frame",
    sources: [Source.seed(537...537), Source.seed(578...579), Source.seed(670...671)],
    untestable: "the contract has no log; what a backend prints, and where, is its own affair"
  )

  static let noMemoryIsAnError = Requirement(
    "errors/no-memory-is-an-error",
    .must,
    "a lack of memory while opening is an error",
    because: "an allocation that is not checked is a crash at the busiest moment of the host",
    sources: [Source.seed(776...777)],
    untestable: "Swift's allocations cannot be made to fail; ENOMEM of every system call is one of "
      + "the cases of open/failure-releases-everything"
  )

  static let everyCallChecksHandle = Requirement(
    "errors/every-call-checks-its-handle",
    .should,
    "every call takes a missing backend in the same way",
    because: "one of bhyve's calls tolerates a null handle, two assert, and the others crash",
    sources: [Source.seed(795...902)],
    untestable: "there is no call without a backend; what a closed one does is close/"
      + "later-calls-are-refused"
  )
}
