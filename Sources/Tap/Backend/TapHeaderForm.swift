/// The vnet header as the caller sees it and as the device sees it.
struct TapHeaderForm: Equatable, Sendable {
  /// The length in bytes that the caller uses: 0, 10 or 12.
  var inUse: Int
  /// The length in bytes that the device uses; 0 if it knows no header.
  var onDevice: Int

  /// The bytes that stand in front of a frame on the device alone.
  var hidden: Int { inUse == 0 ? onDevice : 0 }

  /// The fewest bytes that a frame may have: the header in use and that of Ethernet.
  var shortest: Int { inUse + 14 }

  /// The form in which a device opens.
  static func opened(carriesHeader: Bool) -> TapHeaderForm {
    TapHeaderForm(inUse: 0, onDevice: carriesHeader ? 10 : 0)
  }
}
