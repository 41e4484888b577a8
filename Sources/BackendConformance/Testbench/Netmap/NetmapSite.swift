package import NetBackend
package import Netmap

/// Where the netmap ports of a bench live: a simulated kernel or the real one.
package protocol NetmapSite: AnyObject, Sendable {
  /// The site's own port.
  associatedtype Port: NetmapPort

  /// The port that backends open through.
  var port: Port { get }

  /// What is asked for where a backend leaves the choice to the kernel.
  var geometry: NetmapGeometry { get }

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

  /// The name under which the backend of that number opens.
  func name(of backend: Int) -> String

  /// Is told that a backend is about to be opened under a name.
  func opening(_ name: String) throws(BackendError)

  /// Is told that a backend was opened under a name.
  func opened(_ name: String) throws(BackendError)

  /// The far side of the backend of that number.
  func farSide(of backend: Int) throws(BenchError) -> any FarSide

  /// The rings of the backend of that number.
  func rings(of backend: Int) throws(BenchError) -> any RingInstrument

  /// Brings a device into the state that a previous owner might have left it in.
  func prepare(_ state: DeviceState, backend: Int) throws(BenchError)

  /// Gives back what a case has acquired.
  func tearDown()
}

extension NetmapSite {
  /// Does nothing.
  package func opening(_ name: String) throws(BackendError) {}
}
