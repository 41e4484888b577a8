internal import CGuardedMemory
internal import RingMemory

/// A word of shared memory that changes right after it has been read the first time, by whomever.
///
/// The memory stays as it is for as long as the trap lives: nobody else gets it meanwhile.
final class ReadTrap: Sendable {
  /// Whether this machine can do it: on x86-64, where a single instruction can be made at a time.
  static let isOffered = read_trap_is_offered() == 1

  private let number: Int32
  private let memory: SharedMemory

  /// Has a word of some memory become `value` once it has been read.
  init(
    on word: SharedWord64,
    of memory: SharedMemory,
    becoming value: UInt64
  ) throws(BenchError) {
    self.memory = memory
    number = unsafe read_trap_arm(word.unsafeAddress, value, 8, 0)
    guard number >= 0 else { throw .failed("cannot watch a word (errno \(-number))") }
  }

  /// Has four bytes of some memory, at a multiple of 4, become `value` once they have been read.
  ///
  /// - Parameter reads: The number of reads before that one.
  init(
    at offset: Int,
    of memory: SharedMemory,
    becoming value: UInt32,
    skipping reads: Int = 0
  ) throws(BenchError) {
    precondition(offset >= 0 && offset + 4 <= memory.count)
    self.memory = memory
    number = unsafe read_trap_arm(memory.base + offset, UInt64(value), 4, Int32(clamping: reads))
    guard number >= 0 else { throw .failed("cannot watch a word (errno \(-number))") }
  }

  /// The four bytes behind the word when it changed; `nil` if it has not changed.
  var wordBehind: UInt32? {
    var behind: UInt32 = 0
    return unsafe read_trap_has_fired(number, &behind) == 1 ? behind : nil
  }

  deinit { read_trap_disarm(number) }
}
