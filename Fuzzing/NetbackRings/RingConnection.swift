import NetBackend
import XenNetif

/// A frontend that is connected to a netback for one input after the other, as long as each of them
/// leaves the rings at rest.
final class RingConnection {
  private static let (host, guest) = (Domain(rawValue: 0), Domain(rawValue: 1))
  /// A store keeps all changes: with those of so many connections there is a new one.
  private static let mostRenewals = 500

  let choice: RingChoice
  let hypervisor = SimulatedHypervisor()
  let frontend: Frontend
  let loop: NetbackLoop
  let pages: RingPages
  let bus = RingBus()
  let netback: XenNetback<RingPort>
  /// The rings of the connection.
  var transmit, receive: OpenRing
  var control: OpenRing?
  /// Whether the netback has been closed, so that another one is needed.
  private(set) var isClosed = false
  private var renewals = 0
  /// The slots of the input that may add groups to those that the netback keeps.
  var addedGroups: [UnsafeRawPointer] = []
  /// Whether slots were published more than once.
  var hasRepeated = false
  /// Whether the frontend has asked for something on the control ring.
  var hasAsked = false
  /// Whether frames were sent, which may wait for requests.
  var hasSent = false

  init(_ choice: RingChoice) throws {
    self.choice = choice
    let directories = InterfaceDirectories(from: Self.host, to: Self.guest)
    try directories.create(through: hypervisor.makePort(for: Self.host))
    let domain = hypervisor.makeDomain(Self.guest)
    // Copies are checked where they are carried out.
    hypervisor.recordGrantOperations(false)
    frontend = try Frontend(domain, at: directories, choice.configuration)
    pages = try RingPages()
    let hypervisor = self.hypervisor
    let bus = self.bus
    loop = NetbackLoop { bus.hasPending || hypervisor.isReadable($0) }
    netback = try XenNetback(
      OpenRequest(name: "xen:1/0", loop: loop) {},
      port: RingPort(simulated: hypervisor.makePort(for: Self.host), pages: pages, bus: bus),
      policy: choice.policy
    )
    let (sending, receiving) = (frontend.transmit, frontend.receive)
    transmit = OpenRing(sending.page, sending.channel)
    receive = OpenRing(receiving.page, receiving.channel)
    control = frontend.control.map { OpenRing($0.page, $0.channel) }
    if choice.headerLength > 0 {
      try netback.setFeatures(
        XenNetback<RingPort>.offered,
        headerLength: choice.headerLength
      )
    }
    loop.settle()
    try frontend.writeKeys()
    try connect()
  }

  /// Connects the frontend, whose keys have been written, to the netback, which waits for it.
  private func connect() throws {
    try frontend.setState(.connected)
    loop.settle()
    precondition(netback.hasCarrier && !netback.isDisabled, "who keeps to the protocol connects")
    if choice.takesLongFrames { try netback.setMTU(65_517) }
    reset()
  }

  /// Ends the connection, and makes it anew; closes the netback instead when that has been often.
  func renew() throws {
    // What waits too long is given up.
    if loop.timerCount > 0 { loop.leap(milliseconds: 60_000) }
    renewals += 1
    guard renewals < Self.mostRenewals else { return close() }
    try frontend.setState(.initialising)
    loop.settle()
    checkNothingIsHeld()
    frontend.reset()
    try connect()
  }

  /// Closes the netback for good.
  private func close() {
    isClosed = true
    netback.close()
    checkNothingIsHeld()
    precondition(hypervisor.eventDescriptors(of: Self.host).isEmpty, "no descriptor stays open")
    precondition(hypervisor.watchedPaths(of: Self.host).isEmpty, "no watch stays set")
    precondition(loop.registrationCount == 0, "the loop is let go of")
  }

  /// Has the next input find everything as this one did, but for where the rings stand.
  func reset() {
    (hasRepeated, hasAsked, hasSent) = (false, false, false)
    addedGroups.removeAll(keepingCapacity: true)
    pages.reset()
    transmit.reset()
    receive.reset()
    control?.reset()
  }

  /// What holds when an input has ended.
  func check() {
    precondition(pages.copyCount < 20_000, "work is bounded")
    precondition(bus.mappingCount == (control == nil ? 2 : 3), "only rings stay mapped")
    precondition(transmit.guest.isUnusedIntactAtOnce, "what is nobody's stays")
    precondition(receive.guest.isUnusedIntactAtOnce, "what is nobody's stays")
    precondition(control?.guest.isUnusedIntactAtOnce ?? true, "what is nobody's stays")
    // Nothing waits for so long that the frontend would be taken for dead.
    precondition(netback.hasCarrier != netback.isDisabled, "only who broke the rules is disabled")
  }

  /// What holds when nobody is connected.
  private func checkNothingIsHeld() {
    precondition(bus.mappingCount == 0, "nothing stays mapped")
    precondition(!bus.hasChannels, "no channel stays bound")
    precondition(hypervisor.strayUnmaps == 0, "each mapping ends once")
    precondition(hypervisor.openTransactions(of: Self.host) == 0, "each transaction ends")
    precondition(loop.timerCount == 0, "no timer is left")
    precondition(!netback.hasCarrier && !netback.isDisabled, "nobody is connected")
  }
}
