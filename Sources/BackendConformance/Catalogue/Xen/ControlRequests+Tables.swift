/// What a netback accepts of keys and tables that its frontend sets.
extension ControlRequests {
  static let tables = [longKeys, tableSizes, tablesStayInBounds]

  static let longKeys = Requirement(
    "control/long-key-is-refused",
    .must,
    "a key of up to 40 bytes is accepted, a longer one refused, and one in a page that is not granted is an "
      + "invalid parameter",
    because: "the key is copied into 40 bytes of the host's memory",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the length compared as a signed number, or held against the page"
  ) {
    for length in [0, 1, 39, 40] {
      connected("\(length) bytes") {
        Guest.control(toeplitz, .control(success))
        Guest.control(.control(Ask.setKey, data: [length], page: 1), .control(success))
      }
    }
    for length in [41, 256, 4096, 4097, 0x8000_0000, 0xFFFF_FFFF] {
      connected("\(length) bytes") {
        Guest.control(toeplitz, .control(success))
        Guest.put([.control(Ask.setKey, id: 3, data: [length], page: 1)], in: .control)
        Guest.show(.control)
        Guest.copies([])
        Guest.responses(
          .longKey,
          [
            "overflow": [.control(overflow, id: 3)], "invalid": [.control(invalid, id: 3)],
            "unanswered": [],
          ],
          of: .control
        )
      }
    }
    for length in [1, 40] {
      connected("\(length) bytes that are not granted") {
        Guest.control(toeplitz, .control(success))
        Guest.control(.control(Ask.setKey, data: [0xFFFF_FFFF, length]), .control(invalid))
      }
    }
  }

  static let tableSizes = Requirement(
    "control/table-is-as-long-as-is-told",
    .must,
    "the longest table is told, and a table of that length or a shorter one is accepted, a longer one is "
      + "an invalid parameter",
    because: "the table is memory of the host, as long as the guest says",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "no bound, because the table is only pointed to"
  ) {
    for size in [0, 1, 8, 127, 128, 129, 1024, 0x4000_0000, 0x8000_0000, 0xFFFF_FFFF] {
      connected("\(size) entries") {
        Guest.control(.control(Ask.size, id: 1), .control(success, id: 1, data: 128))
        Guest.control(
          .control(Ask.setSize, data: [size]),
          .control(size <= 128 ? success : invalid)
        )
        Guest.control(.control(Ask.size, id: 3), .control(success, id: 3, data: 128))
      }
    }
  }

  static let tablesStayInBounds = Requirement(
    "control/table-entries-stay-in-the-table",
    .must,
    "entries are written to places that the table has, in numbers that a page has, from a page that is "
      + "granted; otherwise that is an invalid parameter",
    because:
      "place and number are added in 32 bits, and what is past the end of the table is the host's "
      + "memory with the guest's numbers in it",
    sources: [Source.advisory(270), "Linux 871088bf92e1", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a sum that goes through 0"
  ) {
    for (offset, count) in [(0, 8), (7, 1), (0, 0), (8, 0), (3, 5)] {
      connected("\(count) at \(offset) of 8") {
        Guest.control(.control(Ask.setSize, data: [8]), .control(success))
        noQueues
        Guest.control(.control(Ask.setTable, data: [count, offset], page: 1), .control(success))
      }
    }
    for (offset, count) in [
      (7, 2), (0, 9), (9, 0), (8, 1), (0xFFFF_FFFF, 1), (0xFFFF_FFFF, 2), (2, 0xFFFF_FFFF),
      (0x8000_0000, 0x8000_0000), (0, 1024), (0, 1025), (0, 0x4000_0002),
    ] {
      connected("\(count) at \(offset) of 8") {
        Guest.control(.control(Ask.setSize, data: [8]), .control(success))
        noQueues
        Guest.control(.control(Ask.setTable, data: [count, offset], page: 1), .control(invalid))
        Guest.copies([])
      }
    }
    connected("entries that are not granted") {
      Guest.control(.control(Ask.setSize, data: [8]), .control(success))
      Guest.control(.control(Ask.setTable, data: [0xFFFF_FFFF, 8, 0]), .control(invalid))
    }
    connected("no table") {
      noQueues
      Guest.control(.control(Ask.setTable, data: [1, 0], page: 1), .control(invalid))
    }
  }

  /// Entries that all mean the first queue.
  private static var noQueues: Step {
    Guest.store([UInt8](repeating: 0, count: 4096), page: 1, of: .control)
  }
}
