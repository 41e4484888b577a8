import SystemPackage
import Testing
import XenNetif

@Suite("The simulated store")
struct StoreTests {
  let domains = TwoDomains()
  var port: SimulatedXenPort { domains.backend }
  var other: SimulatedXenPort { domains.frontend.port }

  @Test("what one side writes, the other reads and lists, sorted")
  func sharesOneTree() throws {
    try port.write("1", to: "/a/c", in: .none)
    try other.write("2", to: "/a/b/d", in: .none)
    #expect(try other.read("/a/c", in: .none) == "1")
    #expect(try port.read("/a/b/d", in: .none) == "2")
    #expect(try port.read("/a/b", in: .none) == "")
    #expect(try port.list("/a", in: .none) == ["b", "c"])
    #expect(try port.list("/", in: .none) == ["a"])
    #expect(try port.list("/a/c", in: .none) == [])
  }

  @Test("what is not there has no value, no list, and cannot be removed")
  func refusesWhatIsMissing() {
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.read("/a", in: .none) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.list("/a", in: .none) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.remove("/a", in: .none) }
    #expect(throws: Errno.noSuchFileOrDirectory) {
      try port.read("/a", in: XenTransaction(rawValue: 9))
    }
  }

  @Test(
    "a path that is none is refused",
    arguments: ["", "a/", "/a/", "//", "/a//b", "/a b", "/a.b", "/\u{e9}"]
  )
  func refusesPaths(_ path: String) {
    #expect(throws: Errno.invalidArgument) { try port.write("", to: path, in: .none) }
    #expect(throws: Errno.invalidArgument) { try port.read(path, in: .none) }
    #expect(throws: Errno.invalidArgument) { try port.watch(path, token: "t") }
  }

  @Test("a path without a slash in front begins in the domain's own directory, also in events")
  func beginsInTheDomain() throws {
    try other.watch("device", token: "r")
    try other.watch("/local/domain/5/device", token: "a")
    try other.write("1", to: "device/vif", in: .none)
    #expect(try port.read("/local/domain/5/device/vif", in: .none) == "1")
    var told: [XenWatchEvent] = []
    while let event = other.nextWatchEvent() { told.append(event) }
    #expect(
      told == [
        XenWatchEvent(path: "device", token: "r"),
        XenWatchEvent(path: "/local/domain/5/device", token: "a"),
        XenWatchEvent(path: "device/vif", token: "r"),
        XenWatchEvent(path: "/local/domain/5/device/vif", token: "a"),
      ]
    )
    try other.unwatch("device", token: "r")
    #expect(domains.hypervisor.storeChanges.map(\.path) == ["/local/domain/5/device/vif"])
  }

  @Test("a key goes with everything below it; the root stays")
  func removesSubtrees() throws {
    try port.write("1", to: "/a/b/c", in: .none)
    try port.remove("/a/b", in: .none)
    #expect(try port.list("/a", in: .none) == [])
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.read("/a/b/c", in: .none) }
    #expect(throws: Errno.invalidArgument) { try port.remove("/", in: .none) }
  }

  @Test("changes are recorded with who made them, in the order in which they took effect")
  func recordsChanges() throws {
    let transaction = try port.beginTransaction()
    try port.write("late", to: "/x", in: transaction)
    try other.write("early", to: "/y", in: .none)
    try port.end(transaction, commit: true)
    try port.remove("/y", in: .none)
    #expect(
      domains.hypervisor.storeChanges == [
        StoreChange(by: TwoDomains.guest, "/y", "early"),
        StoreChange(by: TwoDomains.host, "/x", "late", in: transaction),
        StoreChange(by: TwoDomains.host, "/y", nil),
      ]
    )
  }

  @Test("a call fails when and for whom that was arranged")
  func failsAsArranged() throws {
    let schedule = FaultSchedule(after: 1, times: 2)
    domains.hypervisor.arrange(
      CallFault(.write, by: TwoDomains.host, path: "/a", with: .ioError, schedule)
    )
    try port.write("1", to: "/a", in: .none)
    try other.write("2", to: "/a", in: .none)
    try port.write("3", to: "/b", in: .none)
    for _ in 0..<2 {
      #expect(throws: Errno.ioError) { try port.write("4", to: "/a", in: .none) }
    }
    #expect(try port.read("/a", in: .none) == "2")
    try port.write("5", to: "/a", in: .none)
    #expect(try port.read("/a", in: .none) == "5")
  }

  @Test("every call of the store can be arranged to fail")
  func failsEachCall() throws {
    let calls: [(XenCall, () throws -> Void)] = [
      (.read, { _ = try port.read("/a", in: .none) }),
      (.list, { _ = try port.list("/a", in: .none) }),
      (.write, { try port.write("", to: "/a", in: .none) }),
      (.remove, { try port.remove("/a", in: .none) }),
      (.beginTransaction, { _ = try port.beginTransaction() }),
      (.watch, { try port.watch("/a", token: "t") }),
      (.unwatch, { try port.unwatch("/a", token: "t") }),
    ]
    for (call, body) in calls {
      domains.hypervisor.arrange(CallFault(call, by: TwoDomains.host, with: .noMemory, .once))
      #expect(throws: Errno.noMemory, "\(call)") { try body() }
    }
    #expect(domains.hypervisor.storeChanges.isEmpty)
  }
}
