/// How long, how much and how far: what the store says of time and of lengths.
enum StoreLimits {
  static let all = [
    silentFrontendIsNotWaitedFor, longestFrameIsTheHosts, rateFollowsTheKey,
  ]

  private static let second: UInt64 = 1_000_000_000

  static let silentFrontendIsNotWaitedFor = Requirement(
    "xenstore/silent-frontend-is-not-waited-for",
    .must,
    "what waits for a frontend that does not tell when it has posted pages is soon given up and counted, "
      + "and the frontend is never taken for dead",
    because: "nothing wakes the netback when there is room again: its queue is full for good",
    sources: [Source.netif, "Linux drivers/net/xen-netback/rx.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "feature-rx-notify taken for granted"
  ) {
    let later = FramePattern(60, seed: 32)
    for span in [second, 61 * second, 3600 * second] {
      let seconds = span / second
      XenScript.connected("\(seconds) s, silent", changing: ["feature-rx-notify": nil]) {
        Step.send(StoreSteps.frame)
        Step.advanceClock(span)
        Step.drops(1...1)
        Step.send(later)
        Guest.post(1)
        Guest.raise(.receive)
        Guest.received([later])
        Step.drops(1...1)
      }
    }
    XenScript.connected("1 s, telling", changing: ["feature-rx-notify": "1"]) {
      Step.send(StoreSteps.frame)
      Step.advanceClock(second)
      Guest.post(1)
      Guest.received([StoreSteps.frame])
      Step.drops(0...0)
    }
  }

  static let longestFrameIsTheHosts = Requirement(
    "xenstore/longest-frame-is-the-hosts",
    .should,
    "the longest frame is that of the host's key mtu, and of 1500 bytes without the key, or if the "
      + "frontend takes no packets of several slots",
    because: "longer frames are lost in a bridge, or at a frontend, that was told less",
    sources: ["Xen tools/libs/light/libxl_nic.c", "xcp-ng/win-xenvif", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the key read when the interface is opened, or in the frontend's directory"
  ) {
    let several: [(text: String?, length: Int)] = [
      (nil, 1500), ("1500", 1500), ("9000", 9000), ("68", 68), ("1280", 1280), ("x", 1500),
      ("67", 1500), ("4294967295", 1500),
    ]
    for (text, length) in several {
      longest(length, "mtu \(text ?? "not said")", configured: text, "1")
    }
    longest(1500, "mtu 9000, without feature-sg", configured: "9000", "0")
  }

  private static func longest(
    _ length: Int,
    _ name: String,
    configured text: String?,
    _ several: String
  ) -> Script {
    Script(name, bench: XenScript.bench()) {
      Guest.configure("mtu", text)
      Step.open()
      Guest.connect(["feature-sg": several, "mtu": "4000"])
      Guest.post(4)
      Step.send(FramePattern(length + 14, seed: 3))
      Guest.received([FramePattern(length + 14, seed: 3)])
      Step.send(FramePattern(length + 15, seed: 4)).allowing(.error("frameTooLong"))
      Guest.received([])
    }
  }

  static let rateFollowsTheKey = Requirement(
    "xenstore/rate-follows-the-key",
    .should,
    "how much a frontend may send is what the host says at the time: less from when it says less, and at "
      + "once what waited when it says more",
    because:
      "a guest that misbehaves cannot be slowed down, or a customer that has paid not sped up",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: xen_net_rate_changed"],
    families: XenScript.families,
    hint: "the key read when the frontend connects, and never again"
  ) {
    XenScript.connected("said while connected") {
      sent(1)
      Guest.configure("rate", "1000,1000000")
      sent(2)
      held(3)
      Step.advanceClock(1_000_000_000)
      Step.receive(numbered(3))
      Guest.responses([.okay(3)])
    }
    for (name, rate) in [("taken back", nil), ("no rate", "x"), ("more", "100000,1000")] {
      Script(name, bench: XenScript.bench()) {
        Guest.configure("rate", "1000,1000000")
        Step.open()
        Guest.connect()
        sent(1)
        held(2)
        Guest.configure("rate", rate)
        Step.advanceClock(rate == "100000,1000" ? 1_000_000_000 : 0)
        Step.receive(numbered(2))
        Guest.responses([.okay(2)])
        sent(3)
        sent(4)
      }
    }
  }

  private static func numbered(_ number: Int) -> FramePattern { FramePattern(1000, seed: number) }

  @StepBuilder private static func sent(_ number: Int) -> [Step] {
    Guest.transmit([.last(1000, id: number)], numbered(number))
    Step.receive(numbered(number))
    Guest.responses([.okay(number)])
  }

  @StepBuilder private static func held(_ number: Int) -> [Step] {
    Guest.transmit([.last(1000, id: number)], numbered(number))
    Step.peek
    Guest.responses([])
  }
}
