/// The slots of a received frame in front of whose data the frontend wants room.
///
/// Netbacks tell it in two ways, besides the extra: as bytes that the status counts, or by the offset.
enum ReceivedHeadroom {
  /// The extra that tells of so many bytes of room.
  static func extra(_ room: Int) -> XenResponse {
    .extra(type: 5, payload: [UInt8(room & 0xFF), UInt8(room >> 8), 0, 0, 0, 0])
  }

  /// How many requests a frame takes.
  static func count(_ length: Int, _ room: Int, extras: Int = 1) -> Int {
    pieces(length, room).count + extras
  }

  /// The responses if the room counts as bytes of each slot.
  static func inStatus(
    _ length: Int,
    _ room: Int,
    flags: Int = 0,
    extras: [XenResponse]? = nil
  ) -> [XenResponse] {
    responses(length, room, flags, extras) { .data($0 + room, flags: $1, offset: 0) }
  }

  /// The responses if data begins at an offset.
  static func inOffset(
    _ length: Int,
    _ room: Int,
    flags: Int = 0,
    extras: [XenResponse]? = nil
  ) -> [XenResponse] {
    responses(length, room, flags, extras) { .data($0, flags: $1, offset: room) }
  }

  private static func pieces(_ length: Int, _ room: Int) -> [Int] {
    let most = 4096 - room
    return stride(from: 0, to: length, by: most).map { min(most, length - $0) }
  }

  private static func responses(
    _ length: Int,
    _ room: Int,
    _ flags: Int,
    _ extras: [XenResponse]?,
    _ slot: (Int, Int) -> XenResponse
  ) -> [XenResponse] {
    let pieces = pieces(length, room)
    return pieces.enumerated().flatMap { number, piece -> [XenResponse] in
      let more = number == pieces.count - 1 ? 0 : ReceivedSlots.Flag.more
      guard number == 0 else { return [slot(piece, more)] }
      return [slot(piece, flags | more | ReceivedSlots.Flag.extra)] + (extras ?? [extra(room)])
    }
  }
}
