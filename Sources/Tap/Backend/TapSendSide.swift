internal import NetBackend

/// What sending needs: the header form, and memory for lists that cannot be passed on as they are.
struct TapSendSide: ~Copyable, Sendable {
  /// The header form of the frames sent; `nil` if the device's is unknown.
  var form: TapHeaderForm?
  /// The list passed to the device.
  var vector = TapVector()
  /// The header put in front of frames that have none: zeros.
  let zeros = TapFrameBuffer(count: 12)
  /// A frame in one piece, for lists longer than a system call takes; empty until the first one.
  var whole = TapFrameBuffer(count: 0)

  /// The most bytes a frame may have, header included.
  let maximumLength: Int

  init(form: TapHeaderForm, maximumLength: Int) {
    self.form = form
    self.maximumLength = maximumLength
  }
}
