package import Tap

/// Where taps live: a simulated kernel, or the real one.
///
/// Everything that differs between the two; the rest of the bench is the same code for both.
package protocol TapSite: AnyObject, Sendable {
  /// The site's own port.
  associatedtype Port: TapPort

  /// The port that backends open their taps through.
  var port: Port { get }

  /// Tells which descriptors are ready.
  var poller: any DescriptorPoller { get }

  /// The clock of the bench's loop, if it only moves when told to.
  var clock: VirtualClock? { get }

  /// How long the bench waits.
  var patience: Patience { get }

  /// What the site offers.
  var instruments: Set<Instrument> { get }

  /// The longest frame in bytes that can be injected.
  var longestInjection: Int { get }

  /// The name of the interface of the backend of that number.
  func interface(of backend: Int) -> String

  /// Is told that a backend was opened on that interface.
  func opened(_ interface: String)

  /// The far side of that interface.
  func farSide(of backend: Int) throws(BenchError) -> any FarSide

  /// Brings an interface into the state that a previous owner might have left it in.
  func prepare(_ state: DeviceState, backend: Int) throws(BenchError)

  /// A descriptor in a state, that the caller is to close.
  func descriptor(_ state: SuppliedDescriptor, backend: Int) throws(BenchError) -> Int32

  /// Gives back what a case has acquired.
  func tearDown()
}

extension TapSite {
  /// None: time passes by itself.
  package var clock: VirtualClock? { nil }
}
