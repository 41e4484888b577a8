public import Synchronization

/// Four bytes of shared memory, read and written as one word in the machine's byte order.
///
/// Sendable is unchecked: an address, of which every use is an atomic load or store.
@safe public struct SharedWord32: @unchecked Sendable {
  @usableFromInline let word: UnsafeMutablePointer<Atomic<UInt32>>

  /// The word at an address, which must be a multiple of 4 bytes.
  @inlinable public init(unsafeAddress: UnsafeMutableRawPointer) {
    unsafe word = unsafeAddress.assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  /// Reads the word, before everything that is read after it.
  @inlinable public func load() -> UInt32 { unsafe word.pointee.load(ordering: .acquiring) }

  /// Writes the word, after everything that was written before it.
  @inlinable public func store(_ value: UInt32) {
    unsafe word.pointee.store(value, ordering: .releasing)
  }
}

/// Eight bytes of shared memory, read and written as one word in the machine's byte order.
///
/// Sendable is unchecked for the same reason.
@safe public struct SharedWord64: @unchecked Sendable {
  @usableFromInline let word: UnsafeMutablePointer<Atomic<UInt64>>

  /// The word at an address, which must be a multiple of 8 bytes.
  @inlinable public init(unsafeAddress: UnsafeMutableRawPointer) {
    unsafe word = unsafeAddress.assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  /// The address of its first byte.
  package var unsafeAddress: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(word) }

  /// Reads the word, in no order with other words.
  @inlinable public func load() -> UInt64 { unsafe word.pointee.load(ordering: .relaxed) }

  /// Writes the word, in no order with other words.
  @inlinable public func store(_ value: UInt64) {
    unsafe word.pointee.store(value, ordering: .relaxed)
  }
}
