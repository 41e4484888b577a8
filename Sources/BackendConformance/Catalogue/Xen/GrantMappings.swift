/// What a netback maps of its frontend, and when it gives that back.
enum GrantMappings {
  static let all = [failedMappingIsUnwound, ringsAreUnmappedOnce, holdsNoGrant]

  static let failedMappingIsUnwound = Requirement(
    "grant/failed-mapping-is-unwound",
    .must,
    "when the page of a ring cannot be mapped nothing stays mapped or bound, and the netback does not "
      + "serve",
    because:
      "a guest that connects with one good ring and one bad one, again and again, uses up the "
      + "host's mappings and channels",
    sources: [Source.advisory(367), "CVE-2010-3699"],
    families: XenScript.families,
    hint: "the ring that was mapped first forgotten on the way out"
  ) {
    for ring in [XenRing.transmit, .receive] {
      for status in [-1, -3, -9, -13] {
        Script("\(ring), status \(status)", bench: XenScript.bench()) {
          Step.open()
          Guest.fail(.map, page: -1, of: ring, status: status)
          Guest.connect()
          XenScript.refused
          Guest.holdings(XenHoldings(pages: 0, channels: 0, strayUnmaps: 0))
          Guest.transmit([.last(60, id: 1, page: 0)])
          Guest.raise()
          Step.peek
          Guest.responses([])
        }
      }
    }
  }

  static let ringsAreUnmappedOnce = Requirement(
    "grant/rings-are-unmapped-once",
    .must,
    "the pages of rings are given back once, when the connection ends, and with them the channels",
    because:
      "a mapping that is kept holds the guest's memory after it is gone; one that is ended twice "
      + "ends somebody else's",
    sources: ["Linux 7fbb9d8415d4", Source.advisory(374)],
    families: XenScript.families,
    hint: "the end of a connection handled both when the frontend closes and when the backend does"
  ) {
    for (name, states) in [
      ("closing", [5]), ("closing, closed", [5, 6]), ("closed", [6]), ("nothing", []),
    ] {
      XenScript.connected("the frontend tells \(name)") {
        Guest.holdings(XenHoldings(pages: 2, channels: 1, strayUnmaps: 0))
        Guest.transmit([.last(60, id: 1, page: 0)])
        Step.receive(RingIndices.untold)
        for state in states { Guest.tell(state) }
        Step.close
        Guest.holdings(.nothing)
      }
    }
  }

  static let holdsNoGrant = Requirement(
    "grant/holds-no-grant-at-rest",
    .must,
    "while nothing is under way a netback holds no grant of its frontend but those of the rings",
    because:
      "a frontend takes a page back when the response is there; if it cannot, the page is lost, and "
      + "if it can, the netback writes into somebody else's",
    sources: ["Linux 7fbb9d8415d4", Source.netif],
    families: XenScript.families,
    hint: "pages that were mapped for a packet given back with the next one"
  ) {
    for length in [60, 1514, 4096] {
      let frame = FramePattern(length)
      XenScript.connected("\(length) bytes both ways") {
        Guest.transmit([.last(length, id: 1)], frame)
        Step.receive(frame)
        Guest.post(1)
        Step.send(frame)
        Guest.received([frame])
        Guest.holdings(XenHoldings(pages: 2, channels: 1))
      }
    }
  }
}
