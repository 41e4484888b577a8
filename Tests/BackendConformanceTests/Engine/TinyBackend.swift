import BackendConformance
import NetBackend

/// A backend that does nothing right or wrong but what a conforming class says.
protocol TinyBackend: NetBackend {}

extension TinyBackend {
  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    frame.totalLength
  }
  func peekLength() throws(BackendError) -> Int? { nil }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    nil
  }
  func discard() throws(BackendError) -> Int? { nil }
  func enableReceive() {}
  func disableReceive() {}
  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures { [] }
  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError) {}
  var headerLength: Int { 0 }
  func close() {}
}

/// A backend that is right about nothing happening.
final class IdleBackend: TinyBackend {}

/// Makes benches whose backend is opened by `open`, and which wait for nothing that does not come.
func tinyFactory(_ open: @escaping EmbeddedTestbench.Opener) -> TestbenchFactory {
  TestbenchFactory(name: "tiny") { _ in
    EmbeddedTestbench(
      link: EmbeddedLink(farSide: nil, open: open),
      patience: Patience(deadline: 100, quiet: 0)
    )
  }
}

/// Plays steps on the backend that `open` opens, after a step that opens it.
func play(
  _ open: @escaping EmbeddedTestbench.Opener,
  @StepBuilder _ steps: () -> [Step]
) -> PlayedCase {
  let script = Script(name: "tiny", steps: [.open()] + steps())
  return ScenarioRunner(tinyFactory(open)).play(script)
}

extension PlayedCase {
  /// The failure that decided the case.
  var failure: Failure? {
    guard case .failed(let failure) = finding else { return nil }
    return failure
  }
}
