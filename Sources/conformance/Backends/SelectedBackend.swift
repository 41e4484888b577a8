internal import BackendConformance

/// A backend that was named on the command line.
struct SelectedBackend: Sendable {
  /// Makes what is needed to open it; told where its interface lives, if it has one.
  typealias Preparation =
    @Sendable (DevicePlace?) throws(BenchError) -> ReadyBackend

  /// The name as it was given.
  let name: String
  /// What it opens of this machine's; `nil` if it lives in memory.
  let device: (any HostDevice)?
  private let preparation: Preparation

  init(_ name: String, device: (any HostDevice)? = nil, preparation: @escaping Preparation) {
    self.name = name
    self.device = device
    self.preparation = preparation
  }

  /// A backend in memory, which needs no preparation.
  init(_ name: String, _ factories: [TestbenchFactory]) {
    self.init(name) { _ in ReadyBackend(factories: factories) }
  }

  /// Goes where its device lives; the process may execute itself again for that.
  func enter() throws(CommandFailure) -> DevicePlace? {
    guard let device else { return nil }
    return try device.enter()
  }

  /// Makes its interface, and one bench of each kind, so that what is missing is told before a run.
  func makeReady(at place: DevicePlace?) throws(CommandFailure) -> ReadyBackend {
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
