/// The work area of the switches: the slots of one batch, and who is to get them.
///
/// One serves all switches, as the kernel's lock lets only one sync run. Memory is taken once.
///
/// Invariant: indices of entries are below `capacity`; a queue's number is a port's number times 16
/// and a ring's number, or ``broadcast``; between two batches all queues are empty.
///
/// Source: netmap_vale.c, `struct nm_bdg_fwd` and `struct nm_vale_q`.
@safe final class ForwardingTable {
  /// So many slots make a batch; a chain that began before goes to its end.
  static let batch = 1024
  /// The most fragments of a frame: their number has 8 bits.
  static let maximumFragments = 255
  /// Ends a queue; higher than any index.
  static let none: UInt16 = .max
  /// The most ports of a switch, and the number of the port that stands for all others.
  static let ports = 254
  /// The most rings of a port in each direction.
  static let rings = 16
  /// The queue of the frames for everybody.
  static let broadcast = ports * rings

  /// One slot.
  @safe struct Entry {
    var bytes: UnsafeMutableRawPointer
    var length: Int
    var flags: NetmapSlotFlags
    /// The number of fragments, in the first of a frame.
    var fragments: UInt16
    /// The next frame of the same queue, in the first of a frame.
    var next: UInt16
  }

  /// The frames for one ring.
  struct Queue {
    var first = ForwardingTable.none
    var last = ForwardingTable.none
    /// The number of slots.
    var slots = 0
  }

  let entries: UnsafeMutablePointer<Entry>
  let queues: UnsafeMutablePointer<Queue>
  /// The queues that have frames, without the one for everybody.
  let targets: UnsafeMutablePointer<UInt16>
  var targetCount = 0

  init() {
    unsafe entries = .allocate(capacity: Self.batch + Self.maximumFragments + 1)
    unsafe queues = .allocate(capacity: Self.broadcast + 1)
    unsafe queues.initialize(repeating: Queue(), count: Self.broadcast + 1)
    unsafe targets = .allocate(capacity: Self.broadcast)
  }

  deinit {
    unsafe entries.deallocate()
    unsafe queues.deallocate()
    unsafe targets.deallocate()
  }

  /// Puts the frame that begins with an entry at the end of a queue.
  @inline(__always)
  func append(_ index: Int, to number: Int) {
    let queue = unsafe queues + number
    if unsafe queue.pointee.first == Self.none {
      unsafe queue.pointee.first = UInt16(truncatingIfNeeded: index)
      if number != Self.broadcast { addTarget(number) }
    } else {
      unsafe entries[Int(queue.pointee.last)].next = UInt16(truncatingIfNeeded: index)
    }
    unsafe queue.pointee.last = UInt16(truncatingIfNeeded: index)
    unsafe queue.pointee.slots &+= Int(entries[index].fragments)
  }

  /// Remembers a queue that has to be looked at.
  func addTarget(_ number: Int) {
    unsafe targets[targetCount] = UInt16(truncatingIfNeeded: number)
    targetCount &+= 1
  }

  /// Empties a queue.
  func clear(_ number: Int) { unsafe queues[number] = Queue() }
}
