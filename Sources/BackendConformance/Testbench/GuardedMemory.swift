internal import CGuardedMemory

/// Memory mapped twice, writable and read-only, between pages that nobody may touch.
///
/// The one place of the suite, with ``GuardedBuffers``, that holds raw pointers to buffers.
@safe final class GuardedMemory {
  static let pageSize = 4096

  private let memory: guarded_memory

  /// Maps `size` bytes, a multiple of the page size.
  init(size: Int) throws(BenchError) {
    var mapped = unsafe guarded_memory()
    let result = unsafe guarded_memory_map(size, &mapped)
    guard result == 0 else { throw .failed("cannot map guarded memory (errno \(-result))") }
    unsafe memory = mapped
  }

  deinit { unsafe withUnsafePointer(to: memory) { unsafe guarded_memory_unmap($0) } }

  /// The byte at `offset` of the writable mapping.
  func writable(_ offset: Int) -> UnsafeMutableRawPointer {
    unsafe UnsafeMutableRawPointer(memory.writable) + offset
  }

  /// The byte at `offset` of the read-only mapping of the same memory.
  func readOnly(_ offset: Int) -> UnsafeMutableRawPointer {
    unsafe UnsafeMutableRawPointer(memory.readonly) + offset
  }

  /// Makes the page at `offset` inaccessible.
  func forbidPage(at offset: Int) {
    _ = unsafe withUnsafePointer(to: memory) {
      unsafe guarded_memory_forbid($0, offset, Self.pageSize)
    }
  }

  /// A forbidden access that was made since the last call, in words.
  func takeFault() -> String? {
    var fault = guarded_fault()
    let found = unsafe withUnsafePointer(to: memory) {
      unsafe guarded_memory_take_fault($0, &fault)
    }
    guard found == 1 else { return nil }
    let verb = fault.is_write == 1 ? "write to" : fault.is_write == 0 ? "read of" : "access to"
    return "\(verb) address 0x\(String(fault.address, radix: 16))"
  }
}
