import SystemPackage
import Testing
import XenNetif

@Suite("Transactions of the simulated store")
struct StoreTransactionTests {
  let domains = TwoDomains()
  var port: SimulatedXenPort { domains.backend }
  var other: SimulatedXenPort { domains.frontend.port }

  @Test("a transaction sees the store as it was, and its own changes, which nobody else sees")
  func isolates() throws {
    try port.write("old", to: "/a", in: .none)
    try port.write("old", to: "/b", in: .none)
    let transaction = try port.beginTransaction()
    try other.write("new", to: "/b", in: .none)
    try port.write("mine", to: "/a", in: transaction)
    try port.write("mine", to: "/c/d", in: transaction)
    #expect(try port.read("/a", in: transaction) == "mine")
    #expect(try port.read("/b", in: transaction) == "old")
    #expect(try port.list("/", in: transaction) == ["a", "b", "c"])
    #expect(try other.read("/a", in: .none) == "old")
    #expect(try other.list("/", in: .none) == ["a", "b"])
  }

  @Test(
    "one that saw what somebody else changed meanwhile ends with EAGAIN and writes nothing",
    arguments: [
      { port, transaction in _ = try port.read("/a/b", in: transaction) },
      { port, transaction in _ = try port.list("/a/b", in: transaction) },
      { port, transaction in try port.write("2", to: "/a/b", in: transaction) },
      { port, transaction in try port.remove("/a", in: transaction) },
      { port, transaction in _ = try? port.read("/a/b/new", in: transaction) },
    ] as [@Sendable (SimulatedXenPort, XenTransaction) throws -> Void]
  )
  func notices(_ look: @Sendable (SimulatedXenPort, XenTransaction) throws -> Void) throws {
    try port.write("0", to: "/a/b", in: .none)
    let transaction = try port.beginTransaction()
    try look(port, transaction)
    try port.write("3", to: "/z", in: transaction)
    try other.write("1", to: "/a/b", in: .none)
    try other.write("1", to: "/a/b/new", in: .none)
    #expect(throws: Errno.resourceTemporarilyUnavailable) {
      try port.end(transaction, commit: true)
    }
    #expect(try port.read("/a/b", in: .none) == "1")
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.read("/z", in: .none) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.end(transaction, commit: false) }
    #expect(domains.hypervisor.openTransactions(of: TwoDomains.host) == 0)
  }

  @Test("changes of what it did not see are none of its business")
  func ignoresOthers() throws {
    try port.write("0", to: "/a/b", in: .none)
    let transaction = try port.beginTransaction()
    _ = try port.read("/a/b", in: transaction)
    try port.write("1", to: "/a/new", in: transaction)
    try other.write("1", to: "/a/other", in: .none)
    try port.end(transaction, commit: true)
    #expect(try port.list("/a", in: .none) == ["b", "new", "other"])
  }

  @Test("EAGAIN comes as often as was arranged, and each time the transaction has ended")
  func failsAsArranged() throws {
    domains.hypervisor.arrange(
      CallFault(
        .endTransaction,
        by: TwoDomains.host,
        with: .resourceTemporarilyUnavailable,
        FaultSchedule(times: 2)
      )
    )
    var rounds = 0
    while true {
      rounds += 1
      let transaction = try port.beginTransaction()
      try port.write("\(rounds)", to: "/a", in: transaction)
      do throws(Errno) {
        try port.end(transaction, commit: true)
        break
      } catch { #expect(error == .resourceTemporarilyUnavailable) }
    }
    #expect(rounds == 3)
    #expect(domains.hypervisor.storeChanges.map(\.value) == ["3"])
    #expect(domains.hypervisor.openTransactions(of: TwoDomains.host) == 0)
  }

  @Test("what several threads count in transactions is all there in the end")
  func countsFromManyThreads() async throws {
    try port.write("0", to: "/n", in: .none)
    let hypervisor = domains.hypervisor
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let port = hypervisor.makePort(for: TwoDomains.host)
          for _ in 0..<50 { try Self.count(in: port) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try port.read("/n", in: .none) == "200")
    #expect(hypervisor.storeChanges.count == 201)
  }

  /// Adds one, anew as long as somebody comes between.
  private static func count(in port: SimulatedXenPort) throws {
    while true {
      let transaction = try port.beginTransaction()
      let number = Int(try port.read("/n", in: transaction)) ?? 0
      try port.write("\(number + 1)", to: "/n", in: transaction)
      do throws(Errno) { return try port.end(transaction, commit: true) } catch {
        guard error == .resourceTemporarilyUnavailable else { throw error }
      }
    }
  }
}
