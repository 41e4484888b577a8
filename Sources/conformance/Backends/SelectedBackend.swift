internal import BackendConformance
internal import NetBackend

/// A backend that was named on the command line.
struct SelectedBackend: Sendable {
  /// Makes what is needed to open it; told where its interface lives, if it has one.
  typealias Preparation =
    @Sendable (DeviceInterface.Place?) throws(BenchError) -> ReadyBackend

  /// The name as it was given.
  let name: String
  /// The interface it opens; `nil` if it lives in memory.
  let interface: InterfaceName?
  private let preparation: Preparation

  init(_ name: String, interface: InterfaceName? = nil, preparation: @escaping Preparation) {
    self.name = name
    self.interface = interface
    self.preparation = preparation
  }

  /// A backend in memory, which needs no preparation.
  init(_ name: String, _ factories: [TestbenchFactory]) {
    self.init(name) { _ in ReadyBackend(factories: factories) }
  }

  /// Goes where its interface lives; the process may execute itself again for that.
  func enter() throws(CommandFailure) -> DeviceInterface.Place? {
    guard let interface else { return nil }
    return try DeviceInterface.enter(interface)
  }

  /// Makes its interface, and one bench of each kind, so that what is missing is told before a run.
  func makeReady(at place: DeviceInterface.Place?) throws(CommandFailure) -> ReadyBackend {
    do throws(BenchError) {
      let ready = try preparation(place)
      try ready.probe()
      return ready
    } catch {
      throw CommandFailure(error, backend: name)
    }
  }

  /// Does all of the above.
  func makeReady() throws(CommandFailure) -> ReadyBackend { try makeReady(at: try enter()) }
}
