internal import NetBackend

/// Where frames go on a VALE switch.
enum Switching {
  static let all = [
    groupsReachAllOthers, knownStationGetsItsFrames, unknownStationIsLookedForEverywhere,
    groupsAreNotLearned, ownStationIsNotReached, stationsMayMove, flagsDoNotSteer,
    switchesAreSeparate, orderIsKept, portsWithoutReceiveRingAreSkipped,
  ]

  static let groupsReachAllOthers = Requirement(
    "switch/groups-reach-all-others",
    .must,
    "a frame to everybody or to a group reaches every other port once, and never its sender",
    because:
      "address requests go to everybody: a port that is left out cannot be talked to, and one that "
      + "hears itself takes its own address for somebody else's",
    sources: ["netmap utils/tests/021", "netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "a loop over the ports that ends at the first, or does not leave out the sender's"
  ) {
    for group in Station.groups {
      for length in [14, 60, 1514, 2049, 9014] {
        let frame = FramePattern.from(Station.first.address, to: group, length: length)
        Script("\(Notation.bytes(group)), \(length) bytes", bench: .oneSwitch) {
          Step.openBoth
          Step.send(frame)
          Step.receive(frame).on(1)
          Step.collect(frame)
          Step.collect(frame).on(1)
          Step.peek
          Step.peek.on(1)
        }
      }
    }
  }

  static let knownStationGetsItsFrames = Requirement(
    "switch/known-station-gets-its-frames",
    .must,
    "a frame to a station that has sent before reaches its port and no other",
    because: "what everybody gets, everybody can read, and pays for",
    sources: ["netmap utils/tests/007", "netmap_vale.c, netmap_vale_learning"],
    families: ["vale"],
    hint: "the destination looked up under the source's address, or never"
  ) {
    for length in [14, 60, 61, 1514, 2048, 2049, 9014, 65_535] {
      Script("\(length) bytes", bench: .oneSwitch) {
        Step.openBoth
        Step.introduceSecond
        Step.passage(seed: 2, length: length)
        Step.peek
      }
    }
    Script("both ways, 50 times", bench: .oneSwitch) {
      let there = FramePattern.from(.first, to: .second, seed: 1)
      let back = FramePattern.from(.second, to: .first, seed: 2)
      Step.openBoth
      Step.introduceSecond
      Step.repeated(50) {
        Step.send(there)
        Step.receive(there).on(1)
        Step.send(back).on(1)
        Step.receive(back)
      }
      Step.collect()
      Step.collect().on(1)
    }
  }

  static let unknownStationIsLookedForEverywhere = Requirement(
    "switch/unknown-station-is-looked-for-everywhere",
    .must,
    "a frame to a station that has never sent reaches every other port once",
    because: "a station that only listens would never be found",
    sources: ["netmap_vale.c, netmap_vale_learning"],
    families: ["vale"],
    hint: "an address that is not in the table taken for one that does not exist"
  ) {
    for length in [14, 60, 1514, 9014] {
      let frame = FramePattern.from(.first, to: .nobody, length: length)
      Script("\(length) bytes", bench: .oneSwitch) {
        Step.openBoth
        Step.introduceSecond
        Step.send(frame)
        Step.receive(frame).on(1)
        Step.collect(frame)
        Step.collect(frame).on(1)
        Step.peek
      }
    }
  }

  static let groupsAreNotLearned = Requirement(
    "switch/groups-are-not-learned",
    .must,
    "a source address that is a group's is not learned: frames to the group still reach all",
    because: "one frame with a forged source would draw the traffic of a group to its sender",
    sources: ["netmap_vale.c, netmap_vale_learning", Source.netmapMeasured],
    families: ["vale"],
    hint: "no look at the group bit of the source"
  ) {
    for group in Station.groups {
      Script(Notation.bytes(group), bench: .oneSwitch) {
        let forged = FramePattern.from(group, to: Station.nobody.address, seed: 3)
        let frame = FramePattern.from(Station.first.address, to: group, seed: 4)
        Step.openBoth
        Step.send(forged).on(1)
        Step.receive(forged)
        Step.send(frame)
        Step.receive(frame).on(1)
        Step.collect(forged, frame)
        Step.collect(forged, frame).on(1)
      }
    }
  }

  static let ownStationIsNotReached = Requirement(
    "switch/own-station-is-not-reached",
    .must,
    "a frame to a station behind the sender's own port reaches nobody, and is no error",
    because: "sent on, it would be a copy of what that station has already heard on its own wire",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "the sender's port not compared with the one that was found"
  ) {
    for length in [60, 1514, 9014] {
      let hello = FramePattern.from(.first, to: .nobody, seed: 5)
      let frame = FramePattern.from(.nobody, to: .first, length: length, seed: 6)
      Script("\(length) bytes", bench: .oneSwitch) {
        Step.openBoth
        Step.send(hello)
        Step.receive(hello).on(1)
        Step.collect(hello)
        Step.collect(hello).on(1)
        Step.send(frame)
        Step.peek
        Step.peek.on(1)
        Step.collect()
        Step.collect().on(1)
      }
    }
  }

  static let stationsMayMove = Requirement(
    "switch/stations-may-move",
    .must,
    "frames follow a station that has sent from another port since",
    because: "a guest that was moved is otherwise unreachable until the table forgets it",
    sources: ["netmap_vale.c, netmap_vale_learning", Source.netmapMeasured],
    families: ["vale"],
    hint: "an address that is known already not entered again"
  ) {
    Script("from the second port to the first", bench: .oneSwitch) {
      let before = FramePattern.from(.nobody, to: .first, seed: 6)
      let after = FramePattern.from(.nobody, to: .second, seed: 7)
      let frame = FramePattern.from(.second, to: .nobody, seed: 8)
      Step.openBoth
      Step.introduceSecond
      Step.send(before).on(1)
      Step.receive(before)
      Step.collect(before)
      Step.collect(before).on(1)
      Step.send(after)
      Step.receive(after).on(1)
      Step.send(frame).on(1)
      Step.receive(frame)
      Step.collect()
      Step.collect().on(1)
    }
  }

  static let flagsDoNotSteer = Requirement(
    "switch/flags-do-not-steer",
    .may,
    "a destination port, a report or the wish not to be learned, in the flags of a sent slot, change "
      + "nothing, and do not reach the receiver",
    because:
      "the header file speaks of them, but the switch of today does not know them: who relies "
      + "on them sends to the wrong port",
    sources: ["netmap.h, NS_NO_LEARN and NS_PORT_MASK", Source.netmapMeasured],
    families: ["vale"],
    hint: "flags copied from slot to slot"
  ) {
    for flags in [0x0002, 0x0008, 0x0100, 0x070A, 0xFF00] {
      let frame = FramePattern.from(.first, to: .second, seed: 9)
      Script("flags 0x" + String(flags, radix: 16), bench: .oneSwitch) {
        Step.openBoth
        Step.introduceSecond
        Step.publish(frame, slots: [SlotPattern(length: 60, flags: flags)], to: .transmit)
        Step.slots(of: .receive, from: 0, [SlotPattern(length: 60, flags: 0x0100)]).on(1)
        Step.receive(frame).on(1)
        Step.collect()
        Step.collect().on(1)
      }
    }
  }

  static let switchesAreSeparate = Requirement(
    "switch/switches-are-separate",
    .must,
    "a frame does not leave the switch it was sent on, whatever the name of the port",
    because: "names are all that keeps two guests' networks apart",
    sources: ["vale(4)"],
    families: ["vale"],
    hint: "ports looked up by the name behind the colon alone, or the switch's name cut"
  ) {
    for name in ["vale7:2", "vale00:1", "valeX:1", "vale0_:1"] {
      Script("vale0:1 and \(name)", bench: .oneSwitch) {
        let frame = FramePattern.from(.first, to: .second)
        Step.open()
        Step.open(name).on(1)
        Step.send(frame)
        Step.peek.on(1)
        Step.collect(frame)
        Step.send(frame).on(1)
        Step.peek
      }
    }
  }

  static let orderIsKept = Requirement(
    "switch/order-is-kept",
    .must,
    "frames from one port to another arrive in the order they were sent, also among frames to others",
    because: "a connection whose segments overtake each other halves its window each time",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "unicast and broadcast queued apart, and put together in any order"
  ) {
    for seed in 1...4 as ClosedRange<UInt64> { mixture(seed) }
  }

  private static func mixture(_ seed: UInt64) -> Script {
    var generator = SeededGenerator(seed)
    let frames = (1...60).map { number in
      let isForAll = Bool.random(using: &generator)
      return FramePattern.from(
        Station.first.address,
        to: isForAll ? Station.groups[0] : Station.second.address,
        length: Int.random(in: 14...3000, using: &generator),
        seed: number
      )
    }
    return Script("60 frames, seed \(seed)", bench: .oneSwitch) {
      Step.openBoth
      Step.introduceSecond
      for frame in frames { Step.send(frame) }
      for frame in frames { Step.receive(frame).on(1) }
      Step.peek.on(1)
      let toAll = frames.filter { $0.bytes?.first == 0xFF }
      Step(.collect(count: toAll.count), allowed: [Outcome(.frames(toAll))])
    }
  }

  static let portsWithoutReceiveRingAreSkipped = Requirement(
    "switch/ports-without-receive-ring-are-skipped",
    .must,
    "a port that only sends is passed over, and the others get their frames",
    because: "the switch once followed the ring that was not there",
    sources: ["netmap commit 9d9e5db3"],
    families: ["vale"],
    untestable: "a backend always binds a ring to receive from, so no port of the suite lacks one"
  )
}
