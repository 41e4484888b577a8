/// A domain of a simulated hypervisor, seen by those who run in it.
public struct SimulatedDomain: Sendable {
  /// Its connection to the store.
  public let port: SimulatedXenPort

  /// The hypervisor it runs on.
  public var hypervisor: SimulatedHypervisor { port.hypervisor }
  /// Its number.
  public var number: Domain { port.domain }
}
