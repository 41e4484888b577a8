internal import NetBackend

/// Sending frames that are empty, short, long or absurd.
enum SendingLimits {
  static let all = [
    emptyFrameIsNotSent, shortFrameDoesNoHarm, shortFramesAreNotAltered, doesNotPad,
    overlongFrameIsRefused, absurdLengthsAreRefused, manyElementsAreSent,
  ]

  private static let next = FramePattern(60, seed: 9)

  static let emptyFrameIsNotSent = Requirement(
    "send/empty-frame-is-not-sent",
    .must,
    "a frame without bytes puts nothing on the link, and is not taken for lack of room",
    because: "bhyve publishes a slot of length zero, which stalls a peer that reads it as the end; "
      + "QEMU's own dgram peers take it for a hang-up",
    sources: [Source.seed(540...591), "QEMU net/dgram.c", "netmap issue 802"],
    hint: "no check for a total of zero in front of the system call or the ring"
  ) {
    for lengths in [[], [0], [0, 0, 0]] as [[UInt]] {
      Script("elements \(lengths)") {
        Step.open()
        Step.send(claiming: lengths)
          .allowing(.length(0), .error("emptyFrame", "frameTooShort"))
        Step.collect()
        Step.send(next)
        Step.collect(next)
      }
    }
    Script("fifty in a row, then both directions") {
      Step.open()
      Step.repeated(50) {
        Step.send(claiming: [0]).allowing(.length(0), .error("emptyFrame", "frameTooShort"))
      }
      Step.send(next)
      Step.collect(next)
      Step.inject(next)
      Step.receive(next)
    }
  }

  static let shortFrameDoesNoHarm = Requirement(
    "send/short-frame-does-no-harm",
    .must,
    "a frame shorter than an Ethernet header is refused or passed, and said to be so; the next one "
      + "is sent as if nothing had been",
    because:
      "code that reads addresses without looking at the length reads beyond the buffer; Linux "
      + "had to repair exactly this in its tap, twice",
    sources: [
      "Linux CVE-2024-41090 and CVE-2024-41091", "FreeBSD if_tuntap tunwrite_l2",
      "netmap_vale_learning", Source.linuxTap,
    ],
    hint: "EINVAL of the device passed over, and the length returned as if it had been sent"
  ) {
    for length in 1...13 { shortScript(length, [length]) }
    for split in [[1, 1], [6, 6], [0, 13], [12, 1]] { shortScript(split.reduce(0, +), split) }
  }

  private static func shortScript(_ length: Int, _ split: [Int]) -> Script {
    let short = FramePattern(length)
    return Script("\(length) bytes in \(split)") {
      Step.open()
      Step.send(short, elements: split)
        .allowing(.length(length).labelled("sent"), .anyError.labelled("refused"))
        .choosing("the short frame is")
      Step.send(next)
      Step.collect(next)
        .allowing(.frames(short, next).labelled("sent"), .frames(next).labelled("refused"))
        .choosing("the short frame is")
    }
  }

  private static func padded(_ frame: FramePattern) -> FramePattern {
    let zeros = [UInt8](repeating: 0, count: max(0, 60 - frame.length))
    return FramePattern(bytes: frame.contents() + zeros)
  }

  static let shortFramesAreNotAltered = Requirement(
    "send/padding-is-zeros",
    .must,
    "a frame below 60 bytes arrives as it is, or with zeros behind it up to 60 bytes",
    because:
      "padding from memory that happens to be there shows a stranger what the host, or another "
      + "guest, sent before",
    sources: ["IEEE 802.3, section 4.2.3.3", "CVE-2003-0001", "hyperkit pci_vtnet_tap_tx"],
    hint: "a length raised to 60 over a buffer that an earlier frame was in"
  ) {
    for length in 14...59 {
      let frame = FramePattern(length)
      Script("\(length) bytes") {
        Step.open()
        Step.send(FramePattern(1514, seed: 7))
        Step.collect(FramePattern(1514, seed: 7))
        Step.send(frame)
        Step.collect(frame).allowing(.frames(frame), .frames(padded(frame)))
      }
    }
  }

  static let doesNotPad = Requirement(
    "send/no-padding",
    .should,
    "a frame below 60 bytes arrives with its own length",
    because: "the far side is no wire: padding there only makes lengths that do not match what was "
      + "sent, and hides which side added it",
    sources: ["hyperkit pci_vtnet_tap_tx", "QEMU net/net.c", Source.seed(262...262)],
    hint: "frames raised to 60 bytes as a network card would"
  ) {
    for length in [14, 15, 42, 46, 58, 59, 60] {
      Script("\(length) bytes") {
        Step.open()
        Step.send(FramePattern(length))
        Step.collect(FramePattern(length))
      }
    }
  }

  static let overlongFrameIsRefused = Requirement(
    "send/overlong-frame-is-refused",
    .must,
    "a frame that is longer than the backend can send is refused, and nothing of it is sent",
    because:
      "a guest chooses the length; a backend that cuts puts a broken frame on the link, and one "
      + "that asserts lets the guest end the process",
    sources: [
      "FreeBSD if_tuntap: EIO above the maximum", "xhyve vmn_write assert", "illumos-kvm-cmd PR 25",
    ],
    hint: "min(length, the size of a buffer) in front of a copy"
  ) {
    for length in [1 << 20, (1 << 20) + 1, 2_000_000] {
      let frame = FramePattern(length)
      Script("\(length) bytes") {
        Step.open()
        Step.send(frame).allowing(.error("frameTooLong"))
        Step.send(frame, elements: [14, length - 14]).allowing(.error("frameTooLong"))
        Step.collect()
        Step.send(next)
        Step.collect(next)
      }
    }
    for length in [65_550, 65_553, 65_562, 65_665, 65_674, 69_632, 70_000, 73_000] {
      let frame = FramePattern(length)
      Script("\(length) bytes, sent whole or refused") {
        Step.open()
        Step.send(frame)
          .allowing(
            .length(length).labelled("sent"),
            .error("frameTooLong", "dropped", "system").labelled("refused")
          )
          .choosing("the long frame is")
        Step.send(next)
        Step.collect(next)
          .allowing(.frames(frame, next).labelled("sent"), .frames(next).labelled("refused"))
          .choosing("the long frame is")
      }
    }
  }

  static let absurdLengthsAreRefused = Requirement(
    "send/absurd-lengths-are-refused",
    .must,
    "elements whose lengths do not fit an int, or whose sum does not fit 64 bits, are refused",
    because:
      "lengths narrowed to 32 bits turn negative or small: bhyve copies with them, and QEMU had "
      + "to repair the same in every network card it emulates",
    sources: [Source.seed(545...545), Source.seed(557...558), "QEMU CVE-2018-17963"],
    hint: "int for a length that the caller gives as size_t, or a sum that wraps around"
  ) {
    let half: UInt = 1 << 63
    for lengths in [
      [1 << 31], [1 << 32], [(1 << 32) + 10], [(1 << 32) + 60], [(1 << 31) + 60, 1 << 31],
      [UInt(Int.max)], [UInt.max], [UInt.max, 61], [60, UInt.max - 59], [half, half],
      [half, half, 60], [60, 1 << 32],
    ] as [[UInt]] {
      Script("elements \(lengths)") {
        Step.open()
        Step.send(claiming: lengths)
        Step.collect()
        Step.send(next)
        Step.collect(next)
      }
    }
  }

  static let manyElementsAreSent = Requirement(
    "send/many-elements-are-sent",
    .should,
    "a frame in as many elements as one system call takes is sent; one in more is sent or refused",
    because:
      "guests pass up to 256 and more; one element for a header of the backend's own is enough "
      + "to go over the limit, and then a legal frame never leaves",
    sources: ["Linux tun, commit d9d52b51", "bhyve VTNET_MAXSEGS", "IOV_MAX of limits.h"],
    hint: "an element for the header added to a list that was full already"
  ) {
    for count in [1, 64, 255, 256, 257, 1022, 1023, 1024] {
      let frame = FramePattern(max(60, count))
      let split = [frame.length - count + 1] + Array(repeating: 1, count: count - 1)
      Script("\(count) elements") {
        Step.open()
        Step.send(frame, elements: split)
        Step.collect(frame)
      }
    }
    for count in [1025, 1026, 4096] {
      let frame = FramePattern(count)
      Script("\(count) elements, sent or refused") {
        Step.open()
        Step.send(frame, elements: Array(repeating: 1, count: count))
          .allowing(.length(count).labelled("sent"), .anyError.labelled("refused"))
          .choosing("the frame is")
        Step.send(next)
        Step.collect(next)
          .allowing(.frames(frame, next).labelled("sent"), .frames(next).labelled("refused"))
          .choosing("the frame is")
      }
    }
  }
}
