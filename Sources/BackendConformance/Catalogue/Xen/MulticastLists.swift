/// The groups that a frontend asks for with packets that are none.
enum MulticastLists {
  static let all = [
    groupIsNoFrame, listIsBounded, repeatedGroupIsOne, groupHasNoPieces,
  ]

  /// The address of a group by its last byte.
  static func group(_ last: Int) -> [UInt8] { [1, 0, 0x5E, 0, 0, UInt8(last)] }

  /// A packet that adds a group to the list, or takes it away.
  private static func change(_ last: Int, id: Int = 1, deleting: Bool = false) -> [XenSlot] {
    XenSlot.packet(0, id: id, extras: [.group(group(last), deleting: deleting)])
  }

  private static func answers(_ count: Int, from id: Int, _ status: Int) -> [XenResponse] {
    (0..<count).flatMap { [XenResponse(id: id + $0, status: status), .null] }
  }

  /// The answers to changes that succeed, or fail because there is no list.
  static func changed(_ count: Int = 1, from id: Int = 1) -> Step {
    Guest.responses(
      .multicastControl,
      ["offered": answers(count, from: id, 0), "missing": answers(count, from: id, -1)]
    )
  }

  static let groupIsNoFrame = Requirement(
    "transmit/group-is-no-frame",
    .must,
    "a packet with a group to be added or deleted is answered and nothing else: it is not delivered, "
      + "and its grant is not looked at",
    because: "its first request is nothing but zeros in Linux's frontend, and grant 0 is nobody's",
    sources: [Source.netif, "Linux drivers/net/xen-netback/netback.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the length and the page looked at before the extras"
  ) {
    for isDeleting in [false, true] {
      let extra = XenSlot.group(group(0xFB), deleting: isDeleting)
      for (name, size, offset) in [
        ("nothing", 0, 0), ("60 bytes", 60, 0), ("more than a page", 0xFFFF, 0xFFFF),
      ] {
        for grant in [0, 999_999] {
          XenScript.connected("\(isDeleting ? "deleting" : "adding"), \(name), grant \(grant)") {
            for _ in 0..<2 {
              Guest.transmit([.last(size, flags: 8, id: 48, offset: offset, grant: grant), extra])
              Step.peek
              changed(from: 48)
            }
            Guest.copies([])
            XenScript.goesOn
          }
        }
      }
    }
    XenScript.connected("between two frames") {
      let (before, after) = (FramePattern(60), FramePattern(61))
      Guest.put([.last(60, id: 1)], before)
      Guest.put(change(1, id: 2))
      Guest.put([.last(61, id: 3)], after)
      Guest.show()
      Step.receive(before)
      Step.receive(after)
      let offered: [XenResponse] = [.okay(1), .okay(2), .null, .okay(3)]
      let missing: [XenResponse] = [.okay(1), .error(2), .null, .okay(3)]
      Guest.responses(inAnyOrder: []).deciding(
        .multicastControl,
        [
          "offered": Outcome(.xen(.responsesInAnyOrder(offered))),
          "missing": Outcome(.xen(.responsesInAnyOrder(missing))),
        ]
      )
    }
  }

  static let listIsBounded = Requirement(
    "transmit/group-list-is-bounded",
    .should,
    "there is room for sixty-four groups: one more is an error, until another one is deleted",
    because: "a frontend adds groups for as long as it lives, and the list is the host's memory",
    sources: ["Linux drivers/net/xen-netback/common.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a list without a limit, or one that does not shrink"
  ) {
    for first in [0, 100] {
      XenScript.connected("groups from \(first)") {
        Guest.transmit((0..<64).flatMap { change(first + $0, id: $0) })
        changed(64, from: 0)
        Guest.transmit(change(first + 64, id: 64))
        Guest.responses([.error(64), .null])
        Guest.transmit(change(first + 3, id: 65, deleting: true))
        changed(from: 65)
        Guest.transmit(change(first + 64, id: 66))
        changed(from: 66)
        Guest.transmit(change(first + 65, id: 67))
        Guest.responses([.error(67), .null])
      }
    }
  }

  static let repeatedGroupIsOne = Requirement(
    "transmit/repeated-group-takes-one-place",
    .should,
    "a group that is added again takes no second place in the list",
    because: "a guest whose interface goes up and down fills the list with one group",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "an addition that does not look for what it adds"
  ) {
    XenScript.connected("one group 64 times, then another one") {
      Guest.transmit((0..<64).flatMap { change(1, id: $0) })
      changed(64, from: 0)
      Guest.transmit(change(2, id: 64))
      // Where there is no list, this is an error too.
      Guest.responses(.repeatedGroup, ["once": [.okay(64), .null], "twice": [.error(64), .null]])
    }
  }

  static let groupHasNoPieces = Requirement(
    "transmit/group-has-no-pieces",
    .should,
    "a packet with a group ends with its extras, also if its first request says that more data follows",
    because: "what follows is the next packet's: whoever takes it along loses that",
    sources: [Source.netbackMeasured, "Linux drivers/net/xen-netback/netback.c"],
    families: XenScript.families,
    hint: "the pieces counted before the extras are looked at"
  ) {
    for isDeleting in [false, true] {
      XenScript.connected(isDeleting ? "deleting" : "adding") {
        let next = XenScript.next
        Guest.put([.more(0, flags: 8, id: 1), .group(group(1), deleting: isDeleting)])
        Guest.put([.last(64, id: 2)], next)
        Guest.show()
        Step.receive(next).deciding(
          .multicastControl,
          ["offered": .frame(next), "missing": .nothing]
        )
        Step.peek
        Guest.responses(
          .multicastControl,
          ["offered": [.okay(1), .null, .okay(2)], "missing": [.error(1), .null, .error(2)]]
        )
      }
    }
    XenScript.connected("with other extras") {
      for (id, extras) in [
        (1, [XenSlot.segmentation(1400, more: true), .group(group(1))]),
        (2, [.extra(type: 2, more: true, payload: group(2)), .segmentation(1400)]),
        (3, [.extra(type: 3, more: true, payload: group(2)), .group(group(3))]),
      ] {
        Guest.transmit(XenSlot.packet(0, id: id, extras: extras))
        Step.peek
        Guest.responses(
          .multicastControl,
          ["offered": [.okay(id), .null, .null], "missing": [.error(id), .null, .null]]
        )
      }
    }
  }
}
