internal import NetBackend
internal import Synchronization
internal import SystemPackage
internal import XenNetif

/// A frontend that does nothing but what its script says, and watches what the netback does.
final class ScriptedFrontend: XenInstrument, FarSide {
  let directories: InterfaceDirectories
  private let hypervisor: SimulatedHypervisor
  private let toolstack: SimulatedXenPort
  private let loop: any TestbenchLoop
  private let state: Mutex<ScriptedState>

  /// Makes a domain with one interface, which the store knows from now on.
  init(
    _ number: Domain,
    of hypervisor: SimulatedHypervisor,
    _ configuration: FrontendConfiguration,
    mtu: Int,
    loop: any TestbenchLoop
  ) throws(BenchError) {
    self.hypervisor = hypervisor
    self.loop = loop
    toolstack = hypervisor.makePort(for: .backend)
    directories = InterfaceDirectories(from: .backend, to: number)
    do throws(Errno) {
      try directories.create(through: toolstack, changing: ["mtu": "\(mtu)"])
      let domain = hypervisor.makeDomain(number)
      // What the toolstack has written is no doing of the netback's.
      let changes = hypervisor.storeChanges.count
      let frontend = try Frontend(domain, at: directories, configuration)
      state = Mutex(ScriptedState(frontend, after: changes))
    } catch { throw .failed("make an interface in the store: \(error)") }
  }

  func perform(_ action: XenAction, round: Int) throws(BenchError) -> Observation {
    let observation = try state.withLock { state throws(BenchError) in
      state.check(hypervisor)
      let observation = try state.perform(action, round, hypervisor, toolstack)
      if action.isNoticed { try state.setTraps() }
      return observation
    }
    if action.isNoticed { try settle() }
    return observation
  }

  /// The rules that were broken since the last time.
  func takeBreaches() -> [Breach] {
    state.withLock { state in
      state.check(hypervisor)
      return state.takeBreaches()
    }
  }

  /// Lets everything happen that can without the clock.
  private func settle() throws(BenchError) {
    var isOver = false
    while !isOver {
      var turns = 0
      // A callback for a frame that waits comes again and again.
      while turns < 200, loop.turn(milliseconds: 0) > 0 { turns += 1 }
      isOver = try state.withLock { state throws(BenchError) in
        let isRaised = try state.endTraps()
        state.check(hypervisor)
        return !isRaised
      }
    }
  }

  func inject(_ frame: [UInt8]) throws(BenchError) {
    throw .unsupported("the frontend is the script's: it transmits slots")
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    state.withLock { state in
      state.check(hypervisor)
      return state.frontend.queues.indices.flatMap { state.takeReceived($0) }
    }
  }
}

extension XenAction {
  /// Whether the netback is told of it.
  fileprivate var isNoticed: Bool {
    switch self {
    case .connect, .write, .show, .raise: true
    default: false
    }
  }
}
