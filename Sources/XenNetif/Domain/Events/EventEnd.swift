/// One end of an event channel: its number in the domain that has it.
struct EventEnd: Hashable {
  var domain: Domain
  var channel: EventChannel
}

/// What the hypervisor knows of one end.
struct EventEndState {
  /// The other end; `nil` while nobody has bound to this one.
  var peer: EventEnd?
  /// The domain that may bind to it, and that may do so again when the other end has gone.
  let partner: Domain
  /// The descriptor that its events are taken from, if there is one.
  var descriptor: Int32?
  /// Whether it has been raised and nobody has seen that.
  var isPending = false
  /// Whether nobody is to be told.
  var isMasked = false
  var counts = EventCounts()

  init(peer: EventEnd?, partner: Domain, descriptor: Int32? = nil) {
    self.peer = peer
    self.partner = partner
    self.descriptor = descriptor
  }
}
