public import SystemPackage

extension SimulatedXenPort {
  /// Opens a descriptor that events are taken from.
  public func openEvents() throws(Errno) -> Int32 {
    try hypervisor.locked { (state) throws(Errno) -> Int32 in
      try state.check(.openEvents, by: domain)
      let descriptor = state.makeDescriptor()
      state.events.open(descriptor, for: domain)
      return descriptor
    }
  }

  /// Binds a new channel to the channel that another domain offers.
  ///
  /// The new channel is pending at once, because what the other domain did before is not to be lost.
  ///
  /// - Throws: `EBADF` without the descriptor, `EINVAL` for a channel that is not offered to this
  ///   domain or that somebody has bound already.
  public func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel {
    try hypervisor.locked { (state) throws(Errno) -> EventChannel in
      try state.check(.bind, by: self.domain)
      let owner = domain == .own ? self.domain : domain
      let end = EventEnd(domain: owner, channel: remote)
      return try state.events.bind(descriptor, to: end).channel
    }
  }

  /// Gives a channel back; `ENOTCONN` if the descriptor has not bound it.
  public func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.unbind, by: domain)
      state.events.release(try state.events.bound(channel, by: descriptor))
    }
  }

  /// Raises the other end of a channel; `ENOTCONN` if the descriptor has not bound it.
  public func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.notify, by: domain)
      state.events.raise(from: try state.events.bound(channel, by: descriptor))
    }
  }

  /// Takes the pending channel that has waited longest, which is masked from then on.
  public func takePending(_ descriptor: Int32) -> EventChannel? {
    hypervisor.locked { (state) in state.events.take(descriptor) }
  }

  /// Ends the handling of an event; `ENOTCONN` if the descriptor has not bound the channel.
  public func unmask(
    _ descriptor: Int32,
    _ channel: EventChannel,
    isSpurious: Bool
  ) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.unmask, by: domain)
      let end = try state.events.bound(channel, by: descriptor)
      state.events.unmask(end, isSpurious: isSpurious)
    }
  }

  /// Closes the descriptor and gives back the channels bound through it; `EBADF` if it is not open.
  public func closeEvents(_ descriptor: Int32) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.closeEvents, by: domain)
      try state.events.close(descriptor)
    }
  }
}
