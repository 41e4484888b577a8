import SystemPackage
import Testing
import XenNetif

@Suite("A netback and the store")
struct NetbackStoreTests {
  @Test("says what it offers before it waits")
  func offers() throws {
    let bench = try NetbackBench(connecting: false)
    #expect(bench.frontend.backendState == .initWait)
    let keys = [
      "feature-sg": "1", "feature-gso-tcpv4": "1", "feature-gso-tcpv6": "1",
      "feature-ipv6-csum-offload": "1", "feature-rx-copy": "1", "feature-xdp-headroom": "1",
      "feature-rx-flip": "0", "feature-multicast-control": "1",
      "feature-dynamic-multicast-control": "1", "feature-split-event-channels": "1",
      "multi-queue-max-queues": "4", "feature-ctrl-ring": "1",
    ]
    for (key, value) in keys { #expect(bench.frontend.backendValue(key) == value) }
    #expect(!bench.netback.hasCarrier)
  }

  @Test("begins anew when somebody comes between")
  func transaction() throws {
    let bench = try NetbackBench { hypervisor in
      hypervisor.arrange(
        CallFault(
          .endTransaction,
          by: NetbackBench.domains.backend,
          with: .resourceTemporarilyUnavailable,
          .once
        )
      )
    }
    let path = "\(bench.directories.backendPath)/feature-rx-copy"
    let changes = bench.hypervisor.storeChanges
    #expect(changes.count { $0.path == path } == 1)
    #expect(changes.first { $0.path == path }?.transaction != XenTransaction.none)
    #expect(bench.frontend.backendState == .connected)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Keys of the frontend that are others, or with an empty value not there.
    var frontend: [String: String] = [:]
    var backend: [String: String] = [:]
    /// What Linux tells as an error, its number and what it did; nothing if it connects.
    var error: String?
    /// The same for the narrow policy, if it is another.
    var strictError: String?
  }

  // Measured: Linux 6.1.192.
  static let changes: [Change] = [
    Change(testDescription: "nothing"),
    Change(
      testDescription: "no transmit ring",
      frontend: ["tx-ring-ref": ""],
      error: "2 reading a ring reference"
    ),
    Change(
      testDescription: "no receive ring",
      frontend: ["rx-ring-ref": ""],
      error: "2 reading a ring reference"
    ),
    Change(
      testDescription: "a ring that is no number",
      frontend: ["tx-ring-ref": "x"],
      error: "22 reading a ring reference"
    ),
    Change(
      testDescription: "a ring that is not granted",
      frontend: ["rx-ring-ref": "999999"],
      error: "2 mapping rings / binding event channel"
    ),
    Change(
      testDescription: "only one of two channels",
      frontend: ["event-channel": "", "event-channel-tx": "1"],
      error: "2 reading event channel"
    ),
    Change(
      testDescription: "a channel that is no number",
      frontend: ["event-channel": "x"],
      error: "34 reading event channel"
    ),
    Change(
      testDescription: "channel 0",
      frontend: ["event-channel": "0"],
      error: "22 mapping rings / binding event channel"
    ),
    Change(
      testDescription: "no queue",
      frontend: ["multi-queue-num-queues": "0"],
      error: "22 queue count out of range"
    ),
    Change(
      testDescription: "too many queues",
      frontend: ["multi-queue-num-queues": "5"],
      error: "22 queue count out of range"
    ),
    Change(
      testDescription: "queues below zero",
      frontend: ["multi-queue-num-queues": "-1"],
      strictError: "22 queue count out of range"
    ),
    Change(
      testDescription: "queues beyond 32 bits",
      frontend: ["multi-queue-num-queues": "4294967296"],
      error: "22 queue count out of range"
    ),
    Change(
      testDescription: "one queue and more",
      frontend: ["multi-queue-num-queues": "1x"],
      strictError: "22 queue count out of range"
    ),
    Change(
      testDescription: "no address",
      backend: ["mac": "zz"],
      error: "2 parsing mac"
    ),
    Change(
      testDescription: "short octets",
      backend: ["mac": "0:16:3e:0:0:1"],
      strictError: "2 parsing mac"
    ),
    Change(
      testDescription: "seven octets",
      backend: ["mac": "0:1:2:3:4:5:6"],
      error: "2 parsing mac"
    ),
    Change(
      testDescription: "a control ring without channel",
      frontend: ["ctrl-ring-ref": "9"],
      error: "2 control ring"
    ),
    Change(testDescription: "a control channel alone", frontend: ["event-channel-ctrl": "9"]),
    Change(
      testDescription: "no copies",
      frontend: ["request-rx-copy": "0"],
      strictError: "95 reading request-rx-copy"
    ),
  ]

  @Test("connects as Linux does", arguments: changes)
  func linux(_ change: Change) throws {
    let bench = try bench(.linux, change)
    #expect(bench.frontend.backendState == .connected)
    #expect(bench.netback.hasCarrier == (change.error == nil))
    try check(bench, change.error)
  }

  @Test("connects by the narrow policy, or not at all", arguments: changes)
  func strict(_ change: Change) throws {
    let bench = try bench(.strict, change)
    let error = change.strictError ?? change.error
    #expect(bench.frontend.backendState == (error == nil ? .connected : .closing))
    try check(bench, error)
  }

  private func bench(_ policy: NetbackPolicy, _ change: Change) throws -> NetbackBench {
    let keys = change.backend.mapValues { Optional($0) }
    let bench = try NetbackBench(policy, backendKeys: keys, connecting: false)
    try bench.frontend.writeKeys()
    for (key, value) in change.frontend {
      if value.isEmpty {
        try bench.frontend.remove(key)
      } else {
        try bench.frontend.write(value, to: key)
      }
    }
    try bench.setState(.connected)
    return bench
  }

  private func check(_ bench: NetbackBench, _ error: String?) throws {
    let path = "error/backend/vif/1/0/error"
    #expect((try? bench.toolstack.read(path, in: .none)) == error)
    let bound = bench.hypervisor.channels(of: NetbackBench.domains.backend).count
    #expect(bound == (error == nil ? 1 : 0))
    let pages = try GuestPages(1, of: bench)
    bench.publish([.data(0, 60, id: 1)], pages)
    #expect(bench.producedResponses == (error == nil ? 1 : 0))
  }

  @Test("tells that it is connected when the host has plugged it in")
  func hotplug() throws {
    let bench = try NetbackBench(backendKeys: ["hotplug-status": nil])
    #expect(bench.frontend.backendState == .initWait)
    let path = "\(bench.directories.backendPath)/hotplug-status"
    try bench.toolstack.write("error", to: path, in: .none)
    bench.loop.settle()
    #expect(bench.frontend.backendState == .initWait)
    try bench.toolstack.write("connected", to: path, in: .none)
    bench.loop.settle()
    #expect(bench.frontend.backendState == .connected)
  }
}
