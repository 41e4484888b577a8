internal import RingMemory
internal import SystemPackage
internal import XenNetif

// What a script does.
extension ScriptedState {
  /// Carries out an action, or answers a question.
  mutating func perform(
    _ action: XenAction,
    _ round: Int,
    _ hypervisor: SimulatedHypervisor,
    _ toolstack: SimulatedXenPort
  ) throws(BenchError) -> Observation {
    switch action {
    case .connect(let changes): try connect(changes)
    case .write(let directory, let key, let value):
      try write(directory, key, value, toolstack)
    case .reset:
      (awaitedReads, awaitedShows) = ([], [:])
      frontend.reset()
      driveRings()
    case .put(let ring, let slots, let frame):
      try put(slots, frame?.contents(round), in: ring)
    case .show(let ring):
      awaitedShows[ring] = nil
      if try withRing(ring, { $0.show() }) { try raise(ring) }
    case .showAfterReads(let ring, let reads):
      guard ReadTrap.isOffered else { throw .unsupported("showing a slot between two reads") }
      awaitedShows[ring] = reads
    case .raise(let ring, let times): for _ in 0..<times { try raise(ring) }
    case .setIndex(let ring, let index, let value):
      try withRing(ring) { $0.set(index, to: UInt32(truncatingIfNeeded: value)) }
    case .changeAfterRead(let ring, let position, let slot):
      try change(position, slot, of: ring)
    case .store(let ring, let page, let offset, let bytes):
      try self.page(page, of: ring).page.store(bytes, at: offset)
    case .failGrant(let ring, let page, let fault): try fail(page, of: ring, fault)
    default: return try answer(action, hypervisor)
    }
    return .done
  }

  func raise(_ ring: XenRing) throws(BenchError) {
    frontend.domain.raise(try channel(of: ring))
  }

  private func connect(_ changes: [String: String?]) throws(BenchError) {
    let usual = frontend.keys
    let values = Dictionary(usual.map { ($0.name, $0.value) }) { first, _ in first }
    func value(_ text: String) -> String {
      guard text.first == "@" else { return text }
      return values[String(text.dropFirst())] ?? text
    }
    try attempt("connect") { () throws(Errno) in
      for key in usual where changes[key.name] == nil {
        try frontend.write(key.value, to: key.name)
      }
      for (name, changed) in changes.sorted(by: { $0.key < $1.key }) {
        if let changed { try frontend.write(value(changed), to: name) }
      }
      try frontend.setState(.connected)
    }
  }

  private func write(
    _ directory: XenDirectory,
    _ key: String,
    _ value: String?,
    _ toolstack: SimulatedXenPort
  ) throws(BenchError) {
    let directories = frontend.directories
    let isOwn = directory == .frontend
    let port = isOwn ? frontend.domain.port : toolstack
    let path = (isOwn ? directories.frontendPath : directories.backendPath) + "/" + key
    try attempt("write \(key)") { () throws(Errno) in
      if let value {
        try port.write(value, to: path, in: .none)
      } else {
        try port.remove(path, in: .none)
      }
    }
  }

  private mutating func fail(
    _ page: Int,
    of ring: XenRing,
    _ fault: XenGrantFault
  ) throws(BenchError) {
    let grant = try page < 0 ? ringGrant(ring) : self.page(page, of: ring).grant
    frontend.domain.arrange(
      GrantFault(
        fault.operation == .copy ? .copy : .map,
        with: GrantStatus(rawValue: Int16(truncatingIfNeeded: fault.status)),
        FaultSchedule(after: fault.after, times: fault.times)
      ),
      on: grant
    )
  }

  /// The grant of the page that a ring lies in.
  private func ringGrant(_ ring: XenRing) throws(BenchError) -> GrantReference {
    switch ring.kind {
    case .transmit where frontend.queues.indices.contains(ring.queue):
      return frontend.queues[ring.queue].transmit.grant
    case .receive where frontend.queues.indices.contains(ring.queue):
      return frontend.queues[ring.queue].receive.grant
    default:
      guard let control = frontend.control else {
        throw .failed("the frontend has no \(ring) ring")
      }
      return control.grant
    }
  }

  func attempt<Result>(
    _ what: String,
    _ body: () throws(Errno) -> Result
  ) throws(BenchError) -> Result {
    do throws(Errno) { return try body() } catch { throw .failed("\(what): \(error)") }
  }
}

// Questions.
extension ScriptedState {
  private mutating func answer(
    _ action: XenAction,
    _ hypervisor: SimulatedHypervisor
  ) throws(BenchError) -> Observation {
    switch action {
    case .responses(let ring):
      return .xen(.responses(try withRing(ring) { $0.takeFresh() }))
    case .indices(let ring): return .xen(.indices(try withRing(ring) { XenIndices($0.guest.ring) }))
    case .slot(let ring, let position):
      return .xen(.bytes(try withRing(ring) { $0.guest.slotBytes(UInt32(clamping: position)) }))
    case .page(let ring, let page, let offset, let count):
      guard offset >= 0, count >= 0, offset + count <= GuestPage.count else {
        throw .failed("a page has \(GuestPage.count) bytes")
      }
      return .xen(.bytes(try self.page(page, of: ring).page[offset..<offset + count]))
    case .notifications(let ring): return .xen(.count(try takeNotifications(ring)))
    case .emptyEvents(let ring): return .xen(.count(try takeEmptyEvents(ring)))
    case .copies: return .xen(.copies(takeCopies()))
    case .holdings: return .xen(.holdings(holdings(hypervisor)))
    case .read(let directory, let key): return .xen(.value(read(directory, key)))
    case .states: return .xen(.states(takeStates(hypervisor.storeChanges)))
    case .writes: return .xen(.writes(takeWrites(hypervisor.storeChanges)))
    case .received(let queue): return .frames(takeReceived(queue))
    default: throw .failed("\(action.word) is no question")
    }
  }

  private func read(_ directory: XenDirectory, _ key: String) -> String? {
    let directories = frontend.directories
    let path = directory == .frontend ? directories.frontendPath : directories.backendPath
    return try? frontend.domain.port.read("\(path)/\(key)", in: .none)
  }

  private func holdings(_ hypervisor: SimulatedHypervisor) -> XenHoldings {
    let backend = frontend.directories.backend
    return XenHoldings(
      pages: hypervisor.mappedGrants(by: backend).count,
      channels: hypervisor.channels(of: backend).count,
      watches: hypervisor.watchedPaths(of: backend).count,
      transactions: hypervisor.openTransactions(of: backend),
      strayUnmaps: hypervisor.strayUnmaps
    )
  }
}

extension DrivenRing {
  /// Takes the responses since the last time, and asks for an event for the next one.
  mutating func takeFresh() -> [XenResponse] {
    defer { fresh = [] }
    change { $0.ring.responseEvent.store($0.ring.responseProducer.load() &+ 1) }
    return fresh
  }
}

extension XenIndices {
  /// The indices in a ring's page.
  fileprivate init(_ ring: SharedRing) {
    self.init(
      requestProducer: Int(ring.requestProducer.load()),
      requestEvent: Int(ring.requestEvent.load()),
      responseProducer: Int(ring.responseProducer.load()),
      responseEvent: Int(ring.responseEvent.load())
    )
  }
}
