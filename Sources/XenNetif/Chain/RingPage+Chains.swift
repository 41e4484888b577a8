extension RingPage {
  /// Calls a function with slots of the page, which are valid until it returns.
  ///
  /// - Parameters:
  ///   - first: The index of the first slot.
  ///   - count: The number of slots; those beyond the ring's own number do not count.
  public func withSlots<Result, Failure: Error>(
    from first: UInt32,
    count: UInt32,
    _ body: (PublishedSlots) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(PublishedSlots(ring, from: first, count: count))
  }

  /// The chains in slots of a transmit ring, as a backend with a policy finds them.
  ///
  /// - Parameters:
  ///   - first: The index of the first slot.
  ///   - count: The number of slots; those beyond the ring's own number do not count.
  ///   - policy: What is made of chains where the protocol leaves it open.
  public func chains(from first: UInt32, count: UInt32, _ policy: ChainPolicy) -> [ReadChain] {
    withSlots(from: first, count: count) { $0.chains(policy) }
  }
}
