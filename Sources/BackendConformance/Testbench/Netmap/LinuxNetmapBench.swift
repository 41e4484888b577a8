internal import NetBackend
package import Netmap

/// Benches with a netmap backend on the running kernel.
package enum LinuxNetmapBench {
  /// A factory of benches on the kernel that `calls` reach.
  ///
  /// - Parameters:
  ///   - name: What the backend opens.
  ///   - link: What a network card is wired to.
  package static func factory<Calls: NetmapSystemCalls>(
    name: String,
    calls: Calls,
    poller: any DescriptorPoller,
    link: VethLink? = nil
  ) -> TestbenchFactory {
    let families: Set<String> =
      (try? NetmapPortName(name))?.isSwitchPort == true
      ? ["netmap", "vale"] : ["netmap"]
    return TestbenchFactory(name: name, families: families) { options throws(BenchError) in
      let site = try LinuxNetmapSite(
        name,
        calls: calls,
        poller: poller,
        link: link,
        options: options
      )
      return NetmapBench(site, families: families) { request, port throws(BackendError) in
        try NetmapBackend(request, port: port)
      }
    }
  }

  /// A factory of benches on this machine's own kernel.
  package static func factory(name: String, link: VethLink? = nil) -> TestbenchFactory {
    factory(name: name, calls: LinuxNetmapSystemCalls(), poller: SystemPoller(), link: link)
  }
}
