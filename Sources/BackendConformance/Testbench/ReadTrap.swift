internal import CGuardedMemory
internal import RingMemory

/// A word of shared memory that changes right after it has been read the first time, by whomever.
///
/// The memory stays mapped for as long as the trap lives.
final class ReadTrap: Sendable {
  /// Whether this machine can do it: on x86-64, where a single instruction can be made at a time.
  static let isOffered = read_trap_is_offered() == 1

  private let number: Int32

  /// Has a word become `value` once it has been read.
  init(on word: SharedWord64, becoming value: UInt64) throws(BenchError) {
    number = unsafe read_trap_arm(word.unsafeAddress, value, 8)
    guard number >= 0 else { throw .failed("cannot watch a word (errno \(-number))") }
  }

  /// Has four bytes at an address, a multiple of 4, become `value` once they have been read.
  init(unsafeAddress: UnsafeMutableRawPointer, becoming value: UInt32) throws(BenchError) {
    number = unsafe read_trap_arm(unsafeAddress, UInt64(value), 4)
    guard number >= 0 else { throw .failed("cannot watch a word (errno \(-number))") }
  }

  deinit { read_trap_disarm(number) }
}
