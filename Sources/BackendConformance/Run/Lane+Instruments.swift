internal import CLinux
internal import Glibc
internal import NetBackend

// What the bench offers besides the backend.
extension Lane {
  func performWithInstrument(_ step: Step, round: Int) -> Observation {
    let backend = step.backend
    do throws(BenchError) {
      switch step.action {
      case .inject, .injectOffloaded, .collect, .link:
        return try performOnFarSide(step, round: round)
      case .prepare(let state): try bench.devices().prepare(state, backend: backend)
      case .fault(let fault): try bench.systemCalls().add(fault)
      case .calls(let names): return .calls(try bench.systemCalls().takeCalls(names))
      case .ledger: return .ledger(try bench.systemCalls().ledger())
      case .ring(let action):
        return try bench.rings(of: backend).perform(action, round: round)
      case .xen(let action):
        return try bench.xen(of: backend).perform(action, round: round)
      case .setErrno(let number): Glibc.errno = number
      case .select(let name, let prefixes): return select(name, prefixes)
      case .advanceClock(let time): try bench.loop.advanceClock(nanoseconds: time)
      default: return .benchFailed("\(step.action) needs no instrument")
      }
      return .done
    } catch { return Observation(error) }
  }

  private func performOnFarSide(_ step: Step, round: Int) throws(BenchError) -> Observation {
    let farSide = try bench.farSide(of: step.backend)
    switch step.action {
    case .inject(let runs):
      for run in runs {
        for index in 0..<run.count { try farSide.inject(run.contents(index + round)) }
      }
    case .injectOffloaded(let frame, let header):
      try farSide.inject(frame.contents(round), offload: header)
    case .collect(let count):
      // More are taken if they are there, but are not worth waiting for.
      let expected = min(count, step.allowed.map(\.expectation.leastFrames).min() ?? count)
      return .frames(try farSide.collect(expected, deadline: bench.patience.deadline))
    case .link(let state): try farSide.setLink(state)
    default: break
    }
    return .done
  }

  private func select(_ name: String, _ prefixes: [String]) -> Observation {
    do throws(BackendError) {
      return .opened(kind: try bench.select(name, among: prefixes))
    } catch { return .error(error) }
  }
}
