/// What else a frontend asks of a netback in the store: a control ring, and room in front of frames.
enum StoreSwitches {
  static let all = [controlRingHasBothKeys, headroomIsAsAskedFor]

  static let controlRingHasBothKeys = Requirement(
    "xenstore/control-ring-has-both-keys",
    .must,
    "a netback that has offered a control ring serves it to a frontend that has written its page and its "
      + "channel, needs none of them, and refuses a page without a channel that can be bound",
    because: "a ring that nobody is woken for blocks the frontend on its first question",
    sources: [Source.netif, "Linux drivers/net/xen-netback/xenbus.c: connect_ctrl_ring"]
      + [Source.netbackMeasured],
    families: XenScript.families,
    hint: "the page mapped before the channel is read"
  ) {
    let choice = XenChoice.controlRing.rawValue
    let bench = XenScript.bench(hasControl: true)
    let offer = StoreSteps.offer("feature-ctrl-ring", choice)
    XenScript.connected("both", on: bench) {
      offer
      StoreSteps.either(
        .holdings,
        choice,
        [
          ("offered", .holdings(XenHoldings(pages: 3, channels: 2))),
          ("missing", .holdings(XenHoldings(pages: 2, channels: 1))),
        ]
      )
      StoreSteps.served
      Guest.put([.control(4, id: 9)], in: .control)
      Guest.show(.control)
      StoreSteps.either(
        .responses(.control),
        choice,
        [
          ("offered", .responses([.control(0, id: 9, type: 4)])), ("missing", .responses([])),
        ]
      )
    }
    XenScript.connected("none") { StoreSteps.served }
    for (name, changes) in [
      ("no channel", ["event-channel-ctrl": nil]), ("channel 0", ["event-channel-ctrl": "0"]),
      ("channel 9999", ["event-channel-ctrl": "9999"]),
      ("a channel that is no number", ["event-channel-ctrl": "x"]),
      ("a page that is not granted", ["ctrl-ring-ref": "999999"]),
    ] as [(String, [String: String?])] {
      XenScript.connected(name, on: bench, changing: changes) {
        offer
        StoreSteps.decided(choice, served: "missing", refused: "offered")
      }
    }
    XenScript.connected("no page", on: bench, changing: ["ctrl-ring-ref": nil]) {
      StoreSteps.decided("half a control ring", served: "ignored", refused: "refused")
    }
  }

  static let headroomIsAsAskedFor = Requirement(
    "xenstore/headroom-is-as-asked-for",
    .should,
    "a netback that has offered it leaves the room in front of frames that the frontend has asked for, at "
      + "most 32767 bytes, from when it connects or reconfigures, and says how much",
    because: "a program in the guest writes its own header in front, over somebody else's bytes",
    sources: ["Linux include/xen/interface/io/netif.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the key read once"
  ) {
    let offer = StoreSteps.offer("feature-xdp-headroom", XenChoice.headroom.rawValue)
    XenScript.connected("256 when it connects", changing: ["xdp-headroom": "256"]) {
      offer
      received(headroom: 256)
    }
    for (first, second) in [(256, 0), (0, 256), (64, 1024), (1024, 0x0102)] {
      XenScript.connected("\(first), then \(second)") {
        offer
        for headroom in [first, second] {
          Guest.write("xdp-headroom", "\(headroom)")
          Guest.tell(7)
          StoreSteps.either(
            .read(.backend, key: "state"),
            XenChoice.headroom.rawValue,
            [(nil, .value("8")), ("offered", .value("8")), ("missing", .value("4"))]
          )
          received(headroom: headroom)
          StoreSteps.transmitted()
        }
      }
    }
    for (text, most) in [("65535", 0x7FFF), ("32768", 0x7FFF), ("4294967295", 0x7FFF)] {
      XenScript.connected(text, changing: ["xdp-headroom": text]) {
        offer
        Guest.post(2)
        Step.send(StoreSteps.frame)
        StoreSteps.either(
          .responses(.receive),
          XenChoice.headroom.rawValue,
          [
            ("offered", .responses([XenResponse(flags: 8), extra(most)])),
            ("missing", .responses([.data(60)])),
          ]
        )
      }
    }
  }

  @StepBuilder private static func received(headroom: Int) -> [Step] {
    Guest.post(2)
    Step.send(StoreSteps.frame)
    if headroom == 0 {
      Guest.responses([.data(60)], of: .receive)
    } else {
      StoreSteps.either(
        .responses(.receive),
        XenChoice.headroom.rawValue,
        [
          ("offered", .responses([XenResponse(flags: 8), extra(headroom)])),
          ("missing", .responses([.data(60)])),
        ]
      )
    }
    Guest.received([StoreSteps.frame])
  }

  private static func extra(_ headroom: Int) -> XenResponse {
    .extra(type: 5, payload: [UInt8(headroom & 0xFF), UInt8(headroom >> 8), 0, 0, 0, 0])
  }
}
