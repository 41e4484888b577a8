// Public, as all in this module that calls pass through: other modules inline nothing less.
public import Synchronization

/// A call that has passed a gate, and is under way until this value is gone.
///
/// It can be given away: the call ends with whoever has it then. A function that gives it to another
/// one has nothing left to do once that returns, so that it can jump there and keep nothing on the
/// stack; a good part of what the shortest calls cost.
@safe public struct CallPassage<Value: ~Copyable & Sendable>: ~Copyable {
  @usableFromInline let address: UInt

  /// Takes over the mark that was set in the lane at an address.
  @inlinable
  @inline(__always)
  init(laneAt address: UInt) { self.address = address }

  @inlinable
  @inline(__always)
  deinit {
    // The lane belongs to the gate, and who closes or deletes that waits for the call.
    unsafe CallLane<Value>.mark(at: address).pointee.store(false, ordering: .releasing)
  }

  /// The value of the call's direction, for as long as the call.
  @inlinable public var value: Value {
    // The mark keeps away who wants both values, and the caller keeps away the same direction.
    @inline(__always) _read { yield unsafe CallLane<Value>.value(at: address).pointee }
    // Mutating, though nothing of the passage changes: for one that is a constant, Swift 6.3 makes code
    // under the thread sanitizer that it refuses itself ("Invalid bitcast").
    @inline(__always) mutating _modify {
      yield unsafe &CallLane<Value>.value(at: address).pointee
    }
  }

  /// Ends the call, with a result.
  @inlinable
  @inline(__always)
  public consuming func end<Result>(_ result: Result) -> Result { result }
}
