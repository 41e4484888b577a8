/// Something a test bench offers besides the backend.
public enum Instrument: String, CaseIterable, Comparable, Sendable, Codable {
  /// Injects frames for the backend to receive and collects those it sent.
  case farSide
  /// Injects frames with an offload header.
  case offloadInjection
  /// Takes the link up and down and removes the interface.
  case link
  /// Makes system calls fail, records them and keeps the ledger of descriptors.
  case systemCalls
  /// Looks at the rings that a backend shares with its device, and changes them.
  case rings
  /// Plays the frontend of a netback by hand.
  case xenFrontend
  /// Changes shared memory between two reads of the backend.
  case readTrap
  /// Prepares devices.
  case devices
  /// Hands over descriptors that somebody else opened.
  case descriptors
  /// Selects a kind of backend by name.
  case selection
  /// Has a second backend with a far side of its own.
  case secondBackend
  /// Has a clock that only moves when told to.
  case virtualClock
  /// Has a link of its own, on which frames of any EtherType may be put.
  case privateLink
  /// Opens by name: the backend is not made by the bench alone.
  case names

  /// Whether the left instrument's name sorts first.
  public static func < (left: Instrument, right: Instrument) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Action {
  /// The instruments the action needs, those of nested steps aside.
  var instruments: Set<Instrument> {
    switch self {
    case .collect: [.farSide]
    case .send(let frame, _): frame.instruments
    case .inject(let frames): frames.reduce(into: [.farSide]) { $0.formUnion($1.instruments) }
    case .injectOffloaded(let frame, _): frame.instruments.union([.farSide, .offloadInjection])
    case .link: [.link]
    case .fault, .calls, .ledger: [.systemCalls]
    case .prepare: [.devices]
    case .ring(.changeAfterRead): [.rings, .readTrap]
    case .ring: [.rings]
    case .xen(.changeAfterRead): [.xenFrontend, .readTrap]
    case .xen: [.xenFrontend]
    case .open(nil, nil): []
    case .open(_, nil): [.names]
    case .open(nil, _): [.descriptors]
    case .open: [.names, .descriptors]
    case .select: [.selection]
    case .advanceClock: [.virtualClock]
    default: []
    }
  }
}

extension FramePattern {
  /// The instruments that putting the frame on a link needs: frames that are not marked as the
  /// suite's by their EtherType belong on no link but the run's own.
  fileprivate var instruments: Set<Instrument> {
    guard let bytes, bytes.count >= Self.ethernetHeader.count else { return [] }
    let etherType = UInt16(bytes[12]) << 8 | UInt16(bytes[13])
    return etherType == Self.etherType ? [] : [.privateLink]
  }
}

extension Script {
  /// The instruments that playing the script needs.
  public var instruments: Set<Instrument> {
    allSteps.reduce(into: []) { needed, step in
      needed.formUnion(step.action.instruments)
      if step.backend > 0 { needed.insert(.secondBackend) }
    }
  }
}

extension Requirement {
  /// The instruments that at least one of its cases needs.
  public var instruments: Set<Instrument> {
    scripts.reduce(into: []) { $0.formUnion($1.instruments) }
  }
}
