internal import NetBackend
internal import Tap

/// Benches with a tap backend on the running kernel.
package enum LinuxTapBench {
  /// The type of bench.
  package typealias Bench = TapBench<LinuxTapSite>

  /// A factory of benches that all use one site.
  package static func factory(name: String, site: LinuxTapSite) -> TestbenchFactory {
    TestbenchFactory(name: name, families: ["tap"]) { _ throws(BenchError) in
      try site.begin()
      return Bench(site) { request, port throws(BackendError) in try TapBackend(request, port: port)
      }
    }
  }
}
