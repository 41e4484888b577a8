import RingMemory
import SystemPackage
import Testing
import XenNetif

@Suite("A frontend and the store")
struct FrontendStoreTests {
  private func frontend(_ change: (inout FrontendConfiguration) -> Void) throws -> TinyBackend {
    var configuration = FrontendConfiguration()
    configuration.features = ["request-rx-copy": "1", "feature-sg": "1"]
    change(&configuration)
    return try TinyBackend(configuration)
  }

  @Test(
    "queues, channels and the control ring are named where the protocol wants them",
    arguments: [
      (1, false, false, ["event-channel", "rx-ring-ref", "tx-ring-ref"]),
      (1, true, false, ["event-channel-rx", "event-channel-tx", "rx-ring-ref", "tx-ring-ref"]),
      (
        1, false, true,
        ["ctrl-ring-ref", "event-channel", "event-channel-ctrl", "rx-ring-ref", "tx-ring-ref"]
      ),
      (
        2, false, false,
        [
          "multi-queue-num-queues", "queue-0/event-channel", "queue-0/rx-ring-ref",
          "queue-0/tx-ring-ref", "queue-1/event-channel", "queue-1/rx-ring-ref",
          "queue-1/tx-ring-ref",
        ]
      ),
    ]
  )
  func writesKeys(_ queues: Int, _ isSplit: Bool, _ hasControl: Bool, _ names: [String]) throws {
    let backend = try frontend {
      ($0.queues, $0.isSplit, $0.hasControl) = (queues, isSplit, hasControl)
    }
    let path = "/local/domain/5/device/vif/0/"
    #expect(backend.frontend.directories.frontendPath + "/" == path)
    let before = backend.domains.hypervisor.storeChanges.count
    try backend.frontend.connect()
    let changes = backend.domains.hypervisor.storeChanges.dropFirst(before)
    let written = changes.map { String($0.path.dropFirst(path.count)) }
    #expect(written.sorted() == (names + ["feature-sg", "request-rx-copy", "state"]).sorted())
    #expect(changes.last == StoreChange(by: TwoDomains.guest, path + "state", "4"))
    #expect(Set(changes.dropLast().map(\.transaction)).count == 1)
    for change in changes where change.path.hasSuffix("ring-ref") {
      let grant = GrantReference(rawValue: UInt32(change.value ?? "") ?? 0)
      let memory = try backend.domains.backend.map(grant, of: TwoDomains.guest)
      backend.domains.backend.unmap(memory)
    }
  }

  @Test("the directories are those that a toolstack makes, with the changes that were asked for")
  func createsDirectories() throws {
    let domains = TwoDomains()
    let directories = InterfaceDirectories(from: TwoDomains.host, to: TwoDomains.guest, handle: 3)
    try directories.create(
      through: domains.backend,
      changing: ["rate": "1000,50000", "hotplug-status": nil]
    )
    let (back, front) = ("/local/domain/0/backend/vif/5/3", "/local/domain/5/device/vif/3")
    #expect((directories.backendPath, directories.frontendPath) == (back, front))
    let read = { (path: String) in try domains.backend.read(path, in: .none) }
    #expect(try read("\(back)/frontend") == front)
    #expect(try read("\(front)/backend") == back)
    #expect(try read("\(back)/rate") == "1000,50000")
    #expect(throws: Errno.noSuchFileOrDirectory) { try read("\(back)/hotplug-status") }
    #expect(try ["\(back)/state", "\(front)/state"].map(read) == ["1", "1"])
    try directories.remove(through: domains.backend)
    #expect(throws: Errno.noSuchFileOrDirectory) { try read("\(back)/state") }
    #expect(throws: Errno.noSuchFileOrDirectory) { try read("\(front)/state") }
  }

  @Test("keys are written anew as long as somebody comes between, and once in the end")
  func triesAgain() throws {
    let backend = try frontend { _ in }
    backend.domains.hypervisor.arrange(
      CallFault(
        .endTransaction,
        by: TwoDomains.guest,
        with: .resourceTemporarilyUnavailable,
        FaultSchedule(times: 3)
      )
    )
    try backend.frontend.writeKeys()
    let paths = backend.domains.hypervisor.storeChanges.map(\.path)
    #expect(paths.count { $0.hasSuffix("tx-ring-ref") } == 1)
    #expect(backend.domains.hypervisor.openTransactions(of: TwoDomains.guest) == 0)
  }

  @Test("the backend's state is what it wrote, and unknown without a directory")
  func readsTheState() throws {
    let backend = try frontend { _ in }
    #expect(backend.frontend.backendState == .initialising)
    let path = backend.frontend.directories.backendPath
    try backend.domains.backend.write("4", to: "\(path)/state", in: .none)
    #expect(backend.frontend.backendState == .connected)
    #expect(backend.frontend.backendValue("online") == "1")
    try backend.domains.backend.remove(path, in: .none)
    #expect(backend.frontend.backendState == .unknown)
    #expect(backend.frontend.backendValue("online") == nil)
  }

  @Test("rings are empty again after a reset, with what was in flight forgotten")
  func resets() throws {
    let backend = try frontend { ($0.transmitStart, $0.receiveStart) = (5, 7) }
    let frontend = backend.frontend
    try frontend.transmit.put([UInt8](repeating: 1, count: 60))
    try frontend.receive.post(9)
    frontend.transmit.publish()
    frontend.receive.publish()
    frontend.reset()
    #expect((frontend.transmit.room, frontend.receive.room) == (256, 256))
    for (page, start) in [(frontend.transmit.page, UInt32(5)), (frontend.receive.page, 7)] {
      #expect(page.ring.requestProducer.load() == start)
      #expect(page.ring.responseProducer.load() == start)
      #expect(page.ring.responseEvent.load() == start + 1)
      #expect(page.page[64..<4096].allSatisfy { $0 == GuestRing.canary })
    }
    #expect(try frontend.receive.post(300) == 256)
  }

  @Test("nothing can be mapped or bound any more after a release")
  func releases() throws {
    let backend = try frontend { ($0.isSplit, $0.hasControl) = (true, true) }
    let (frontend, host) = (backend.frontend, backend.domains.backend)
    let control = try #require(frontend.control)
    frontend.release()
    for grant in [frontend.transmit.grant, frontend.receive.grant, control.grant] {
      #expect(throws: GrantStatus.generalError) { try host.map(grant, of: TwoDomains.guest) }
    }
    #expect(backend.domains.hypervisor.channels(of: TwoDomains.guest).isEmpty)
  }

  @Test("requests of the control ring are answered, and the ring has room for 128")
  func asksAboutHashing() throws {
    let backend = try frontend { $0.hasControl = true }
    let control = try #require(backend.frontend.control)
    let memory = try backend.domains.backend.map(control.grant, of: TwoDomains.guest)
    defer { backend.domains.backend.unmap(memory) }
    var ring = try BackRing(attachingTo: SharedRing(memory, .control))
    let request = ControlRequest(id: 9, type: .setHashAlgorithm, data: (1, 0, 0))
    for _ in 0..<128 { try control.send(request) }
    #expect(throws: FrontendError.noRoom(needed: 1, free: 0)) { try control.send(request) }
    #expect(control.page.slotBytes(0) == [9, 0, 7, 0, 1] + [UInt8](repeating: 0, count: 11))
    let response = ControlResponse(id: 9, type: .setHashAlgorithm, status: .success)
    ring.consume(2)
    for _ in 0..<2 { ring.respond(response) }
    _ = ring.push()
    #expect(try control.takeResponses() == [response, response])
    control.page.ring.responseProducer.store(200)
    #expect(throws: RingOverflow.self) { try control.takeResponses() }
  }
}
