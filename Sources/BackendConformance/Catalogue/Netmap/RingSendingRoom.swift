/// Sending into a ring that has not enough room, now or ever.
enum RingSendingRoom {
  static let all = [
    refusedFrameLeavesNoTrace, frameAfterARefusedOneIsClean, fullRingIsSyncedFirst, waitsAtTheTail,
    currentComesBack, neverFitsIsAnError, atMost64Slots, slowDeviceLosesNothing,
    failingSyncIsReported, unsyncedFrameIsTakenBack,
  ]

  private static let families = RingBench.families
  private static let next = FramePattern(60, seed: 9)
  private static let noRoom: [Outcome] = [.nothing, .error("dropped")]

  /// A ring of short buffers.
  private static func short(_ slots: Int) -> BenchOptions {
    RingBench.with(slots: slots, bufferSize: 64)
  }

  static let refusedFrameLeavesNoTrace = Requirement(
    "ring-send/refused-frame-leaves-no-trace",
    .must,
    "a frame for which there are too few slots moves no index of the kernel's side and no head, and "
      + "nothing of it is ever sent",
    because:
      "half of a frame that is published is a frame to the device, cut where the ring was full",
    sources: [Source.seed(573...580), "netmap(4), TRANSMIT RINGS"],
    families: families,
    hint: "head moved slot by slot while copying"
  ) {
    for size in [2, 3, 5, 8] {
      for free in 0..<size - 1 {
        for needed in free + 1...size - 1 {
          Script("\(needed) slots needed, \(free) of \(size) free", bench: short(size).slow) {
            Step.open()
            Step.fill(size, free: free)
            Step.indices(of: .transmit, head: size - 1 - free, tail: size - 1)
            Step.send(FramePattern(needed * 64)).allowing(any: noRoom)
            Step.indices(of: .transmit, head: size - 1 - free, tail: size - 1)
            Step.limitTransmit(nil)
            Step.sendOnceThereIsRoom(next, after: Step.filling(size, free: free))
          }
        }
      }
    }
    for free in 0...3 {
      Script("a kernel that frees nothing, \(free) of 8 slots free", bench: short(8)) {
        Step.open()
        Step.place(.transmit, head: 6, tail: (6 + free) % 8)
        Step.fault("NIOCTXSYNC", times: 100, .returns(0))
        Step.send(FramePattern(free * 64 + 14)).allowing(any: noRoom)
        Step.indices(of: .transmit, head: 6, tail: (6 + free) % 8)
      }
    }
  }

  static let frameAfterARefusedOneIsClean = Requirement(
    "ring-send/frame-after-a-refused-one-is-clean",
    .must,
    "the slots of a frame that was refused leave nothing in those of the next frame",
    because: "the flag for more of the dropped chain makes the next frame wait for an end that "
      + "never comes: a switch was seen to hang on it",
    sources: [Source.seed(570...580), "netmap commit 7590e673"],
    families: families,
    hint: "slots that are written before it is known that there are enough"
  ) {
    for size in [3, 5, 8] {
      for free in 1..<size - 1 {
        Script("\(free) of \(size) slots were free", bench: short(size).slow) {
          Step.open()
          Step.fill(size, free: free)
          Step.send(FramePattern(free * 64 + 14)).allowing(any: noRoom)
          Step.send(next)
          Step.slots(of: .transmit, from: size - 1 - free, [.last(60)])
          Step.limitTransmit(nil)
          Step.sendOnceThereIsRoom(
            FramePattern(60, seed: 10),
            after: Step.filling(size, free: free) + [next]
          )
        }
      }
    }
  }

  static let fullRingIsSyncedFirst = Requirement(
    "ring-send/full-ring-is-synced-first",
    .should,
    "a send that finds too few slots has the kernel take back those it is done with, and tries again",
    because:
      "on a card and on a pipe the slots of sent frames come back at a sync only: the frame is "
      + "dropped although there is room",
    sources: [Source.seed(536...538)],
    families: families,
    hint: "the sync made after the frame was dropped"
  ) {
    for size in [2, 3, 8, 1000] {
      for needed in Set([1, size / 2, size - 1]).filter({ $0 > 0 && $0 <= 64 }).sorted() {
        Script("\(needed) of \(size) slots needed, none free", bench: short(size).slow) {
          Step.open()
          Step.fill(size)
          Step.limitTransmit(nil)
          Step.send(FramePattern(needed * 64))
          Step.collect(Step.filling(size) + [FramePattern(needed * 64)])
        }
      }
    }
    for free in 0...2 {
      Script("the kernel has not said that more than \(free) are free", bench: short(8)) {
        Step.open()
        Step.place(.transmit, head: 3, tail: 3 + free)
        Step.send(FramePattern(free * 64 + 14))
      }
    }
  }

  static let waitsAtTheTail = Requirement(
    "ring-send/waits-at-the-tail",
    .should,
    "after a frame for which there was no room current is at the tail, and head where it was",
    because:
      "whoever waits until the ring can be written to is woken at once, and again and again, "
      + "as long as current says that the free slots are still news",
    sources: ["netmap commit d6a01bc8", "QEMU net/netmap.c netmap_receive_iov"],
    families: families,
    hint: "current never moved but with head"
  ) {
    for size in [3, 5, 8] {
      for free in 0..<size - 1 {
        Script("\(free) of \(size) slots free", bench: short(size).slow) {
          Step.open()
          Step.fill(size, free: free)
          Step.send(FramePattern(free * 64 + 14)).allowing(any: noRoom)
          Step.indices(of: .transmit, head: size - 1 - free, current: size - 1, tail: size - 1)
        }
      }
    }
    for free in 0...3 {
      Script("a kernel that frees nothing, \(free) of 8 slots free", bench: short(8)) {
        Step.open()
        Step.place(.transmit, head: 6, tail: (6 + free) % 8)
        Step.fault("NIOCTXSYNC", times: 100, .returns(0))
        Step.send(FramePattern(free * 64 + 14)).allowing(any: noRoom)
        Step.indices(of: .transmit, head: 6, current: (6 + free) % 8, tail: (6 + free) % 8)
      }
    }
  }

  static let currentComesBack = Requirement(
    "ring-send/current-comes-back",
    .must,
    "the first send that succeeds after one that found no room leaves head and current together",
    because: "a current left ahead of head is outside of the ring's free part as soon as head has "
      + "passed it, and the kernel then starts the ring again",
    sources: ["netmap.c nm_txsync_prologue"],
    families: families,
    hint: "current moved on from where it is in place of being set"
  ) {
    for size in [3, 5, 8] {
      for free in 1..<size - 1 {
        Script("\(free) of \(size) slots free", bench: short(size).slow) {
          Step.open()
          Step.fill(size, free: free)
          Step.send(FramePattern(free * 64 + 14)).allowing(any: noRoom)
          Step.send(next)
          Step.indices(of: .transmit, head: size - free, current: size - free)
          if free > 1 {
            Step.limitTransmit(nil)
            for round in 1...size {
              let position = (size - free + round) % size
              Step.send(FramePattern(60, seed: 20 + round))
              Step.indices(of: .transmit, head: position, current: position)
            }
          }
        }
      }
    }
  }

  static let neverFitsIsAnError = Requirement(
    "ring-send/frame-that-never-fits-is-an-error",
    .must,
    "a frame that needs more slots than the ring can ever have free is refused as too long",
    because:
      "told that there is no room now, a frontend keeps the frame and tries again for ever, and "
      + "nothing behind it is sent",
    sources: [Source.seed(573...580)],
    families: families,
    hint: "the number of free slots compared, and never that of all of them"
  ) {
    for size in [2, 3, 4, 5, 8] {
      for bufferSize in [64, 512, 2048] {
        let most = (size - 1) * bufferSize
        Script(
          "\(size) slots of \(bufferSize) bytes",
          bench: RingBench.with(slots: size, bufferSize: bufferSize)
        ) {
          Step.open()
          Step.rememberRing(.transmit)
          for length in [most + 1, most + bufferSize, 65_535 + most] {
            Step.send(FramePattern(length)).allowing(.error("frameTooLong"))
          }
          Step.changes(of: .transmit, slots: [], indices: false)
          Step.send(FramePattern(most))
          Step.collect(FramePattern(most))
        }
      }
    }
  }

  static let atMost64Slots = Requirement(
    "ring-send/at-most-64-slots",
    .must,
    "a frame that needs more than 64 slots is refused, and leaves the ring as it was",
    because:
      "no chain may be longer; what reads it may count in a byte, or keep the slots in an array "
      + "of that length",
    sources: ["netmap.h: NETMAP_MAX_FRAGS", "netmap(4)", Source.seed(544...585)],
    families: families,
    hint: "slots counted only against those that are free"
  ) {
    for size in [64, 512, 1024] {
      for length in [63 * size, 64 * size - 1, 64 * size] {
        Script("\(length) bytes, buffers of \(size)", bench: RingBench.with(bufferSize: size)) {
          Step.open()
          Step.send(FramePattern(length))
          Step.collect(FramePattern(length))
        }
      }
      for length in [64 * size + 1, 65 * size, 100 * size, 256 * size] {
        Script(
          "\(length) bytes are refused, buffers of \(size)",
          bench: RingBench.with(bufferSize: size)
        ) {
          Step.open()
          Step.rememberRing(.transmit)
          Step.send(FramePattern(length)).allowing(.error("frameTooLong"))
          Step.changes(of: .transmit, slots: [], indices: false)
          Step.send(next)
          Step.collect(next)
        }
      }
    }
  }

  static let slowDeviceLosesNothing = Requirement(
    "ring-send/slow-device-loses-nothing",
    .must,
    "what was sent while the device took little or nothing stays in the ring, in its order, and no "
      + "frame overwrites one that waits",
    because:
      "a ring that is written beyond its tail sends the newest frame twice and the oldest never",
    sources: ["netmap(4), TRANSMIT RINGS", "netmap utils/tests/008"],
    families: families,
    hint: "free slots counted from head to head"
  ) {
    for size in [2, 3, 5, 8, 64] {
      for rounds in [1, 3] {
        Script("\(size) slots, the device stops \(rounds) times", bench: short(size).slow) {
          Step.open()
          Step.repeated(rounds) {
            Step.fill(size)
            Step.repeated(3) { Step.send(next).allowing(any: noRoom) }
            Step.collect()
            Step.limitTransmit(nil)
            Step.sendOnceThereIsRoom(next, after: Step.filling(size))
          }
        }
      }
    }
    for limit in 1...4 {
      Script("a device that takes \(limit) slots at a time", bench: short(8).slow) {
        Step.open()
        Step.fill(8)
        Step.limitTransmit(limit)
        Step.send(next).allowing(any: noRoom + [.length(60)])
        Step.limitTransmit(nil)
        Step.sendOnceThereIsRoom(next, after: Step.filling(8))
      }
    }
    Script("a device that stops and goes while another thread sends", bench: short(8).slow) {
      Step.open()
      Step.together(
        [
          .repeated(200) {
            Step.send(FramePattern(60, seed: 1)).allowing(.length(60), .nothing)
          }
        ],
        [
          .repeated(100) {
            Step.limitTransmit(0)
            Step.limitTransmit(nil)
          }
        ]
      )
      Step(
        .collect(count: 0),
        allowed: [Outcome(.someFrames([FramePattern(60, seed: 1, count: 200)]))]
      )
    }
  }

  /// What a sync can fail with.
  private static let errnos: [Int32] = [
    ErrorNumber.interrupted, ErrorNumber.io, ErrorNumber.noDeviceOrAddress,
    ErrorNumber.badDescriptor, ErrorNumber.again, ErrorNumber.outOfMemory, ErrorNumber.noDevice,
    ErrorNumber.invalid, ErrorNumber.noBuffers,
  ]

  static let failingSyncIsReported = Requirement(
    "ring-send/failing-sync-is-reported",
    .must,
    "a send whose sync fails says so",
    because: "a card that was taken away fails every sync; who ignores it sends into nothing and "
      + "counts it as sent",
    sources: [Source.seed(595...598)],
    families: families,
    hint: "the result of the ioctl thrown away"
  ) {
    for errno in errnos {
      for (name, length, free) in [
        ("one slot", 60, 7), ("three slots", 180, 7), ("no room", 60, 0),
      ] {
        Script("errno \(errno), \(name)", bench: short(8)) {
          Step.open()
          if free == 0 { Step.place(.transmit, head: 2, tail: 2) }
          Step.fault("NIOCTXSYNC", .fails(errno))
          Step.send(FramePattern(length))
            .allowing(Outcome(.systemError([], errno: errno)), .error("dropped"))
          Step.send(next)
        }
      }
    }
  }

  static let unsyncedFrameIsTakenBack = Requirement(
    "ring-send/unsynced-frame-is-taken-back",
    .must,
    "a frame whose sync failed is not sent with the next one: it was reported as lost",
    because: "the frontend sends it again, and the far side gets it twice, the second time out of "
      + "order",
    sources: [Source.seed(591...598)],
    families: families,
    hint: "head moved before the sync, and left there when it fails"
  ) {
    for errno in errnos {
      for length in [60, 64, 180, 448] {
        Script("errno \(errno), \(length) bytes", bench: short(8)) {
          Step.open()
          Step.send(FramePattern(60, seed: 1))
          Step.fault("NIOCTXSYNC", .fails(errno))
          Step.send(FramePattern(length, seed: 2)).allowing(.anyError)
          Step.indices(of: .transmit, head: 1)
          Step.send(next)
          Step.collect(FramePattern(60, seed: 1), next)
        }
      }
    }
  }
}
