import RingMemory
import XenNetif

/// Memory of the backend's own that copies go from and to.
final class LocalMemory {
  let memory: SharedMemory

  init(pages: Int = 2) throws { memory = try SharedMemory(count: pages * GuestPage.count) }

  var bytes: [UInt8] {
    get { prefix(memory.count) }
    set { store(newValue) }
  }

  /// The first bytes.
  func prefix(_ count: Int) -> [UInt8] {
    unsafe [UInt8](UnsafeRawBufferPointer(start: memory.base, count: min(count, memory.count)))
  }

  /// Stores bytes at the beginning.
  func store(_ bytes: [UInt8]) {
    unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: memory.count)
      .copyBytes(from: bytes.prefix(memory.count))
  }

  /// A copy between a grant and this memory.
  func copy(
    _ direction: GrantCopy.Direction,
    _ grant: GrantReference,
    of domain: Domain = TwoDomains.guest,
    at offset: UInt16,
    count: UInt16,
    local: Int
  ) -> GrantCopy {
    unsafe GrantCopy(
      direction,
      grant,
      of: domain,
      at: offset,
      count: count,
      local: memory.base + local
    )
  }

  /// Carries copies out, and says what came of each.
  func run(_ copies: [GrantCopy], on port: SimulatedXenPort) -> [GrantStatus] {
    var copies = unsafe copies
    unsafe copies.withUnsafeMutableBufferPointer { unsafe port.copy($0) }
    return unsafe copies.map { unsafe $0.status }
  }
}
