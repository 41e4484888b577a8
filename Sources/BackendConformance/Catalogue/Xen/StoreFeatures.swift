internal import NetBackend

/// What a frontend says in the store of what it can take.
enum StoreFeatures {
  static let all = [
    zeroIsAsAbsent, checksumsGoAsToldTo, segmentsGoAsToldTo,
  ]

  private static let headers: Step = Step.setFeatures(
    [.checksum, .hostTCP4, .hostTCP6],
    headerLength: UnfinishedFrame.headerLength
  )

  static let zeroIsAsAbsent = Requirement(
    "xenstore/zero-is-as-absent",
    .must,
    "a key that is 0, or no number, means the same as one that is not there",
    because: "frontends write 0 for what they cannot do, and get what they cannot take",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "a look at whether the key is there"
  ) {
    for (name, value) in [("absent", nil), ("0", "0"), ("empty", ""), ("no number", "x")] {
      connected("feature-no-csum-offload \(name)", ["feature-no-csum-offload": value]) {
        left(UnfinishedFrame(ip6: false, payload: 100))
      }
      connected("feature-ipv6-csum-offload \(name)", ["feature-ipv6-csum-offload": value]) {
        filledIn(UnfinishedFrame(ip6: true, payload: 100))
      }
      for isIP6 in [false, true] {
        let key = "feature-gso-tcpv\(isIP6 ? 6 : 4)"
        connected("\(key) \(name)", [key: value]) {
          cut(UnfinishedFrame(ip6: isIP6, payload: 3000))
        }
      }
      connected("feature-sg \(name)", ["feature-sg": value]) {
        cut(UnfinishedFrame(ip6: false, payload: 3000))
      }
      XenScript.connected("feature-rx-notify \(name)", changing: ["feature-rx-notify": value]) {
        Step.send(StoreSteps.frame)
        Step.advanceClock(second)
        Guest.post(1)
        Guest.raise(.receive)
        Guest.responses([], of: .receive)
      }
    }
  }

  static let checksumsGoAsToldTo = Requirement(
    "xenstore/checksums-go-as-told-to",
    .must,
    "a checksum is left to the frontend unless it has declined that, over IPv6 only if it has asked for "
      + "it, and is filled in otherwise",
    because: "a guest that does not know of unfinished checksums drops each frame that has one",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "one key looked at for both protocols"
  ) {
    for declined in ["0", "1"] {
      for asked in ["0", "1"] {
        for payload in [6, 100, 101] {
          let keys = ["feature-no-csum-offload": declined, "feature-ipv6-csum-offload": asked]
          connected("declined \(declined), IPv6 \(asked), \(payload) bytes", keys) {
            let (ip4, ip6) = (
              UnfinishedFrame(ip6: false, payload: payload),
              UnfinishedFrame(ip6: true, payload: payload)
            )
            if declined == "1" { filledIn(ip4) } else { left(ip4) }
            if asked == "1" { left(ip6) } else { filledIn(ip6) }
          }
        }
      }
    }
  }

  static let segmentsGoAsToldTo = Requirement(
    "xenstore/segments-go-as-told-to",
    .must,
    "a frame that is to be cut goes whole to a frontend that takes it over its protocol and takes "
      + "several slots, and is cut for any other",
    because: "a guest takes what it did not ask for as one frame that is too long",
    sources: [Source.netif, Source.netbackMeasured, "Linux drivers/net/xen-netfront.c"],
    families: XenScript.families,
    hint: "one key looked at for both protocols, or the key without feature-sg"
  ) {
    for several in ["0", "1"] {
      for ip4 in ["0", "1"] {
        for ip6 in ["0", "1"] {
          let keys = [
            "feature-sg": several, "feature-gso-tcpv4": ip4, "feature-gso-tcpv6": ip6,
          ]
          let name = "feature-sg \(several), IPv4 \(ip4), IPv6 \(ip6)"
          for (protocols, value, isIP6) in [("IPv4", ip4, false), ("IPv6", ip6, true)] {
            connected("\(name): a frame of \(protocols)", keys) {
              let frame = UnfinishedFrame(ip6: isIP6, payload: 3000)
              if several == "1" && value == "1" { whole(frame) } else { cut(frame) }
            }
          }
        }
      }
    }
  }
}

// What becomes of unfinished frames.
extension StoreFeatures {
  private static let second: UInt64 = 1_000_000_000

  private static func connected(
    _ name: String,
    _ changes: [String: String?],
    @StepBuilder steps: () -> [Step]
  ) -> Script {
    Script(name, bench: XenScript.bench()) {
      Step.open()
      headers
      Guest.connect(changes)
      steps()
    }
  }

  @StepBuilder private static func left(_ frame: UnfinishedFrame) -> [Step] {
    Guest.post(1)
    Step.send(frame.unsummed)
    Guest.responses([.data(frame.bytes.count, flags: 3)], of: .receive)
    Guest.received([frame.plain])
  }

  @StepBuilder private static func filledIn(_ frame: UnfinishedFrame) -> [Step] {
    Guest.post(1)
    Step.send(frame.unsummed)
    // Whoever has filled it in may say that it is right.
    Guest.responses([.data(frame.bytes.count)], of: .receive).allowing(
      Outcome(.xen(.responses([.data(frame.bytes.count, flags: 0)]))),
      Outcome(.xen(.responses([.data(frame.bytes.count, flags: 1)])))
    )
    Guest.received([frame.completed])
  }

  @StepBuilder private static func whole(_ frame: UnfinishedFrame) -> [Step] {
    let size = UnfinishedFrame.segmentSize
    Guest.post(2)
    Step.send(frame.uncut)
    Guest.responses(
      [
        .data(frame.bytes.count, flags: 0xB),
        .extra(type: 1, payload: XenExtra.segmentation(size, frame.isIP6 ? 2 : 1)),
      ],
      of: .receive
    )
    Guest.received([frame.plain])
  }

  @StepBuilder private static func cut(_ frame: UnfinishedFrame) -> [Step] {
    Guest.post(4)
    Step.send(frame.uncut)
    Guest.responses(frame.segmentLengths.map { .data($0, flags: nil) }, of: .receive)
  }
}
