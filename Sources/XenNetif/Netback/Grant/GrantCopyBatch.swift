/// Copies between granted pages and one's own memory, collected and carried out many at a time.
///
/// A piece that crosses a page of one's own memory becomes several copies. Each piece has a number,
/// under which its failure is found.
///
/// Source: Linux `xen-netback/netback.c`; XSA-423 for pages crossed.
@safe final class GrantCopyBatch<Port: XenPort> {
  /// A piece that could not be copied.
  struct Failure: Equatable {
    var number: Int
    var status: GrantStatus
  }

  /// The pieces that failed since the batch was begun, in the order of their copies.
  private(set) var failures: [Failure] = []

  private static var capacity: Int { 128 }
  private let port: Port
  private let domain: Domain
  private let attempts: Int
  private let operations: UnsafeMutableBufferPointer<GrantCopy>
  private var numbers: [Int]
  private var count = 0

  /// A batch for the grants of one domain.
  ///
  /// - Parameter attempts: How often a copy is tried that is to be tried again.
  init(_ port: Port, _ domain: Domain, attempts: Int) {
    self.port = port
    self.domain = domain
    self.attempts = attempts
    unsafe operations = .allocate(capacity: Self.capacity)
    numbers = Array(repeating: 0, count: Self.capacity)
  }

  deinit {
    // Copies have nothing to be given back.
    unsafe operations.deallocate()
  }

  /// Forgets what failed before.
  func begin() { failures.removeAll(keepingCapacity: true) }

  /// Adds a piece of `length` bytes; nothing is done for one of no bytes.
  func add(
    _ direction: GrantCopy.Direction,
    _ grant: GrantReference,
    at offset: Int,
    count length: Int,
    local: UnsafeMutableRawPointer,
    number: Int
  ) {
    var done = 0
    while done < length {
      let address = unsafe local + done
      let inPage = Int(UInt(bitPattern: address) % UInt(GrantReference.pageSize))
      let chunk = min(length - done, GrantReference.pageSize - inPage)
      if count == Self.capacity { flush() }
      unsafe operations.initializeElement(
        at: count,
        to: GrantCopy(
          direction,
          grant,
          of: domain,
          at: UInt16(truncatingIfNeeded: offset + done),
          count: UInt16(truncatingIfNeeded: chunk),
          local: address
        )
      )
      numbers[count] = number
      count += 1
      done += chunk
    }
  }

  /// Carries out what was added.
  func flush() {
    guard count > 0 else { return }
    unsafe port.copy(UnsafeMutableBufferPointer(rebasing: operations[..<count]))
    for index in 0..<count {
      let status = retried(index)
      if status != .okay { failures.append(Failure(number: numbers[index], status: status)) }
    }
    count = 0
  }

  /// The status of a copy, which is tried again while it is to be.
  private func retried(_ index: Int) -> GrantStatus {
    var left = attempts
    while unsafe operations[index].status == .again, left > 1 {
      left -= 1
      unsafe port.copy(UnsafeMutableBufferPointer(rebasing: operations[index...index]))
    }
    return unsafe operations[index].status
  }
}
