/// How packets to a frontend with several queues are hashed, and which queue they go to.
enum Hashing {
  static let all = hashes + queues

  private static let hashes = [
    hashesAsToeplitzDoes, hashesWhatItIsTold, shortKeysAreExtended, newKeyCountsAtOnce,
  ]

  private static let bench = XenScript.bench(queues: 2, hasControl: true)
  static let sources = [Source.netif, Source.netbackMeasured]

  static let hashesAsToeplitzDoes = Requirement(
    "control/hashes-as-toeplitz-does",
    .must,
    "the hash of a packet is that of Toeplitz over its addresses, and over its ports behind them if it is "
      + "of TCP, and is told in an extra slot with what was hashed",
    because: "the guest takes the hash for its own, and looks for the connection where it says",
    sources: sources,
    families: XenScript.families,
    hint:
      "the extra slot given the bit in place of its number, or the hash with its bytes turned round"
  ) {
    for (number, flow) in HashedFlow.all.enumerated() {
      connected("flow \(number) with ports") {
        hashed(kinds: 15)
        sends(flow.frame(), hash: flow.withPorts, kind: flow.kind)
      }
      connected("flow \(number), addresses alone") {
        hashed(kinds: 5)
        sends(flow.frame(), hash: flow.plain, kind: flow.kind - 1)
      }
      connected("flow \(number), no ports to be had") {
        hashed(kinds: 15)
        sends(flow.frame(hasPorts: false), hash: flow.plain, kind: flow.kind - 1)
      }
    }
  }

  static let hashesWhatItIsTold = Requirement(
    "control/hashes-what-it-is-told",
    .should,
    "a packet of a kind that is not to be hashed has no hash, and goes to the first queue",
    because: "a hash that the frontend did not ask for is a slot that it did not count on",
    sources: sources + ["win-xenvif 755d8bd"],
    families: XenScript.families,
    hint: "everything hashed as soon as there is an algorithm"
  ) {
    for kinds in [0, 1, 2, 4, 8] {
      connected("kinds \(kinds)") {
        hashed(kinds: kinds)
        for flow in [HashedFlow.all[0], HashedFlow.all[5]] {
          let (plain, ports) = (1 << Int(flow.kind - 1), 1 << Int(flow.kind))
          if kinds & ports != 0 {
            sends(flow.frame(), hash: flow.withPorts, kind: flow.kind)
          } else if kinds & plain != 0 {
            sends(flow.frame(), hash: flow.plain, kind: flow.kind - 1)
          } else {
            sendsUnhashed(flow.frame())
          }
        }
      }
    }
    connected("no algorithm") { sendsUnhashed(HashedFlow.all[0].frame()) }
    connected("an algorithm no longer") {
      hashed(kinds: 15)
      Guest.control(.control(ControlRequests.Ask.setAlgorithm, data: [0]), .control(0))
      sendsUnhashed(HashedFlow.all[0].frame())
    }
    connected("no packet of the Internet") {
      hashed(kinds: 15)
      sendsUnhashed(FramePattern(60))
    }
  }

  static let shortKeysAreExtended = Requirement(
    "control/short-key-is-followed-by-zeros",
    .must,
    "the bytes that a short key lacks are zero, so that with no key at all every hash is zero",
    because: "what was behind the key before it was set is another key's, or the host's",
    sources: sources,
    families: XenScript.families,
    hint: "the new key copied over the beginning of the old one"
  ) {
    for (number, length, hash) in [
      (0, 0, 0), (0, 1, 0x9A00_0000), (0, 8, 0x30BE_CF14), (0, 11, 0x136E_9FC3),
      (5, 0, 0), (5, 8, 0xF15C_9CD7), (5, 39, 0x4020_7D1E),
    ] as [(Int, Int, UInt32)] {
      let flow = HashedFlow.all[number]
      connected("flow \(number), \(length) bytes") {
        hashed(kinds: 15)
        setsKey(length)
        sends(flow.frame(), hash: hash, kind: flow.kind)
      }
    }
  }

  static let newKeyCountsAtOnce = Requirement(
    "control/new-key-counts-at-once",
    .must,
    "packets behind the answer to a new key are hashed with it, also those of flows that were hashed "
      + "before",
    because:
      "hashes are kept by flow, since they are dear; those of the old key send packets to queues "
      + "where nobody expects them any more",
    sources: sources + ["Linux drivers/net/xen-netback/hash.c"],
    families: XenScript.families,
    hint: "hashes that were kept not thrown away with the key"
  ) {
    for number in [0, 5] {
      let flow = HashedFlow.all[number]
      connected("flow \(number)") {
        hashed(kinds: 15)
        sends(flow.frame(), hash: flow.withPorts, kind: flow.kind)
        setsKey(0)
        sends(flow.frame(), hash: 0, kind: flow.kind)
        setsKey(40)
        sends(flow.frame(), hash: flow.withPorts, kind: flow.kind)
      }
    }
  }
}

// What the scripts do.
extension Hashing {
  /// A script with two queues, whose first one is the only one for a netback that knows no others.
  static func connected(_ name: String, @StepBuilder _ steps: () -> [Step]) -> Script {
    let keys = ["tx-ring-ref", "rx-ring-ref", "event-channel"]
    let flat = Dictionary(uniqueKeysWithValues: keys.map { ($0, "@queue-0/\($0)") })
    return XenScript.connected(name, on: bench, changing: flat) {
      Guest.offer(.controlRing, "feature-ctrl-ring")
      Guest.post(8, in: .receive(0))
      Guest.post(8, in: .receive(1))
      steps()
    }
  }

  @StepBuilder
  static func hashed(kinds: Int) -> [Step] {
    Guest.control(ControlRequests.toeplitz, .control(0))
    Guest.control(.control(ControlRequests.Ask.setFlags, data: [kinds]), .control(0))
    Guest.store(HashedFlow.key, page: 1, of: .control)
    setsKey(HashedFlow.key.count)
  }

  static func setsKey(_ length: Int) -> [Step] {
    Guest.control(.control(ControlRequests.Ask.setKey, data: [length], page: 1), .control(0))
  }

  static func stores(_ table: [UInt8]) -> Step {
    Guest.store(table.flatMap { [$0, 0, 0, 0] }, page: 2, of: .control)
  }

  @StepBuilder
  static func sets(_ table: [UInt8]) -> [Step] {
    stores(table)
    Guest.control(.control(ControlRequests.Ask.setSize, data: [table.count]), .control(0))
    Guest.control(
      .control(ControlRequests.Ask.setTable, data: [table.count, 0], page: 2),
      .control(0)
    )
  }

  @StepBuilder
  static func sends(
    _ frame: FramePattern,
    hash: UInt32,
    kind: UInt8,
    by table: [UInt8] = [0, 1]
  ) -> [Step] {
    let chosen = Int(table[Int(hash) % table.count])
    let extra = XenResponse.extra(type: 4, payload: XenExtra.hash(hash, kind))
    Step.send(frame)
    for queue in 0..<2 {
      Guest.responses(
        .controlRing,
        [
          "offered": queue == chosen ? [.data(frame.length, flags: 8), extra] : [],
          "missing": queue == 0 ? [.data(frame.length)] : [],
        ],
        of: .receive(queue)
      )
      Guest.received(
        .controlRing,
        ["offered": queue == chosen ? [frame] : [], "missing": queue == 0 ? [frame] : []],
        queue: queue
      )
    }
  }

  @StepBuilder
  static func sendsUnhashed(_ frame: FramePattern) -> [Step] {
    Step.send(frame)
    Guest.responses([.data(frame.length)], of: .receive(0))
    Guest.responses([], of: .receive(1))
    Guest.received([frame])
  }
}
