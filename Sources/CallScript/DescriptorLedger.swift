/// Who opened and closed which descriptor, and in what condition it was watched.
public struct DescriptorLedger: Equatable, Sendable {
  /// The descriptors that are open, handed over ones included.
  public private(set) var open: Set<Int32> = []
  /// The descriptors that are watched by the event loop.
  public private(set) var watched: Set<Int32> = []
  /// The number of times a descriptor was closed that was not open.
  public private(set) var closedTwice = 0
  /// The number of descriptors that were closed while they were watched.
  public private(set) var closedWatched = 0
  /// The number of descriptors that were watched while they were blocking.
  public private(set) var watchedBlocking = 0
  /// The number of descriptors that child processes would inherit, when opened or when watched.
  public private(set) var inherited = 0

  /// Creates a ledger without entries.
  public init() {}

  /// Enters a descriptor that was opened.
  public mutating func opened(_ descriptor: Int32, isInherited: Bool = false) {
    open.insert(descriptor)
    if isInherited { inherited += 1 }
  }

  /// Enters that a descriptor was closed, or handed back to its owner by closing it.
  public mutating func closed(_ descriptor: Int32) {
    if open.remove(descriptor) == nil { closedTwice += 1 }
    if watched.remove(descriptor) != nil { closedWatched += 1 }
  }

  /// Enters what the event loop was told.
  public mutating func told(_ event: CallLoopEvent, _ descriptor: Int32, flags: DescriptorFlags) {
    switch event {
    case .watched:
      guard watched.insert(descriptor).inserted else { return }
      if !flags.contains(.nonBlocking) { watchedBlocking += 1 }
      if !flags.contains(.closeOnExec) { inherited += 1 }
    case .cancelled: watched.remove(descriptor)
    case .enabled, .disabled: break
    }
  }
}
