public import NetBackend

/// A bench around somebody else's backend: how to open it, and the other end of its link.
///
/// The backend runs over real descriptors and threads of its own, so the loop polls the kernel and the
/// bench waits for what must come. What the bench is not given it does not offer: the requirements
/// that need it are unsupported.
public final class EmbeddedTestbench: Testbench {
  /// How a backend is opened.
  public typealias Opener = @Sendable (OpenRequest) throws(BackendError) -> any NetBackend

  /// The families whose requirements the backend is held to besides those for every one.
  public let families: Set<String>
  /// What the bench was given.
  public let instruments: Set<Instrument>
  /// A loop over `poll(2)`.
  public let loop: any TestbenchLoop = SteppedLoop(poller: SystemPoller())
  /// How long the bench waits.
  public let patience: Patience
  /// The longest frame in bytes that the far side can inject.
  public let longestInjection: Int
  private let links: [EmbeddedLink]
  private let release: @Sendable () -> Void

  /// Creates a bench of one backend, or of two that know nothing of each other.
  ///
  /// - Parameters:
  ///   - families: The families whose requirements the backend is held to besides those for every
  ///     one.
  ///   - link: The backend and its far side.
  ///   - second: Another backend of the same kind, for the requirements that need two.
  ///   - extras: What the far side offers beyond frames: ``Instrument/link``,
  ///     ``Instrument/offloadInjection``.
  ///   - longestInjection: The longest frame in bytes that the far side can inject.
  ///   - patience: How long to wait.
  ///   - tearDown: Gives back what was made for this bench, after every backend has been closed.
  public init(
    families: Set<String> = [],
    link: EmbeddedLink,
    second: EmbeddedLink? = nil,
    extras: Set<Instrument> = [],
    longestInjection: Int = 65_550,
    patience: Patience = .threads,
    tearDown: @escaping @Sendable () -> Void = {}
  ) {
    self.families = families
    self.longestInjection = longestInjection
    self.patience = patience
    links = [link] + (second.map { [$0] } ?? [])
    release = tearDown
    var offered = extras.intersection([.link, .offloadInjection])
    if links.allSatisfy({ $0.farSide != nil }) { offered.insert(.farSide) }
    if second != nil { offered.insert(.secondBackend) }
    instruments = offered
  }

  /// The name of the link of that number.
  public func name(of backend: Int) -> String {
    backend < links.count ? links[backend].name : ""
  }

  /// Opens the backend whose link has the request's name.
  public func open(_ request: OpenRequest) throws(BackendError) -> OpenedBackend {
    let named = links.first { $0.name == request.name } ?? links[0]
    return OpenedBackend(kind: named.name, backend: try named.open(request))
  }

  /// The far side of the link of that number.
  public func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    guard backend < links.count, let farSide = links[backend].farSide else {
      throw .unsupported("the bench has no far side")
    }
    return farSide
  }

  /// Gives back what was made for this bench.
  public func tearDown() { release() }
}

extension Patience {
  /// For backends that run over the kernel, or on threads of their own: two seconds for what must
  /// come, twenty milliseconds for what must not.
  public static let threads = Patience(deadline: 2000, quiet: 20)
}
