import SystemPackage
import Testing
import XenNetif

@Suite("Watches of the simulated store")
struct StoreWatchTests {
  let domains = TwoDomains()
  var port: SimulatedXenPort { domains.backend }
  var other: SimulatedXenPort { domains.frontend.port }

  @Test("the first event comes at once, and makes the descriptor readable until it is taken")
  func tellsOnce() throws {
    #expect(!domains.hypervisor.isReadable(port.storeDescriptor))
    try port.watch("/a", token: "t")
    #expect(domains.hypervisor.isReadable(port.storeDescriptor))
    #expect(!domains.hypervisor.isReadable(other.storeDescriptor))
    #expect(port.nextWatchEvent() == XenWatchEvent(path: "/a", token: "t"))
    #expect(port.nextWatchEvent() == nil)
    #expect(!domains.hypervisor.isReadable(port.storeDescriptor))
  }

  @Test(
    "a change is told to those who watch the key or one above it, whoever made it",
    arguments: [
      ("/a", "/a", true), ("/a", "/a/b/c", true), ("/", "/z", true), ("/a/b", "/a", false),
      ("/a", "/ab", false), ("/a", "/b", false),
    ]
  )
  func tellsOfWrites(_ watched: String, _ written: String, _ isTold: Bool) throws {
    try port.watch(watched, token: "t")
    _ = port.nextWatchEvent()
    for writer in [port, other] {
      try writer.write("", to: written, in: .none)
      #expect(port.nextWatchEvent() == (isTold ? XenWatchEvent(path: written, token: "t") : nil))
      #expect(port.nextWatchEvent() == nil)
    }
  }

  @Test(
    "a removal is told to those above with the key that went, and to those below with their own"
  )
  func tellsOfRemovals() throws {
    try other.write("", to: "/a/b/c", in: .none)
    for path in ["/a", "/a/b/c", "/a/b/d", "/"] { try port.watch(path, token: path) }
    while port.nextWatchEvent() != nil {}
    try other.remove("/a/b", in: .none)
    var told: [XenWatchEvent] = []
    while let event = port.nextWatchEvent() { told.append(event) }
    #expect(
      told == [
        XenWatchEvent(path: "/a/b", token: "/a"), XenWatchEvent(path: "/a/b/c", token: "/a/b/c"),
        XenWatchEvent(path: "/a/b", token: "/"),
      ]
    )
  }

  @Test("a watch that has ended tells nothing more, also not what it had to tell")
  func ends() throws {
    try port.watch("/a", token: "1")
    try port.watch("/a", token: "2")
    try other.write("", to: "/a/b", in: .none)
    try port.unwatch("/a", token: "1")
    #expect(port.nextWatchEvent() == XenWatchEvent(path: "/a", token: "2"))
    #expect(port.nextWatchEvent() == XenWatchEvent(path: "/a/b", token: "2"))
    #expect(port.nextWatchEvent() == nil)
    #expect(domains.hypervisor.watchedPaths(of: TwoDomains.host) == ["/a"])
  }

  @Test("the same watch twice, and one that is not there, are refused")
  func refuses() throws {
    try port.watch("/a", token: "1")
    #expect(throws: Errno.fileExists) { try port.watch("/a", token: "1") }
    #expect(throws: Errno.noSuchFileOrDirectory) { try port.unwatch("/a", token: "2") }
    #expect(throws: Errno.noSuchFileOrDirectory) { try other.unwatch("/a", token: "1") }
  }

  @Test("changes of a transaction are told at its end, and not at all if it comes to nothing")
  func waitsForTheEnd() throws {
    try port.watch("/a", token: "t")
    _ = port.nextWatchEvent()
    for commit in [false, true] {
      let transaction = try other.beginTransaction()
      try other.write("", to: "/a/b", in: transaction)
      try other.write("", to: "/a/c", in: transaction)
      #expect(port.nextWatchEvent() == nil)
      try other.end(transaction, commit: commit)
    }
    #expect(port.nextWatchEvent()?.path == "/a/b")
    #expect(port.nextWatchEvent()?.path == "/a/c")
    #expect(port.nextWatchEvent() == nil)
  }
}
