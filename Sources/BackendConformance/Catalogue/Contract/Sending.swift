internal import NetBackend

/// Sending: what the far side sees of a frame.
enum Sending {
  static let all = [
    lengthIsTheSumOfTheElements, farSideSeesTheElementsInARow, oneCallIsOneFrame,
    everyLengthPasses, keepsTheOrder, emptyElementsAreSkipped,
    buffersAreOnlyRead, buffersMayBeReused,
  ]

  static let lengthIsTheSumOfTheElements = Requirement(
    "send/length-is-the-sum-of-the-elements",
    .must,
    "a send that succeeds returns the sum of the elements' lengths",
    because: "a frontend compares the result with what it asked for; a backend that leaves out one "
      + "element, or counts its own header, makes it retry or drop frames that have left already",
    sources: [Source.seed(97...103), Source.seed(544...548), Source.seed(598...598)],
    hint: "the result of writev returned as it is, a header of the backend's own included"
  ) {
    for (index, length) in FrameLengths.common.enumerated() {
      let seed = UInt64(index + 1)
      let split = Splits.random(length, parts: 2 + index % 7, seed: seed)
      Script("\(length) bytes in \(Notation.list(split)), seed \(seed)") {
        Step.open()
        Step.send(FramePattern(length))
        Step.send(FramePattern(length), elements: split)
      }
    }
  }

  static let farSideSeesTheElementsInARow = Requirement(
    "send/far-side-sees-the-elements-in-a-row",
    .must,
    "the far side sees the bytes of the elements one after the other, and nothing else",
    because:
      "guests split frames where they like: a header in one buffer and the payload in others, "
      + "a byte here and there; a backend that assumes a layout sends rubbish for some of them",
    sources: [
      Source.seed(544...583), "QEMU net/util iov handling", "virtio 1.2, section 2.6.4: framing",
    ],
    hint: "only the first element copied, or the offset within an element lost between elements"
  ) {
    let fixed = [[1, 59], [13, 47], [14, 46], [15, 45], [59, 1], [14, 1, 45], [6, 6, 2, 46]]
    for split in fixed { script(FramePattern(60), split) }
    for position in 0...60 { script(FramePattern(120), [position, 120 - position]) }
    script(FramePattern(60), Splits.even(60, size: 1))
    script(FramePattern(1514), Splits.even(1514, size: 2))
    for seed in 1...24 as ClosedRange<UInt64> {
      let length = FrameLengths.few[Int(seed) % FrameLengths.few.count]
      let split = Splits.random(length, parts: 2 + Int(seed) * 2, seed: seed)
      script(FramePattern(length, seed: Int(seed)), split)
    }
  }

  private static func script(_ frame: FramePattern, _ split: [Int]) -> Script {
    Script("\(frame) in \(Notation.list(split))") {
      Step.open()
      Step.send(frame, elements: split)
      Step.collect(frame)
    }
  }

  static let oneCallIsOneFrame = Requirement(
    "send/one-call-is-one-frame",
    .must,
    "one call puts exactly one frame on the link, however many elements it has",
    because: "a backend that writes element by element turns one frame into several, none of which "
      + "is a frame that anyone can use",
    sources: [
      Source.seed(262...262), Source.seed(588...594), "FreeBSD if_tuntap tunwrite",
      Source.linuxTap,
    ],
    hint: "write in a loop over the elements in place of one writev"
  ) {
    for split in [[60], [30, 30], [20, 20, 20], [14, 14, 14, 18]] {
      Script("200 frames in \(split)") {
        Step.open()
        for _ in 0..<4 {
          Step.repeated(50) { Step.send(FramePattern(60), elements: split) }
          Step.collect(FramePattern(60, count: 50))
        }
      }
    }
  }

  static let everyLengthPasses = Requirement(
    "send/every-length-passes",
    .must,
    "frames of every length from 14 to 65535 bytes reach the far side byte for byte",
    because: "buffers of a fixed size, sixteen-bit lengths and forgotten VLAN tags cut or lose the "
      + "frames around each such boundary, and only those",
    sources: [Source.seed(182...182), Source.seed(557...583), Source.linuxTap],
    hint: "a buffer of 1514, 2048 or 65536 bytes that the header was not counted into"
  ) {
    for length in FrameLengths.common + [65_536, 65_549] {
      let frame = FramePattern(length, seed: length)
      // No length of Xen's is longer than 16 bits.
      let families = length > 65_535 ? ["tap", "netmap"] : []
      Script("\(length) bytes", bench: BenchOptions(families: families)) {
        Step.open()
        Step.send(frame)
        Step.collect(frame)
        Step.send(frame, elements: [length / 2, length - length / 2])
        Step.collect(frame)
      }
    }
  }

  static let keepsTheOrder = Requirement(
    "send/keeps-the-order",
    .must,
    "frames arrive in the order in which they were sent",
    because:
      "reordering makes TCP resend what has arrived already, and breaks protocols that number "
      + "nothing; writes that are under way at the same time overtake each other",
    sources: ["netmap(4): slots move forward only", "liburing issue 1359"],
    hint: "several asynchronous writes in flight, or a queue for the refused ones that is passed by"
  ) {
    for lengths in [[60, 60, 60], [1514, 60, 9014], [60, 65_535, 60]] {
      let frames = lengths.enumerated().map { FramePattern($1, seed: $0 + 1) }
      Script("\(lengths) bytes") {
        Step.open()
        for frame in frames { Step.send(frame) }
        Step(.collect(count: frames.count), allowed: [Outcome(.frames(frames))])
      }
    }
    Script("200 numbered frames") {
      Step.open()
      Step.repeated(200) { Step.send(FramePattern(60)) }
      Step.collect(FramePattern(60, count: 200))
    }
  }

  static let emptyElementsAreSkipped = Requirement(
    "send/empty-elements-are-skipped",
    .must,
    "elements of length zero add nothing, wherever they stand, and their address is not used",
    because: "a guest may legally pass empty buffers; treating one as the end of the list cuts the "
      + "frame, and following its address ends the process",
    sources: [Source.seed(544...583)],
    hint: "a loop that stops at the first element without bytes"
  ) {
    for split in [[0, 60], [60, 0], [30, 0, 30], [0, 0, 60, 0, 0], [0, 14, 0, 0, 46, 0]] {
      script(FramePattern(60), split)
    }
    for split in [[2048, 0], [2048, 0, 2048], [0, 4096, 0]] {
      script(FramePattern(split.reduce(0, +)), split)
    }
  }

  static let buffersAreOnlyRead = Requirement(
    "send/buffers-are-only-read",
    .must,
    "neither the payload nor the list of elements is changed by sending",
    because: "the buffers are the guest's; a backend that writes a header or padding into them "
      + "corrupts data the guest still uses, and a retry sends something else",
    sources: ["FreeBSD r357846: the list became const", Source.seed(102...103)],
    hint: "a header filled in at the front of the first element, or a list consumed while copying"
  ) {
    for split in [[60], [14, 46], [20, 20, 20], [0, 60], [1514], [10, 1504]] {
      let frame = FramePattern(split.reduce(0, +))
      Script("\(frame) in \(split)") {
        Step.open()
        Step.send(frame, elements: split)
        Step.send(frame, elements: split)
        Step.collect(frame, frame)
      }
    }
  }

  static let buffersMayBeReused = Requirement(
    "send/buffers-may-be-reused",
    .must,
    "the buffers may be overwritten as soon as the call has returned",
    because:
      "the guest is told that its buffer is free and fills it with the next frame; a backend "
      + "that still reads it puts a mixture of two frames on the link",
    sources: [Source.seed(558...558), "writev(2)"],
    hint: "a queue of addresses in place of bytes"
  ) {
    for length in [60, 1514, 9014, 65_535] {
      let frames = [FramePattern(length, seed: 1), FramePattern(length, seed: 2)]
      Script("\(length) bytes") {
        Step.open()
        Step.send(frames[0])
        Step.send(frames[1], elements: [14, length - 14])
        Step.collect(frames[0], frames[1])
      }
    }
  }
}
