internal import CGuardedMemory
internal import Synchronization

/// Memory mapped twice, writable and read-only, between pages that nobody may touch.
///
/// The one place of the suite, with ``GuardedBuffers``, that holds raw pointers to buffers. It keeps
/// them as numbers, so that memory can be handed from one thread to the next.
@safe final class GuardedMemory: Sendable {
  static let pageSize = 4096
  /// Mappings that are not used at the moment: making one takes longer than playing a case.
  private static let idle = Mutex<[GuardedMemory]>([])

  private let writableAddress: UInt
  private let readOnlyAddress: UInt
  private let size: Int

  /// Maps `size` bytes, a multiple of the page size, with the pages at some offsets inaccessible.
  private init(size: Int, forbiddenPages: [Int]) throws(BenchError) {
    var mapped = unsafe guarded_memory()
    let result = unsafe guarded_memory_map(size, &mapped)
    guard result == 0 else { throw .failed("cannot map guarded memory (errno \(-result))") }
    for page in forbiddenPages { _ = unsafe guarded_memory_forbid(&mapped, page, Self.pageSize) }
    writableAddress = UInt(bitPattern: unsafe mapped.writable)
    readOnlyAddress = UInt(bitPattern: unsafe mapped.readonly)
    self.size = size
  }

  deinit { unsafe withMapping { unsafe guarded_memory_unmap($0) } }

  /// Takes memory as a layout needs it, from the idle ones if there are any.
  static func take() throws(BenchError) -> GuardedMemory {
    if let memory = idle.withLock({ $0.popLast() }) { return memory }
    return try GuardedMemory(
      size: BufferLayout.memorySize,
      forbiddenPages: BufferLayout.forbiddenPages
    )
  }

  /// Gives back memory that nobody uses any more and on which no page was opened by a fault.
  static func giveBack(_ memory: GuardedMemory) { idle.withLock { $0.append(memory) } }

  /// The byte at `offset` of the writable mapping.
  func writable(_ offset: Int) -> UnsafeMutableRawPointer {
    // The address is that of a mapping, which is never 0.
    unsafe UnsafeMutableRawPointer(bitPattern: writableAddress).unsafelyUnwrapped + offset
  }

  /// The byte at `offset` of the read-only mapping of the same memory.
  func readOnly(_ offset: Int) -> UnsafeMutableRawPointer {
    // The address is that of a mapping, which is never 0.
    unsafe UnsafeMutableRawPointer(bitPattern: readOnlyAddress).unsafelyUnwrapped + offset
  }

  private func withMapping<Value>(_ body: (UnsafePointer<guarded_memory>) -> Value) -> Value {
    var mapping = unsafe guarded_memory(
      writable: writable(0).assumingMemoryBound(to: UInt8.self),
      readonly: readOnly(0).assumingMemoryBound(to: UInt8.self),
      size: size
    )
    return unsafe withUnsafePointer(to: &mapping) { unsafe body($0) }
  }

  /// A forbidden access that was made since the last call, in words.
  func takeFault() -> String? {
    var fault = guarded_fault()
    let found = unsafe withMapping { unsafe guarded_memory_take_fault($0, &fault) }
    guard found == 1 else { return nil }
    let verb = fault.is_write == 1 ? "write to" : fault.is_write == 0 ? "read of" : "access to"
    return "\(verb) address 0x\(String(fault.address, radix: 16))"
  }
}
