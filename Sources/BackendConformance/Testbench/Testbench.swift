public import NetBackend

/// One backend with its far side and the instruments around it, made fresh for each case.
///
/// A bench that lacks an instrument says so in ``instruments``; scripts that need it are then
/// unsupported, never passed.
public protocol Testbench: AnyObject, Sendable {
  /// The families of the backend, such as `tap`, or `netmap` and `vale`.
  var families: Set<String> { get }

  /// What the bench offers.
  var instruments: Set<Instrument> { get }

  /// Where the backend registers for readiness.
  var loop: any TestbenchLoop { get }

  /// How long the bench waits for what must come, and for what must not.
  var patience: Patience { get }

  /// The longest frame in bytes that the far side can inject.
  var longestInjection: Int { get }

  /// The name under which the backend of that number opens unless the script gives one.
  func name(of backend: Int) -> String

  /// Opens a backend.
  func open(_ request: OpenRequest) throws(BackendError) -> OpenedBackend

  /// The far side of the backend of that number.
  func farSide(of backend: Int) throws(BenchError) -> any FarSide

  /// Faults, record and ledger of system calls.
  func systemCalls() throws(BenchError) -> any SystemCallInstrument

  /// The rings that the backend of that number shares with its device.
  func rings(of backend: Int) throws(BenchError) -> any RingInstrument

  /// The frontend of the backend of that number, which the script plays by hand.
  func xen(of backend: Int) throws(BenchError) -> any XenInstrument

  /// The rules that hold at every step and were broken since the last time.
  func takeBreaches() -> [Breach]

  /// Devices and descriptors that are made ready before a backend opens.
  func devices() throws(BenchError) -> any DeviceInstrument

  /// The kind that is selected by name among prefixes registered in this order.
  func select(_ name: String, among prefixes: [String]) throws(BackendError) -> String

  /// Gives back everything the bench holds.
  func tearDown()
}

/// A backend that a bench has opened.
public struct OpenedBackend: Sendable {
  /// The prefix of its kind.
  public var kind: String
  /// The backend.
  public var backend: any NetBackend

  /// Creates the pair.
  public init(kind: String, backend: any NetBackend) {
    self.kind = kind
    self.backend = backend
  }
}

/// How long a bench waits.
public struct Patience: Sendable {
  /// How long what must come may take, in milliseconds.
  public var deadline: Int
  /// How long is waited for what must not come, in milliseconds; 0 where nothing comes by itself.
  public var quiet: Int

  /// Creates a patience.
  public init(deadline: Int, quiet: Int) {
    self.deadline = deadline
    self.quiet = quiet
  }
}

/// Why a bench could not do something.
public enum BenchError: Error, Equatable, Sendable {
  /// The bench cannot do this at all; what is missing.
  case unsupported(String)
  /// The caller may not do this; what would permit it.
  case notPermitted(String)
  /// The device or facility does not exist here; what would make it so.
  case unavailable(String)
  /// It failed although it should have worked; what happened.
  case failed(String)
}

extension Testbench {
  /// Fails: the bench has no far side.
  public func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    throw .unsupported("the bench has no far side")
  }

  /// Fails: the bench does not see system calls.
  public func systemCalls() throws(BenchError) -> any SystemCallInstrument {
    throw .unsupported("the bench does not see system calls")
  }

  /// Fails: the bench has no rings.
  public func rings(of backend: Int) throws(BenchError) -> any RingInstrument {
    throw .unsupported("the bench has no rings")
  }

  /// Fails: the bench has no frontend.
  public func xen(of backend: Int) throws(BenchError) -> any XenInstrument {
    throw .unsupported("the bench has no frontend of a netback")
  }

  /// None: the bench watches over no rules of its own.
  public func takeBreaches() -> [Breach] { [] }

  /// Fails: the bench has no devices.
  public func devices() throws(BenchError) -> any DeviceInstrument {
    throw .unsupported("the bench has no devices")
  }

  /// Selects with a ``BackendRegistry`` of these prefixes.
  public func select(_ name: String, among prefixes: [String]) throws(BackendError) -> String {
    let kinds = prefixes.map { prefix in
      BackendKind(prefix: prefix) { request throws(BackendError) in
        throw BackendError(.unavailable, call: "open", subject: request.name)
      }
    }
    return try BackendRegistry(kinds).kind(for: name).prefix
  }
}
