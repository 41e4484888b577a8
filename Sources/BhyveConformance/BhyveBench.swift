public import BackendConformance
internal import Bhyve
internal import CallScript
internal import NetBackend
internal import Netmap

/// Benches with the seed's backends on simulated kernels.
public enum BhyveBench {
  /// The kinds that the seed registers, in its order.
  public static let kinds = BhyveRegistry.prefixes

  /// A factory of benches for `bhyve:tap`, `bhyve:vmnet`, `bhyve:netmap` or `bhyve:vale`, by kind.
  public static func factory(kind: String) -> TestbenchFactory {
    switch kind {
    case "netmap", "vale": netmap(kind)
    default: tap(kind)
    }
  }

  private static func tap(_ prefix: String) -> TestbenchFactory {
    SimulatedTapBench.factory(
      prefix: prefix,
      name: "bhyve:\(prefix)",
      // The seed takes a name and nothing else.
      lacking: [.descriptors],
      departures: Profile.bhyve.quirks,
      selector: { name, prefixes throws(BackendError) in try select(name, among: prefixes) },
      opener: { request, port throws(BackendError) in try BhyveTap(request, port: port) }
    )
  }

  private static func netmap(_ prefix: String) -> TestbenchFactory {
    SimulatedNetmapBench.factory(
      prefix: prefix,
      name: "bhyve:\(prefix)",
      departures: Profile.bhyve.quirks,
      // The seed never asks for frames: it counts on the poll with which its event loop waits.
      pollsOnArrival: true,
      selector: { name, prefixes throws(BackendError) in try select(name, among: prefixes) },
      opener: { request, port throws(BackendError) in
        let polling = PollingNetmap(base: port) {
          for descriptor in port.script.ledger.open.sorted() {
            _ = port.base.kernel.poll(descriptor, for: .readable)
          }
        }
        return try BhyveNetmap(request, port: polling)
      }
    )
  }

  /// The prefix that the seed's rule selects.
  private static func select(
    _ name: String,
    among prefixes: [String]
  ) throws(BackendError) -> String {
    let kinds = prefixes.map { prefix in
      BackendKind(prefix: prefix) { request throws(BackendError) in
        throw BackendError(.unavailable, call: "open", subject: request.name)
      }
    }
    return try BhyveRegistry(kinds).kind(for: name).prefix
  }
}
