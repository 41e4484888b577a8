/// How much a frontend may send in a time.
enum TransmitRate {
  static let all = [rateDelays, malformedRateIsNone]

  private static let second: UInt64 = 1_000_000_000

  /// A netback that is open before somebody limits the rate, and the frontend connects.
  private static func limited(
    _ rate: String,
    _ name: String,
    @StepBuilder steps: () -> [Step]
  ) -> Script {
    let first = [Step.open(), Guest.configure("rate", rate), Guest.connect(), Guest.state(4)]
    return Script(name: name, bench: XenScript.bench(), steps: first + steps())
  }

  static let rateDelays = Requirement(
    "transmit/rate-delays-and-loses-nothing",
    .should,
    "what a frontend sends beyond its rate stays in the ring without an answer until a window of time "
      + "has brought enough, and is delivered then",
    because:
      "a frame that is dropped for the rate is sent again, and one that is answered and kept takes the "
      + "host's memory",
    sources: [
      "Linux drivers/net/xen-netback/netback.c: tx_credit_exceeded", Source.netbackMeasured,
    ],
    families: XenScript.families,
    hint: "a timer that is not set again, or credit that does not add up"
  ) {
    let windows: [(String, Int, [Int])] = [
      // Rate, length of frames, how many pass in each window.
      ("2000,1000000", 1000, [2, 2, 2]), ("1500,1000000", 1000, [1, 2, 1, 2]),
      ("100,1000000", 250, [0, 0, 1, 0, 1]), ("50000,1000000", 1000, [50, 50, 3]),
    ]
    for (rate, length, counts) in windows {
      limited(rate, "\(rate), frames of \(length) bytes") {
        let total = counts.reduce(0, +)
        for number in 0..<total {
          Guest.put([.last(length, id: number)], FramePattern(length, seed: number))
        }
        Guest.show()
        for (window, count) in counts.enumerated() {
          let first = counts[..<window].reduce(0, +)
          for number in first..<first + count { Step.receive(FramePattern(length, seed: number)) }
          Step.peek
          Guest.responses(.okay(count, from: first))
          Step.advanceClock(second - 1)
          Step.runLoop(callbacks: 0)
          Step.peek
          Guest.responses([])
          Step.advanceClock(1)
          Step.runLoop(callbacks: 0)
        }
        Step.peek
      }
    }
  }

  static let malformedRateIsNone = Requirement(
    "transmit/malformed-rate-is-no-limit",
    .must,
    "a rate that is not two numbers with a comma between them is no limit, and no reason not to connect",
    because: "a mistake in a configuration takes a guest off the network",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: xen_net_read_rate", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a number that could not be read taken for 0"
  ) {
    for rate in ["abc", "100", "100,", ",100", "100,1x", "-1,5", "", ",", "0x10,100", "1500,0"] {
      limited(rate, "\"\(rate)\"") {
        let frames = (0..<20).map { FramePattern(1000, seed: $0) }
        for frame in frames { Guest.put([.last(1000, id: frame.seed)], frame) }
        Guest.show()
        for frame in frames { Step.receive(frame) }
        Guest.responses(.okay(20, from: 0))
      }
    }
  }
}
