internal import SystemPackage
internal import XenNetif

/// A word of a page that is to become another one as soon as it has been read.
struct AwaitedRead {
  let page: GuestPage
  let offset: Int
  let value: UInt32
}

/// What a scripted frontend has in its rings, and what it has seen of the netback.
struct ScriptedState {
  let frontend: Frontend
  var rings: [XenRing: DrivenRing] = [:]
  /// The rings in the order in which they are looked at, so that the same is found first each time.
  private var order: [XenRing] = []
  var pages: [XenRing.Kind: GrantedPages] = [:]
  /// Words that are to change as soon as the netback has read them.
  var awaitedReads: [AwaitedRead] = []
  /// The same, where it may look at them any moment.
  var traps: [ReadTrap] = []
  /// Producers that are to pass all slots when the netback has read them so many times.
  var awaitedShows: [XenRing: Int] = [:]
  /// The same, where it may look at them any moment.
  var shows: [XenRing: ReadTrap] = [:]
  private var received: [Int: [FrameSummary]] = [:]
  private var copies: [XenCopy] = []
  /// How often each ring's channel had been raised when that was last asked.
  private var raised: [XenRing: Int] = [:]
  /// How many events of each ring's channel had been told to be for nothing when that was last asked.
  private var emptied: [XenRing: Int] = [:]
  /// How many changes of the store had been seen when states, or writes, were last asked for.
  private var changesSeen = (states: 0, writes: 0)
  private var breaches: [Breach] = []

  /// The frontend's rings as it made them, and no change of the store seen after the first `changes`.
  init(_ frontend: Frontend, after changes: Int) {
    self.frontend = frontend
    changesSeen = (changes, changes)
    let partner = frontend.directories.backend
    for kind in XenRing.Kind.allCases {
      // Data to be sent need not be written, a key or a table neither.
      let isReadOnly = kind != .receive
      pages[kind] = GrantedPages(frontend.domain, for: partner, isReadOnly: isReadOnly)
    }
    driveRings()
  }

  mutating func driveRings() {
    for (number, queue) in frontend.queues.enumerated() {
      rings[.transmit(number)] = DrivenRing(.transmit(number), queue.transmit.page)
      rings[.receive(number)] = DrivenRing(.receive(number), queue.receive.page)
    }
    if let control = frontend.control { rings[.control] = DrivenRing(.control, control.page) }
    order = frontend.queues.indices.flatMap { [.transmit($0), .receive($0)] } + [.control]
  }

  /// Does something to a ring, if the frontend has it.
  mutating func withRing<Result>(
    _ name: XenRing,
    _ body: (inout DrivenRing) throws(BenchError) -> Result
  ) throws(BenchError) -> Result {
    guard let index = rings.index(forKey: name) else {
      throw .failed("the frontend has no \(name) ring")
    }
    return try body(&rings.values[index])
  }

  /// A page that the slots of a ring use.
  mutating func page(_ number: Int, of ring: XenRing) throws(BenchError) -> GrantedPages.Page {
    guard var own = pages[ring.kind] else { throw .failed("the \(ring) ring has no pages") }
    defer { pages[ring.kind] = own }
    // Each queue has pages of its own.
    return try own[ring.queue << 16 | number]
  }

  /// The channel that is raised for a ring.
  func channel(of ring: XenRing) throws(BenchError) -> EventChannel {
    if ring.kind == .control, let control = frontend.control { return control.channel }
    guard ring.kind != .control, frontend.queues.indices.contains(ring.queue) else {
      throw .failed("the frontend has no \(ring) ring")
    }
    let queue = frontend.queues[ring.queue]
    return ring.kind == .transmit ? queue.transmit.channel : queue.receive.channel
  }
}

// What the netback did.
extension ScriptedState {
  /// Looks at all that the netback may have done, and takes what it has to give.
  mutating func check(_ hypervisor: SimulatedHypervisor) {
    for name in order {
      rings[name]?.check()
      breaches += rings[name]?.breaches ?? []
      rings[name]?.breaches = []
      takeFrames(of: name)
    }
    for operation in hypervisor.takeGrantOperations() { take(operation) }
    checkMappings(hypervisor)
  }

  mutating func takeBreaches() -> [Breach] {
    defer { breaches = [] }
    return breaches
  }

  /// Takes the frames that a queue has received.
  mutating func takeReceived(_ queue: Int) -> [FrameSummary] {
    received.removeValue(forKey: queue) ?? []
  }

  /// Takes the copies since the last time.
  mutating func takeCopies() -> [XenCopy] {
    defer { copies = [] }
    return copies
  }

  /// How often a ring's channel has been raised since the last time.
  mutating func takeNotifications(_ ring: XenRing) throws(BenchError) -> Int {
    let all = frontend.domain.counts(of: try channel(of: ring))?.raised ?? 0
    defer { raised[ring] = all }
    return all - raised[ring, default: 0]
  }

  /// How many events of a ring's channel were told to be for nothing since the last time.
  mutating func takeEmptyEvents(_ ring: XenRing) throws(BenchError) -> Int {
    let all = frontend.domain.partnerCounts(of: try channel(of: ring))?.spurious ?? 0
    defer { emptied[ring] = all }
    return all - emptied[ring, default: 0]
  }

  /// What the netback has written to its directory since states were last asked for.
  mutating func takeStates(_ changes: [StoreChange]) -> [Int] {
    defer { changesSeen.states = changes.count }
    return own(changes.dropFirst(changesSeen.states)).compactMap { change in
      change.path.hasSuffix("/state") ? change.value.flatMap { Int($0) } : nil
    }
  }

  /// What the netback has written to its directory since writes were last asked for.
  mutating func takeWrites(_ changes: [StoreChange]) -> [String] {
    defer { changesSeen.writes = changes.count }
    return own(changes.dropFirst(changesSeen.writes)).map { change in
      let key = change.path.dropFirst(frontend.directories.backendPath.count + 1)
      return change.value.map { "\(key)=\($0)" } ?? "\(key) removed"
    }
  }

  private func own(_ changes: some Sequence<StoreChange>) -> [StoreChange] {
    let (domain, path) = (frontend.directories.backend, frontend.directories.backendPath + "/")
    return changes.filter { $0.domain == domain && $0.path.hasPrefix(path) }
  }

  private mutating func takeFrames(of name: XenRing) {
    guard name.kind == .receive, let frames = rings[name]?.assembly.frames, !frames.isEmpty else {
      return
    }
    rings[name]?.assembly.frames = []
    for frame in frames where !frame.isBroken {
      var bytes: [UInt8] = []
      for part in frame.parts {
        guard let page = try? page(part.page, of: name) else { continue }
        bytes += page.page[part.range].dropFirst(frame.surplus)
      }
      received[name.queue, default: []].append(FrameSummary(bytes))
    }
  }

  private mutating func take(_ operation: GrantOperation) {
    guard operation.by == frontend.directories.backend,
      case .copy(_, let offset, let length, let localOffset, let initialStatus) = operation.kind
    else { return }
    if Int(max(offset, localOffset)) + Int(length) > GuestPage.count {
      breaches.append(
        .protocolViolation(
          rule: "no copy reaches beyond a page",
          found: "\(length) bytes were to be copied at \(offset), of its own page at \(localOffset)"
        )
      )
    }
    if initialStatus == .okay {
      breaches.append(
        .protocolViolation(
          rule: "the status of a copy is none of success before it is carried out",
          found: "a copy of \(length) bytes had the status 0 before"
        )
      )
    }
    let (ring, page) = owner(of: operation.grant)
    copies.append(
      XenCopy(
        ring,
        page: page,
        offset: Int(offset),
        length: Int(length),
        localOffset: Int(localOffset),
        initialStatus: Int(initialStatus.rawValue),
        status: Int(operation.status.rawValue)
      )
    )
  }

  /// The page of a grant, and the ring whose slots use it.
  private func owner(of grant: GrantReference) -> (XenRing?, Int) {
    for (kind, pages) in pages {
      guard let number = pages.number(of: grant) else { continue }
      return (XenRing(kind, number >> 16), number & 0xFFFF)
    }
    return (nil, Int(grant.rawValue))
  }

  /// Pages of rings may stay mapped; anything else must not when the netback rests.
  private mutating func checkMappings(_ hypervisor: SimulatedHypervisor) {
    let backend = frontend.directories.backend
    let foreign = hypervisor.mappedGrants(by: backend).filter { owner(of: $0).0 != nil }
    guard let grant = foreign.first else { return }
    let (ring, page) = owner(of: grant)
    breaches.append(
      .protocolViolation(
        rule: "no grant is held when a netback rests but those of rings",
        found: "page \(page) of the \(ring.map { "\($0)" } ?? "") ring is still mapped"
      )
    )
  }
}
