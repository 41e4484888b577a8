/// The answer to one slot with data.
struct PassAnswer: Equatable {
  /// The slot's number in the pass.
  var slot: Int
  var status: TransmitStatus
}

/// The order and the status in which the slots of a packet are answered that could not be read.
///
/// The answers say which slots could not be read. What Linux answers follows from how it reads: the
/// head of a packet is copied, the rest mapped, and mapped slots are answered when the frame is gone.
///
/// Source: measured, Linux 6.1.192.
enum PassAnswers {
  /// The slots in the first list of a frame's pieces; Linux keeps the others in a second one.
  private static let pieces = 17

  /// The answers to a packet, some of whose slots have failed.
  static func failed(_ slots: [PassSlot], _ range: Range<Int>) -> [PassAnswer] {
    let head = range.filter { slots[$0].reach == .copied }
    let rest = range.filter { slots[$0].reach != .copied }
    let copyFailed = range.contains { slots[$0].reach != .mapped && slots[$0].hasFailed }
    let answers = head.map { answer($0, slots) }
    guard !copyFailed else {
      // The head takes along the slot that it shares.
      return answers
        + rest.map { slot in
          slots[slot].reach == .shared
            ? PassAnswer(slot: slot, status: .error) : answer(slot, slots)
        }
    }
    return answers + fromFirstFailure(rest, slots)
  }

  /// The slot that failed first, those before it, and those behind it.
  private static func fromFirstFailure(_ rest: [Int], _ slots: [PassSlot]) -> [PassAnswer] {
    guard let first = rest.firstIndex(where: { slots[$0].hasFailed }) else { return [] }
    let begin = first < pieces ? 0 : pieces
    let order = [first] + Array(begin..<first) + Array(0..<begin) + Array((first + 1)..<rest.count)
    return order.map { answer(rest[$0], slots) }
  }

  private static func answer(_ slot: Int, _ slots: [PassSlot]) -> PassAnswer {
    PassAnswer(slot: slot, status: slots[slot].hasFailed ? .error : .okay)
  }
}
