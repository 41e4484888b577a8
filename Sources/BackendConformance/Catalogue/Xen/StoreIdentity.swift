/// What has to be right in the store before anything is served.
enum StoreIdentity {
  static let all = [
    addressHasSixOctets, copiesAreAgreedOn, hostComesFirst, ownAddressIsAnother, trustIsNotReliedOn,
  ]

  /// Addresses that every netback takes, those that none does, and those that netbacks differ in.
  private static let (right, wrong, loose) = (
    ["00:16:3e:00:00:01", "00:16:3E:AA:BB:CC", "02:00:00:ff:FF:fE"],
    [
      "", "x", "00:16:3e:00:00", "00:16:3e:00:00:01:02", "zz:16:3e:00:00:01", "00-16-3e-00-00-01",
      "00163e000001", "00:16:3e:00:00:01 ", "00:16:3e::00:01", ":00:16:3e:00:00:01",
      "00:16:3e:00:00:0g",
    ],
    ["0:16:3e:0:0:1", "00:16:3e:00:00:001", "100:16:3e:00:00:01"]
  )

  static let addressHasSixOctets = Requirement(
    "xenstore/address-has-six-octets",
    .should,
    "an interface is connected if its address in the backend's directory is six octets of two "
      + "hexadecimal digits with colons between, whatever the frontend's directory says",
    because: "a netback that takes half an address answers for somebody else's",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: xen_net_read_mac", Source.netbackMeasured],
    families: XenScript.families,
    hint: "what follows the sixth octet not looked at"
  ) {
    for text in right {
      configured("mac", "“\(text)”", text) { StoreSteps.served }
    }
    for text in [nil] + wrong.map(Optional.some) {
      configured("mac", text.map { "“\($0)”" } ?? "none", text) {
        StoreSteps.failed
        StoreSteps.unserved()
        Guest.configure("mac", "00:16:3e:00:00:01")
        StoreSteps.reconnected()
      }
    }
    for text in loose {
      configured("mac", "“\(text)”", text) {
        StoreSteps.decided(
          XenChoice.addressForm.rawValue,
          served: "scanned",
          refused: "exact"
        )
      }
    }
    XenScript.connected("wrong in the frontend's directory", changing: ["mac": "x"]) {
      StoreSteps.served
    }
  }

  private static func configured(
    _ key: String,
    _ name: String,
    _ text: String?,
    @StepBuilder steps: () -> [Step]
  ) -> Script {
    Script(name, bench: XenScript.bench()) {
      Guest.configure(key, text)
      Step.open()
      Guest.connect()
      steps()
    }
  }

  static let copiesAreAgreedOn = Requirement(
    "xenstore/copies-are-agreed-on",
    .must,
    "a frontend that asks for copies is served, and one that does not is refused or gets copies: its "
      + "pages stay its own",
    because: "a frontend that gives pages away waits for others in their place",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families
  ) {
    for (name, value) in [("not said", nil), ("0", "0"), ("empty", ""), ("no number", "x")] {
      XenScript.connected(name, changing: ["request-rx-copy": value]) {
        StoreSteps.decided(
          XenChoice.receiveCopy.rawValue,
          served: "assumed",
          refused: "required"
        )
      }
    }
    XenScript.connected("1", changing: ["request-rx-copy": "1"]) {
      Guest.state(StoreSteps.connected)
      StoreSteps.served
    }
  }

  static let hostComesFirst = Requirement(
    "xenstore/host-comes-first",
    .must,
    "a netback tells that it is connected only when the host has plugged its end in, and then at once",
    because: "the guest's first frames, those that ask for its address, go nowhere",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: hotplug_status_changed"]
      + [Source.netbackMeasured],
    families: XenScript.families,
    hint: "the state told when the rings are mapped"
  ) {
    for text in [nil, "", "error", "disconnected", "online"] {
      Script(text.map { "“\($0)”" } ?? "nothing said", bench: XenScript.bench()) {
        Guest.configure("hotplug-status", text)
        Step.open()
        Guest.states([2])
        Guest.connect()
        Guest.states([])
        Guest.state(2)
        Guest.configure("hotplug-status", "connected")
        Guest.states([4])
        StoreSteps.served
        Guest.configure("hotplug-status", "connected")
        Guest.states([])
      }
      Script(text.map { "“\($0)”, given up" } ?? "given up", bench: XenScript.bench()) {
        Guest.configure("hotplug-status", text)
        Step.open()
        Guest.connect()
        Guest.tell(StoreSteps.closed)
        Guest.state(StoreSteps.closed)
        Guest.holdings(XenHoldings(pages: 0, channels: 0))
        Guest.configure("hotplug-status", "connected")
        Guest.state(StoreSteps.closed)
        StoreSteps.reconnected()
      }
    }
  }

  static let ownAddressIsAnother = Requirement(
    "xenstore/own-address-is-another",
    .should,
    "the host's end of an interface has an address of its own, which is not the frontend's",
    because: "a host that has the guest's address answers for it",
    sources: ["mirage/mirage-net-xen 1.11.0", "Qubes issue 5013"],
    families: XenScript.families,
    untestable: "a backend has no address: it passes frames on as they are"
  )

  static let trustIsNotReliedOn = Requirement(
    "xenstore/trust-is-not-relied-on",
    .must,
    "a netback is as careful with a frontend that trusts it as with one that does not",
    because:
      "the key trusted tells the frontend to copy; a guest that does not know it is none the "
      + "safer for it",
    sources: [Source.advisory(403)],
    families: XenScript.families,
    untestable: "that nothing depends on a key is not to be seen; that only a response's bytes are "
      + "written is seen where pages are received into"
  )
}
