/// What one round does.
enum ModelRound: CaseIterable {
  case send, peek, receive, discard
  /// A frame is put on the wire; slots as a device should not leave them are put into a ring.
  case inject, publish
  /// What was sent is looked at; the wire takes more or less of it at once.
  case consume, limit
  case syncTransmit, syncReceive
  /// A sync fails; an index is changed for the length of a call; a slot gets an index that is none.
  case fault, tamper, spoil
  /// Slots to receive into get their own indices again.
  case mend
  /// A ring that is empty begins again at another place.
  case place

  /// The kinds, as often as they are to come.
  private static let weighted: [ModelRound] = [
    (.send, 20), (.peek, 10), (.receive, 20), (.discard, 4), (.inject, 18), (.publish, 6),
    (.consume, 6), (.limit, 1), (.syncTransmit, 4), (.syncReceive, 4), (.fault, 2), (.tamper, 2),
    (.spoil, 1), (.mend, 1), (.place, 2),
  ].flatMap { (round, weight) in Array(repeating: round, count: weight) }

  static func any(_ random: inout ModelRandom) -> ModelRound {
    weighted[random.below(weighted.count)]
  }
}
