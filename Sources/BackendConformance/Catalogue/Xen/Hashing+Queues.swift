/// Which of its queues a netback puts a packet into.
extension Hashing {
  static let queues = [
    withoutTableHashesAreCountedOff, tableDecidesTheQueue, refusedEntriesChangeNothing,
  ]

  static let withoutTableHashesAreCountedOff = Requirement(
    "control/without-table-hashes-are-counted-off",
    .must,
    "without a table, or with one of no entries, a packet goes to the queue that its hash leaves when it "
      + "is divided by their number",
    because: "a division by the length of a table that is empty ends the host's kernel",
    sources: sources,
    families: XenScript.families,
    hint: "a table of no entries taken for one of one"
  ) {
    for flow in HashedFlow.all {
      for size in [nil, 0] {
        connected("hash \(flow.withPorts), \(size == nil ? "no table" : "no entries")") {
          hashed(kinds: 15)
          if let size {
            Guest.control(.control(ControlRequests.Ask.setSize, data: [size]), .control(0))
          }
          sends(flow.frame(), hash: flow.withPorts, kind: flow.kind)
        }
      }
    }
  }

  static let tableDecidesTheQueue = Requirement(
    "control/table-decides-the-queue",
    .should,
    "with a table a packet goes to the queue in the entry that its hash leaves when it is divided by the "
      + "table's length",
    because: "the guest has put its processors into the table, each where its connections are",
    sources: sources,
    families: XenScript.families,
    hint: "the hash divided by the number of queues and that looked up"
  ) {
    for table in [[1, 0, 1, 0], [0, 0, 0, 1], [1], [1, 1, 0], [0, 1, 1, 0, 1, 0, 0]] as [[UInt8]] {
      for flow in [0, 1, 3, 6].map({ HashedFlow.all[$0] }) {
        connected("\(table), hash \(flow.withPorts)") {
          hashed(kinds: 15)
          sets(table)
          sends(flow.frame(), hash: flow.withPorts, kind: flow.kind, by: table)
        }
      }
    }
  }

  static let refusedEntriesChangeNothing = Requirement(
    "control/refused-entries-change-nothing",
    .must,
    "entries that name a queue that there is not, or come from a page that is not granted, are an invalid "
      + "parameter, and the table is as it was",
    because:
      "the entry is an index into the host's queues; half a table that was taken over sends packets "
      + "where neither side looks for them",
    sources: sources + ["Linux 780e83c259fc"],
    families: XenScript.families,
    hint: "entries checked while they are stored"
  ) {
    let flow = HashedFlow.all[0]
    for entries in [[0, 2], [1, 0, 2], [255], [1, 1, 1, 0xFF]] as [[UInt8]] {
      connected("entries \(entries)") {
        hashed(kinds: 15)
        sets([1, 1, 1, 1])
        sends(flow.frame(), hash: flow.withPorts, kind: flow.kind, by: [1])
        stores(entries)
        Guest.control(
          .control(ControlRequests.Ask.setTable, data: [entries.count, 0], page: 2),
          .control(2)
        )
        sends(flow.frame(), hash: flow.withPorts, kind: flow.kind, by: [1])
      }
    }
    connected("entries that are not granted") {
      hashed(kinds: 15)
      sets([1, 1, 1, 1])
      Guest.control(
        .control(ControlRequests.Ask.setTable, data: [0xFFFF_FFFF, 4, 0]),
        .control(2)
      )
      sends(flow.frame(), hash: flow.withPorts, kind: flow.kind, by: [1])
    }
  }
}
