internal import NetBackend

extension FramePattern {
  /// The frame behind a vnet header of this length that asks for nothing.
  ///
  /// - Parameter bufferCount: The last field of the form of 12 bytes.
  package func behindHeader(_ length: Int, bufferCount: UInt16 = 0) -> FramePattern {
    var fields = VirtioNetHeader()
    fields.bufferCount = bufferCount
    return behind(fields, length: length)
  }

  /// The frame behind a vnet header of this length.
  func behind(_ fields: VirtioNetHeader, length: Int) -> FramePattern {
    var frame = self
    frame.header = fields.encoded(length: length)
    return frame
  }

  /// What a backend may deliver for this frame with a header of this length: who counts the buffers,
  /// backend or frontend, is left open.
  func forms(header length: Int) -> [FramePattern] {
    let counts: [UInt16] = length == 12 ? [0, 1] : [0]
    return counts.map { behindHeader(length, bufferCount: $0) }
  }
}

extension Step {
  /// The same step, allowed to observe any of `outcomes`.
  func allowing(any outcomes: [Outcome]) -> Step {
    var step = self
    step.allowed = outcomes
    return step
  }

  /// Receives a frame that asks for nothing, behind a header of this length.
  static func receive(_ frame: FramePattern, header: Int, into lengths: [UInt]? = nil) -> Step {
    Step.receive(into: lengths ?? [UInt(header + frame.length)])
      .allowing(any: frame.forms(header: header).map { .frame($0) })
  }

  /// Puts one frame on the link and receives it behind a header of this length.
  static func arrival(seed: Int, header: Int, length: Int = 60) -> [Step] {
    let frame = FramePattern(length, seed: seed)
    return [.inject(frame), .receive(frame, header: header)]
  }

  /// Sends one frame behind a header of this length and collects it.
  static func departure(seed: Int, header: Int, length: Int = 60) -> [Step] {
    let frame = FramePattern(length, seed: seed)
    return [.send(frame.behindHeader(header)), .collect(frame)]
  }

  /// One frame in each direction, both behind a header of this length.
  static func traffic(seed: Int = 1, header: Int = 0) -> [Step] {
    arrival(seed: seed, header: header) + departure(seed: seed + 1, header: header)
  }

  /// Sets a header length that a backend need not offer, without features.
  static func useHeader(_ length: Int) -> Step {
    setFeatures([], headerLength: length).orUnsupported
  }
}
