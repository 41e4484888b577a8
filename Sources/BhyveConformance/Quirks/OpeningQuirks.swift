internal import BackendConformance
internal import Glibc

/// In which state the seed leaves a tap that it opens, and what it does on one that it closed.
enum OpeningQuirks {
  static let tap = [linkStaysDown, takenAsFound, freed]

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
    families: ["tap"],
    rules: [
      .init("close/later-calls-are-refused") { place in
        place.allowsOnly(.explainedError(["closed"])) ? [.stopped] : nil
      }
    ]
  )
}
