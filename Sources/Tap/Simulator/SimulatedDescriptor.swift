internal import CallScript
internal import DequeModule

/// One descriptor of the simulated kernel.
struct SimulatedDescriptor {
  /// What the descriptor refers to.
  enum Kind { case control, socket }

  /// What the descriptor refers to.
  var kind: Kind
  /// Its flags.
  var flags: DescriptorFlags
  /// Where the interface attached to stands in the table; `nil` before attaching and once it is gone.
  var interface: Int?
  /// The frames waiting to be read.
  var waiting: Deque<SimulatedTapFrame> = []
}
