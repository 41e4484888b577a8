internal import BackendConformance

/// Something that a backend needs of the machine.
struct HealthCheck {
  /// What is looked at.
  let name: String
  /// What was found.
  let finding: String
  /// Why it will not do, with what mends it; `nil` if it will.
  let failure: CommandFailure?

  init(_ name: String, _ finding: String) {
    self.name = name
    self.finding = finding
    failure = nil
  }

  init(_ name: String, _ failure: CommandFailure) {
    self.name = name
    finding = failure.message
    self.failure = failure
  }

  /// Makes a check that either finds something or fails.
  init(_ name: String, look: () throws(CommandFailure) -> String) {
    do throws(CommandFailure) {
      self.init(name, try look())
    } catch {
      self.init(name, error)
    }
  }
}

extension HealthCheck {
  /// Everything that can be looked at.
  static var all: [HealthCheck] { facts + [tunDevice, netmapDevice, privateNetwork] }

  /// What a backend needs.
  static func all(for backend: SelectedBackend) -> [HealthCheck] {
    guard let device = backend.device else {
      return [HealthCheck(backend.name, look: { () throws(CommandFailure) in try backend.look() })]
    }
    let place = HealthCheck(backend.name) { () throws(CommandFailure) in
      try device.place().description
    }
    let isPrivate = (try? device.place()) == .privateNetwork
    return facts + [place, device.driver] + (isPrivate ? [privateNetwork] : [])
  }

  private static var facts: [HealthCheck] {
    HostFacts.all.map { HealthCheck($0.key, $0.value) }
  }

  private static var tunDevice: HealthCheck {
    HealthCheck(TunDevice.path, look: TunDevice.inspect)
  }

  private static var netmapDevice: HealthCheck {
    HealthCheck(NetmapDevice.path, look: NetmapDevice.inspect)
  }

  private static var privateNetwork: HealthCheck {
    HealthCheck("private network") { () throws(CommandFailure) in
      try NamespacePermission.check()
      try NamespaceTrial.run()
      return NamespacePermission.needsUserNamespace
        ? "permitted, with a user namespace" : "permitted"
    }
  }
}

extension SelectedBackend {
  fileprivate func look() throws(CommandFailure) -> String {
    try makeReady().finish()
    return "lives in memory and needs nothing of the machine"
  }
}
