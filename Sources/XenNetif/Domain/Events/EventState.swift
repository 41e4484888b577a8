internal import DequeModule
internal import SystemPackage

/// The event channels of all domains, and the descriptors that events are taken from.
struct EventState {
  /// The ends that are pending and not masked, by descriptor, in the order in which they became so.
  private(set) var ready: [Int32: Deque<EventEnd>] = [:]
  private var owners: [Int32: Domain] = [:]
  private(set) var ends: [EventEnd: EventEndState] = [:]
  /// The lowest number that a domain's next channel may get; 0 is no channel.
  private var lastChannel: [Domain: UInt32] = [:]

  func isReadable(_ descriptor: Int32) -> Bool { ready[descriptor]?.isEmpty == false }

  /// The descriptors that are open, of all domains or of one.
  func descriptors(of domain: Domain) -> [Int32] {
    owners.filter { $0.value == domain }.keys.sorted()
  }

  /// The channels that a domain has.
  func channels(of domain: Domain) -> [EventChannel] {
    ends.keys.filter { $0.domain == domain }.map(\.channel).sorted { $0.rawValue < $1.rawValue }
  }

  mutating func open(_ descriptor: Int32, for domain: Domain) {
    owners[descriptor] = domain
    ready[descriptor] = []
  }

  /// Closes a descriptor and the channels that were bound through it.
  mutating func close(_ descriptor: Int32) throws(Errno) {
    guard owners.removeValue(forKey: descriptor) != nil else { throw .badFileDescriptor }
    for end in ends.keys where ends[end]?.descriptor == descriptor { release(end) }
    ready[descriptor] = nil
  }

  /// A new channel of `domain` that `partner` may bind to.
  mutating func offer(by domain: Domain, to partner: Domain) -> EventEnd {
    let end = makeEnd(of: domain)
    ends[end] = EventEndState(peer: nil, partner: partner)
    return end
  }

  /// Binds a new channel to the one that another domain offers.
  ///
  /// Both are raised once, since something may have happened before: the hypervisor does so.
  mutating func bind(_ descriptor: Int32, to remote: EventEnd) throws(Errno) -> EventEnd {
    guard let domain = owners[descriptor] else { throw .badFileDescriptor }
    guard let offered = ends[remote], offered.peer == nil, offered.partner == domain else {
      throw .invalidArgument
    }
    let end = makeEnd(of: domain)
    ends[end] = EventEndState(peer: remote, partner: remote.domain, descriptor: descriptor)
    ends[remote]?.peer = end
    setPending(end)
    return end
  }

  /// An end that a descriptor has bound.
  func bound(_ channel: EventChannel, by descriptor: Int32) throws(Errno) -> EventEnd {
    guard let domain = owners[descriptor] else { throw .badFileDescriptor }
    let end = EventEnd(domain: domain, channel: channel)
    guard ends[end]?.descriptor == descriptor else { throw .socketNotConnected }
    return end
  }

  /// Gives an end back; the other one can be bound to again.
  mutating func release(_ end: EventEnd) {
    guard let state = ends.removeValue(forKey: end) else { return }
    if let peer = state.peer { ends[peer]?.peer = nil }
    if let descriptor = state.descriptor { ready[descriptor]?.removeAll { $0 == end } }
  }

  /// Raises the other end of a channel, if somebody has it.
  mutating func raise(from end: EventEnd) {
    guard let peer = ends[end]?.peer else { return }
    ends[peer]?.counts.raised += 1
    setPending(peer)
  }

  /// Takes the next pending channel and masks it.
  mutating func take(_ descriptor: Int32) -> EventChannel? {
    guard let end = ready[descriptor]?.popFirst() else { return nil }
    ends[end]?.isPending = false
    ends[end]?.isMasked = true
    ends[end]?.counts.taken += 1
    return end.channel
  }

  mutating func unmask(_ end: EventEnd, isSpurious: Bool) {
    ends[end]?.counts.unmasked += 1
    if isSpurious { ends[end]?.counts.spurious += 1 }
    guard ends[end]?.isMasked == true else { return }
    ends[end]?.isMasked = false
    if ends[end]?.isPending == true { announce(end) }
  }

  /// Whether an end without a descriptor has been raised since it was last asked.
  mutating func takePending(_ end: EventEnd) -> Bool {
    guard ends[end]?.isPending == true else { return false }
    ends[end]?.isPending = false
    ends[end]?.counts.taken += 1
    return true
  }

  private mutating func setPending(_ end: EventEnd) {
    guard let state = ends[end], !state.isPending else { return }
    ends[end]?.isPending = true
    if !state.isMasked { announce(end) }
  }

  private mutating func announce(_ end: EventEnd) {
    guard let descriptor = ends[end]?.descriptor else { return }
    ready[descriptor]?.append(end)
  }

  private mutating func makeEnd(of domain: Domain) -> EventEnd {
    let number = lastChannel[domain, default: 0] + 1
    lastChannel[domain] = number
    return EventEnd(domain: domain, channel: EventChannel(rawValue: number))
  }
}
