import XenNetif

/// A hypervisor with the domain of a backend and that of a frontend.
struct TwoDomains {
  static let host = Domain(rawValue: 0)
  static let guest = Domain(rawValue: 5)

  let hypervisor = SimulatedHypervisor()
  let backend: SimulatedXenPort
  let frontend: SimulatedDomain

  init() {
    backend = hypervisor.makeDomain(Self.host).port
    frontend = hypervisor.makeDomain(Self.guest)
  }
}
