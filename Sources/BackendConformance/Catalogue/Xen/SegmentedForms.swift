internal import NetBackend

/// The forms in which a packet may be passed on that is still to be cut.
enum SegmentedForms {
  /// The frame behind its header, of which the length of the headers is a hint, and who counts buffers
  /// is left open.
  ///
  /// - Parameters:
  ///   - length: The length of the vnet header in bytes.
  ///   - hint: The length of the frame's headers in bytes, if the vnet header does not say it.
  static func of(
    _ frame: FramePattern,
    _ header: VirtioNetHeader,
    _ length: Int,
    hint: Int? = nil
  ) -> [Outcome] {
    let own = hint ?? Int(header.headersLength)
    let hints = [own, frame.length, Int(header.checksumStart)]
    return hints.flatMap { hint in
      (length == 12 ? [0, 1] : [0] as [UInt16]).map { count in
        var fields = header
        fields.headersLength = UInt16(clamping: hint)
        fields.bufferCount = count
        return .frame(frame.behind(fields, length: length))
      }
    }
  }
}
