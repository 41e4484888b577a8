/// Hashes in extra slots, in both directions.
enum HashExtras {
  static let all = [toldExactly, toldOnlyIfAskedFor, transmittedChangesNothing]

  /// The key that the known values are for.
  private static let key: [UInt8] = [
    0x6D, 0x5A, 0x56, 0xDA, 0x25, 0x5B, 0x0E, 0xC2, 0x41, 0x67, 0x25, 0x3D, 0x43, 0xA3, 0x8F, 0xB0,
    0xD0, 0xCA, 0x2B, 0xCB, 0xAE, 0x7B, 0x30, 0xB4, 0x77, 0xCB, 0x2D, 0xA3, 0x80, 0x30, 0xF2, 0x0C,
    0x6A, 0x42, 0xB7, 0x3B, 0xBE, 0xAC, 0x01, 0xFA,
  ]

  /// A flow whose hashes are known.
  private struct Flow {
    let addresses: [UInt8]
    let ports: [UInt8]
    /// The hash of the addresses, and that of addresses and ports.
    let plain, withPorts: UInt32

    func frame(_ kind: InternetFrame.Kind) -> InternetFrame {
      InternetFrame(kind, payload: 40) {
        $0.addresses = addresses
        $0.ports = ports
      }
    }
  }

  private static let flow4 = Flow(
    addresses: [66, 9, 149, 187, 161, 142, 100, 80],
    ports: [0x0A, 0xEA, 0x06, 0xE6],
    plain: 0x323E_8FC2,
    withPorts: 0x51CC_C178
  )
  private static let otherFlow4 = Flow(
    addresses: [38, 27, 205, 30, 209, 142, 163, 6],
    ports: [0xBC, 0x64, 0x08, 0xA9],
    plain: 0x8298_9176,
    withPorts: 0xAFC7_327F
  )
  private static let flow6 = Flow(
    addresses: [
      0x3F, 0xFE, 0x25, 0x01, 0x02, 0x00, 0x1F, 0xFF, 0, 0, 0, 0, 0, 0, 0, 7, 0x3F, 0xFE, 0x25,
      0x01,
      0x02, 0x00, 0x00, 0x03, 0, 0, 0, 0, 0, 0, 0, 1,
    ],
    ports: [0x0A, 0xEA, 0x06, 0xE6],
    plain: 0x2CC1_8CD5,
    withPorts: 0x4020_7D3D
  )

  private static let bench = XenScript.bench(queues: 2, hasControl: true)

  /// Asks for hashes of these kinds, on the control ring of a netback that has one.
  private static func ask(types: Int, algorithm: Int = 1) -> [Step] {
    func asked(_ request: XenSlot) -> [Step] {
      [
        Guest.put([request], in: .control), Guest.show(.control),
        Guest.responses(
          .controlRing,
          ["offered": [.control(0)], "missing": []],
          of: .control
        ),
      ]
    }
    let set = asked(.control(7, data: [algorithm]))
    guard algorithm == 1 else { return set }
    return set + [Guest.store(key, page: 0, of: .control)]
      + asked(.control(3, data: [40], page: 0)) + asked(.control(2, data: [types]))
  }

  /// Sends a frame, which is to come in a queue with an extra that tells its hash, or without one.
  ///
  /// A netback of one queue does not connect to a frontend of two.
  private static func passage(_ frame: FramePattern, _ hash: (UInt32, kind: UInt8)?) -> [Step] {
    let queue = Int((hash?.0 ?? 0) % 2)
    let extras = hash.map {
      [XenResponse.extra(type: 4, payload: XenExtra.hash($0.0, $0.kind))]
    }
    let choice = XenChoice.queues.rawValue
    let sent = Step.send(frame)
      .allowing(.length(frame.length).labelled("several"), .error("linkDown").labelled("one"))
      .choosing(choice)
    let received = Guest.received([frame], queue: queue)
      .allowing(.frames(frame).labelled("several"), .noFrames.labelled("one")).choosing(choice)
    return Guest.post(2, in: .receive(0)) + Guest.post(2, in: .receive(1)) + [
      sent,
      Guest.responses(
        .queues,
        ["several": ReceivedSlots.of(frame.length, extras: extras ?? []), "one": []],
        of: .receive(queue)
      ),
      Guest.responses([], of: .receive(1 - queue)), received,
    ]
  }

  static let toldExactly = Requirement(
    "offload/hash-is-told-exactly",
    .must,
    "a frame that has been hashed comes with an extra that tells the number of its kind, the algorithm, "
      + "and the hash, lowest byte first",
    because:
      "the frontend steers by it: a byte in the wrong place scatters one flow over all processors",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the bit of the kind in place of its number, or the hash in the order of the network"
  ) {
    for (kind, flow, number, value) in [
      (InternetFrame.Kind.tcp4, flow4, 1, flow4.withPorts), (.udp4, flow4, 0, flow4.plain),
      (.tcp4, otherFlow4, 1, otherFlow4.withPorts), (.udp4, otherFlow4, 0, otherFlow4.plain),
      (.tcp6, flow6, 3, flow6.withPorts), (.udp6, flow6, 2, flow6.plain),
    ] as [(InternetFrame.Kind, Flow, UInt8, UInt32)] {
      XenScript.connected("\(kind.rawValue), hash \(String(value, radix: 16))", on: bench) {
        ask(types: 15)
        passage(flow.frame(kind).complete, (value, kind: number))
      }
    }
  }

  static let toldOnlyIfAskedFor = Requirement(
    "offload/hash-is-told-only-if-asked-for",
    .should,
    "a frame comes without a hash if no algorithm was set, or nothing of the frame is of a kind that was "
      + "asked for",
    because:
      "a frontend that has not asked takes the extra for one it does not know, and drops the frame",
    sources: [
      Source.netif, Source.netbackMeasured, "Linux drivers/net/xen-netback/hash.c",
      "win-xenvif 755d8bd",
    ],
    families: XenScript.families,
    hint: "every frame hashed once there is a key"
  ) {
    let frames: [(String, FramePattern)] = [
      ("TCP over IPv4", flow4.frame(.tcp4).complete),
      ("UDP over IPv4", flow4.frame(.udp4).complete),
      ("TCP over IPv6", flow6.frame(.tcp6).complete), ("EtherType 0x88B5", FramePattern(60)),
    ]
    for (name, frame) in frames {
      XenScript.connected("\(name), nothing asked", on: bench) { passage(frame, nil) }
      XenScript.connected("\(name), no algorithm", on: bench) {
        ask(types: 0, algorithm: 0)
        passage(frame, nil)
      }
      XenScript.connected("\(name), no kinds", on: bench) {
        ask(types: 0)
        passage(frame, nil)
      }
    }
    for (name, types, frame, hash) in kinds {
      XenScript.connected(name, on: bench) {
        ask(types: types)
        passage(frame.complete, hash)
      }
    }
  }

  /// What is asked for, a frame, and the hash that goes with it, if any does.
  private static let kinds: [(String, Int, InternetFrame, (UInt32, kind: UInt8)?)] = [
    ("addresses of IPv4, TCP", 1, flow4.frame(.tcp4), (flow4.plain, kind: 0)),
    ("addresses of IPv4, IPv6", 1, flow6.frame(.tcp6), nil),
    ("ports of IPv4, UDP", 2, flow4.frame(.udp4), nil),
    ("IPv4, IPv6", 3, flow6.frame(.udp6), nil), ("IPv6, IPv4", 12, flow4.frame(.tcp4), nil),
    ("addresses of IPv6, TCP", 4, flow6.frame(.tcp6), (flow6.plain, kind: 2)),
  ]

  static let transmittedChangesNothing = Requirement(
    "offload/transmitted-hash-changes-nothing",
    .may,
    "a packet with an extra that tells its hash arrives as it is, whatever the hash; a netback that does "
      + "not know the extra refuses the packet",
    because: "the hash is a hint about queues; a frontend that gets it wrong has lost nothing",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the hash trusted as an index"
  ) {
    let frame = FramePattern(100)
    for (value, kind) in [(0xFFFF_FFFF, 1), (0, 0), (0x51CC_C178, 3), (1, 255)] as [(UInt32, UInt8)]
    {
      XenScript.connected("hash \(value), kind \(kind)") {
        Guest.transmit(
          [.last(100, flags: XenSlot.Flag.extra, id: 1), .hash(value, kind: kind)],
          frame
        )
        Step.receive(into: [100])
          .allowing(.frame(frame).labelled("known"), .nothing.labelled("unknown"))
          .choosing(XenChoice.hashExtra.rawValue)
        Step.peek
        Guest.responses(
          .hashExtra,
          ["known": [.okay(1), .null], "unknown": [.error(1), .null]]
        )
      }
    }
  }
}
