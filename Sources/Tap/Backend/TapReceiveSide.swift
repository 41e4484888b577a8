internal import NetBackend

/// What receiving needs: the header form, and the frame that was read but not delivered yet.
struct TapReceiveSide: ~Copyable, Sendable {
  /// The header form of the frames received; `nil` if the device's is unknown.
  var form: TapHeaderForm?
  /// The list passed to the device.
  var vector = TapVector()
  /// Where the device's header goes if the caller uses none.
  let hidden = TapFrameBuffer(count: 12)
  /// Room for the longest frame and one byte more, by which a longer one is known.
  let bounce: TapFrameBuffer
  /// The length in bytes of the frame in the bounce buffer; `nil` if there is none.
  var held: Int?
  /// Whether the device was found gone or at its end, and the callbacks were stopped.
  var ended = false

  init(form: TapHeaderForm, maximumLength: Int) {
    self.form = form
    bounce = TapFrameBuffer(count: maximumLength + 1)
  }
}
