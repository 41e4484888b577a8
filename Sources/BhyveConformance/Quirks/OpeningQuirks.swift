internal import BackendConformance
internal import Glibc

/// In which state the seed leaves a tap that it opens, and what it does on one that it closed.
enum OpeningQuirks {
  static let all = [linkStaysDown, takenAsFound, freed, leaked, freedTwice]

  static let linkStaysDown = Quirk(
    "Q-LINK-DOWN",
    "the interface is not brought up: what is sent fails and nothing arrives until somebody else "
      + "does it",
    sources: [Source.seed(219...249)],
    families: ["tap"],
    rules: [
      .init("tap/link-comes-up") { place in
        switch place.action {
        case .open where place.fault != nil: [.opened]
        case .ledger: [Outcome(.stillOpen(1))]
        case .send: [.failure("linkDown", EIO)]
        case .collect: [.noFrames]
        case .receive: [.nothing]
        default: nil
        }
      },
      .init("errors/reason-fits-errno") { place in
        guard case .open = place.action, place.errno(of: "SIOCSIFFLAGS") != nil else { return nil }
        return [.opened]
      },
    ]
  )

  static let takenAsFound = Quirk(
    "Q-AS-FOUND",
    "the device is taken as it is found: offloads that a former owner switched on stay on, and the "
      + "guest is given frames without their checksum",
    sources: [Source.seed(219...249)],
    families: ["tap"],
    rules: [
      .init("tap/offloads-are-off-at-open") { place in
        guard case .receive = place.action else { return nil }
        return place.injected.last.map { [.frame($0)] }
      }
    ]
  )

  static let freed = Quirk(
    "Q-FREED",
    "closing frees the backend and nothing remembers it: any later call uses memory that may be "
      + "somebody else's by then. The port stops there",
    sources: [Source.seed(795...803), Source.seed(805...902)],
    rules: [
      .init("close/later-calls-are-refused") { place in
        place.allowsOnly(.explainedError(["closed"])) ? [.stopped] : nil
      }
    ]
  )

  /// The interfaces for which netmap's shared memory has room.
  private static let interfaces = 12

  static let leaked = Quirk(
    "Q-LEAK",
    "netmap's opening returns when the event loop refuses the descriptor, and nothing gives back "
      + "descriptor, mapping and port: they stay until the process ends",
    sources: [Source.seed(498...502)],
    families: ["netmap"],
    rules: [
      .init(
        "open/failure-releases-everything",
        "open/refused-watch-releases-everything",
        "open/many-times"
      ) { place in
        guard let fault = place.fault, fault.call == "watch", fault.after == 0 else { return nil }
        switch place.action {
        case .ledger: return [Outcome(.stillOpen(min(fault.times, interfaces)))]
        // The memory of the kernel has no room for another interface by then.
        case .open where fault.times > interfaces && place.before.last?.action == .ledger:
          return [.stopped]
        default: return nil
        }
      }
    ]
  )

  static let freedTwice = Quirk(
    "Q-INIT-FREE",
    "if netmap cannot open the port, its private area is freed by itself: it lies inside the block "
      + "that the caller frees next. The port stops there, and says nothing of what had failed",
    sources: [Source.seed(483...489), Source.seed(776...787)],
    families: ["netmap"],
    rules: [
      .init("errors/explain-themselves") { place in
        guard case .open = place.action, let call = place.fault?.call,
          ["open", "NIOCREGIF", "mmap"].contains(call)
        else { return nil }
        return [.stopped]
      },
      .init(
        "errors/reason-fits-errno",
        "ring-open/impossible-geometry-is-named",
        "ring-open/one-slot-is-refused",
        "ring-open/name-follows-the-grammar",
        "ring-open/exclusive-is-busy"
      ) { place in
        guard case .open = place.action, place.step.allowed != [.opened] else { return nil }
        return [.stopped]
      },
    ]
  )
}
