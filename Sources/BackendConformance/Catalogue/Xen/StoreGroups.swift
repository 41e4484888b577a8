/// The groups whose frames a frontend wants, and the keys that say that there are such lists.
enum StoreGroups {
  static let all = [groupsAreFilteredWhenAsked, filterFollowsTheKey]

  private static let choice = XenChoice.multicastControl.rawValue
  private static let request = "request-multicast-control"
  private static let group: [UInt8] = [0x01, 0x00, 0x5E, 0x00, 0x00, 0xFB]
  private static let wanted = addressed(group)
  private static let unwanted = addressed([0x01, 0x00, 0x5E, 0x00, 0x00, 0xFC])
  private static let broadcast = addressed([UInt8](repeating: 0xFF, count: 6))
  private static let own = addressed([0x00, 0x16, 0x3E, 0x00, 0x00, 0x01])

  private static func addressed(_ address: [UInt8]) -> FramePattern {
    FramePattern(bytes: address + FramePattern(60).contents().dropFirst(6))
  }

  /// The frontend asks for a group, which a netback without such lists may refuse.
  @StepBuilder private static var join: [Step] {
    Guest.transmit([.last(0, flags: XenSlot.Flag.extra, id: 48), .group(group)])
    Step.peek
    StoreSteps.either(
      .responses(.transmit),
      choice,
      [
        (nil, .responses([.okay(48), .null])), ("offered", .responses([.okay(48), .null])),
        ("missing", .responses([.error(48), .null])),
      ]
    )
  }

  /// Sends frames, of which these arrive.
  @StepBuilder private static func send(
    _ frames: [FramePattern],
    _ choice: String? = nil,
    arriving alternatives: [(label: String?, frames: [FramePattern])]
  ) -> [Step] {
    Guest.post(frames.count)
    for frame in frames { Step.send(frame) }
    Step(
      .xen(.received(queue: 0)),
      allowed: alternatives.map { Outcome(.frames($0.frames), label: $0.label) },
      choice: choice
    )
  }

  static let groupsAreFilteredWhenAsked = Requirement(
    "xenstore/groups-are-filtered-when-asked",
    .must,
    "frames to groups that the frontend has not asked for are kept from it only if it has asked for that "
      + "and the netback has offered it",
    because: "a frontend that knows nothing of such lists never hears of its neighbours",
    sources: [Source.netif, "Linux drivers/net/xen-netback/netback.c"],
    families: XenScript.families,
    hint: "the filter on as soon as there is a list"
  ) {
    let all = [wanted, unwanted, broadcast, own]
    for value in [nil, "0", "x"] {
      XenScript.connected(value.map { "“\($0)”" } ?? "not asked", changing: [request: value]) {
        send(all, arriving: [(nil, all)])
        join
        send(all, arriving: [(nil, all)])
      }
    }
    XenScript.connected("asked", changing: [request: "1"]) {
      StoreSteps.offer("feature-multicast-control", choice)
      send(all, choice, arriving: [("offered", [broadcast, own]), ("missing", all)])
      join
      send(all, choice, arriving: [("offered", [wanted, broadcast, own]), ("missing", all)])
    }
  }

  static let filterFollowsTheKey = Requirement(
    "xenstore/filter-follows-the-key",
    .should,
    "a netback that has offered it switches the filter whenever the frontend changes its mind, and keeps "
      + "the list meanwhile",
    because: "a guest that begins to watch its network sees a part of it",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the key read when the frontend connects, and never again"
  ) {
    let dynamic = "feature-dynamic-multicast-control"
    let all = [wanted, unwanted]
    XenScript.connected("on, off and on again", changing: [request: "0"]) {
      StoreSteps.offer(dynamic, dynamic)
      join
      send(all, arriving: [(nil, all)])
      for value in ["1", "0", "1", nil] {
        Guest.write(request, value)
        if value == "1" {
          send(all, dynamic, arriving: [("offered", [wanted]), ("missing", all)])
        } else {
          send(all, arriving: [(nil, all)])
        }
      }
    }
  }
}
