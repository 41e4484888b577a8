import NetBackend
import RingMemory
import Synchronization
import SystemPackage
import XenNetif

/// A netback and a frontend in memory that follows it, on a loop of their own.
final class NetbackBench: Sendable {
  static let domains = (backend: Domain(rawValue: 0), frontend: Domain(rawValue: 1))

  let hypervisor = SimulatedHypervisor()
  let toolstack: SimulatedXenPort
  let port: SimulatedXenPort
  let guest: SimulatedDomain
  let directories: InterfaceDirectories
  let frontend: Frontend
  let loop: NetbackLoop
  let netback: XenNetback<SimulatedXenPort>

  /// Opens a netback, and connects a frontend unless told not to.
  init(
    _ policy: NetbackPolicy = .linux,
    _ configuration: FrontendConfiguration = FrontendConfiguration(),
    backendKeys: [String: String?] = [:],
    frontendKeys: [String: String] = [:],
    connecting: Bool = true,
    arranging: (SimulatedHypervisor) -> Void = { _ in }
  ) throws {
    _ = hypervisor.makeDomain(Self.domains.backend)
    guest = hypervisor.makeDomain(Self.domains.frontend)
    toolstack = hypervisor.makePort(for: Self.domains.backend)
    port = hypervisor.makePort(for: Self.domains.backend)
    directories = InterfaceDirectories(from: Self.domains.backend, to: Self.domains.frontend)
    try directories.create(through: toolstack, changing: backendKeys)
    frontend = try Frontend(guest, at: directories, configuration)
    arranging(hypervisor)
    loop = NetbackLoop { [hypervisor] in hypervisor.isReadable($0) }
    let calls = CallbackCount()
    netback = try XenNetback(
      OpenRequest(name: "xen:1/0", loop: loop) { calls.add() },
      port: port,
      policy: policy
    )
    callbacks = calls
    loop.settle()
    for (key, value) in frontendKeys { try frontend.write(value, to: key) }
    if connecting { try connect() }
  }

  let callbacks: CallbackCount

  /// Lets the frontend connect, and the loop settle.
  func connect() throws {
    try frontend.connect()
    loop.settle()
  }

  /// Says how far the frontend is, and lets the loop settle.
  func setState(_ state: ConnectionState) throws {
    try frontend.setState(state)
    loop.settle()
  }

  /// Puts requests into the transmit ring from an index on, and tells of them.
  func publish(_ slots: [[UInt8]], at index: UInt32 = 0, kicking: Bool = true) {
    for (number, slot) in slots.enumerated() {
      frontend.transmit.page.storeSlot(slot, at: index &+ UInt32(number))
    }
    frontend.transmit.page.ring.requestProducer.store(index &+ UInt32(slots.count))
    if kicking { frontend.transmit.kick() }
    loop.settle()
  }

  /// The responses in the transmit ring, as text: `7:0` or, for an extra, `null`.
  func responses(_ range: Range<UInt32>) -> [String] {
    range.map { index in
      let response = TransmitResponse(bytes: frontend.transmit.page.slotBytes(index))
      return response.status == .null ? "null" : "\(response.id):\(response.status.rawValue)"
    }
  }

  /// The states that the backend has told.
  var toldStates: [String] {
    let path = "\(directories.backendPath)/state"
    return hypervisor.storeChanges.compactMap { $0.path == path ? $0.value : nil }
  }

  /// Whether the backend holds nothing of a frontend: no page, no channel, and so many watches.
  func holdsNothing(watches: Int) -> Bool {
    let backend = Self.domains.backend
    return hypervisor.mappedGrants(by: backend).isEmpty && hypervisor.strayUnmaps == 0
      && hypervisor.channels(of: backend).isEmpty && hypervisor.openTransactions(of: backend) == 0
      && hypervisor.watchedPaths(of: backend).count == watches
  }

  var producedResponses: UInt32 { frontend.transmit.page.ring.responseProducer.load() }
  var transmitEvent: UInt32 { frontend.transmit.page.ring.requestEvent.load() }

  /// Receives all frames that wait.
  func receiveAll() throws -> [[UInt8]] {
    var frames: [[UInt8]] = []
    while let frame = try receive() { frames.append(frame) }
    return frames
  }

  /// Receives a frame, vnet header included.
  func receive(room: Int = 70_000) throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0xEE, count: room)
    let length: Int? = try unsafe bytes.withUnsafeMutableBytes { buffer in
      var element = unsafe BufferElement(base: buffer.baseAddress, length: UInt(buffer.count))
      return try unsafe withUnsafePointer(to: &element) { pointer in
        let elements = unsafe UnsafeBufferPointer(start: pointer, count: 1)
        return try unsafe netback.receive(into: MutableScatterGatherList(unsafeElements: elements))
      }
    }
    return length.map { Array(bytes.prefix($0)) }
  }

  /// Sends a frame, vnet header included, in elements of the given lengths.
  @discardableResult
  func send(_ frame: [UInt8], in lengths: [Int] = []) throws -> Int? {
    var frame = frame
    return try unsafe frame.withUnsafeMutableBytes { buffer in
      var elements = unsafe [BufferElement]()
      var start = 0
      for length in lengths + [buffer.count - lengths.reduce(0, +)] {
        let base = unsafe buffer.baseAddress.map { unsafe $0 + start }
        unsafe elements.append(BufferElement(base: base, length: UInt(length)))
        start += length
      }
      return try unsafe elements.withUnsafeBufferPointer {
        try unsafe netback.send(ScatterGatherList(unsafeElements: $0))
      }
    }
  }

  /// Posts pages to receive into, and tells of them.
  func post(_ count: Int) throws {
    try frontend.receive.post(count)
    frontend.receive.publish()
    loop.settle()
  }
}

/// How often a callback ran.
final class CallbackCount: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .relaxed) }
  func add() { count.add(1, ordering: .relaxed) }
}
