public import BackendConformance
internal import Bhyve
internal import NetBackend

/// Benches with the seed's tap on a simulated kernel.
public enum BhyveTapBench {
  /// A factory of benches for `bhyve:tap` or `bhyve:vmnet`, by prefix.
  public static func factory(prefix: String) -> TestbenchFactory {
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
