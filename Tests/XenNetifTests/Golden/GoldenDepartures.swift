/// Where the replay differs from what was measured, and in just which way.
enum GoldenDepartures {
  /// The differences of the cases that have any, as the player notes them.
  static let all: [String: [String]] = [
    // The probe handed frames to the interface by a packet socket, past the filter for groups. A
    // caller of `send` is what a bridge is there, and frames from a bridge are filtered (the cases
    // `bridge-mcast-*` are equal).
    "mcast-dynamic-on": [
      "step 1: rx0 response producer: measured 2, seen 1",
      #"step 1: rx0 responses: measured ["0: 0100000000003c00", "1: 0200000000003d00"], "#
        + #"seen ["0: 0100000000003c00"]"#,
      "step 1: frames lost: measured 0, seen 1",
      "step 2: rx0 response producer: measured 3, seen 2",
      "step 2: rx0 response event: measured 3, seen 2",
      #"step 2: rx0 responses: measured ["2: 0300000000003d00"], seen ["1: 0200000000003d00"]"#,
      "step 2: frames lost: measured 0, seen 1",
    ],
    "mcast-dynamic-off-keeps-list": [
      "step 1: rx0 response producer: measured 2, seen 1",
      #"step 1: rx0 responses: measured ["0: 0100000000003c00", "1: 0200000000003d00"], "#
        + #"seen ["0: 0100000000003c00"]"#,
      "step 1: frames lost: measured 0, seen 1",
    ],
    "mcast-del-then-filter": [
      "step 1: rx0 response producer: measured 2, seen 1",
      #"step 1: rx0 responses: measured ["0: 0100000000003c00", "1: 0200000000003e00"], "#
        + #"seen ["0: 0100000000003e00"]"#,
      "step 1: rx0 slot 0: written: measured Optional([0, 60]), seen Optional([0, 62])",
      "step 1: rx0 slot 0: data: measured 28a43b4a, seen c143d049",
      "step 1: frames lost: measured 0, seen 1",
    ],
    // Without a hash that the frontend asked for, Linux takes the queue that a hash of its own gives.
    // The protocol leaves it free.
    "hash-alg-none": [
      "step 0: tx0 notified: measured false, seen true",
      "step 0: tx1 notified: measured true, seen false",
      "step 0: rx0 response producer: measured 0, seen 1",
      #"step 0: rx0 responses: measured [], seen ["0: 0000000000004a00"]"#,
      "step 0: rx1 response producer: measured 1, seen 0",
      #"step 0: rx1 responses: measured ["0: e803000000004a00"], seen []"#,
    ],
    // Two queues share their rings. Linux compares with the producer in the page, which the other queue
    // has moved already; here each queue compares with what it has shown itself, so that no page has
    // to be trusted, and raises the channel once more.
    "xs-queue1-same-refs": ["step 0: tx1 notified: measured false, seen true"],
    // The frontend named no channel. Linux turns the carrier on before it binds, and forgets to turn
    // it off again; nothing passes.
    "xs-event-0": [
      "step 0: carrier: measured 1, seen 0", "step 0: carrier: measured 1, seen 0",
    ],
  ]
}
