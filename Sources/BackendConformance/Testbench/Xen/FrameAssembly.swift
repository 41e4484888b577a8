internal import XenNetif

/// Puts frames together from the responses of a ring to receive.
struct FrameAssembly {
  /// A part of a frame: where it lies in a page.
  struct Part {
    let page: Int
    let range: Range<Int>
  }

  /// A whole frame.
  struct Frame {
    var parts: [Part] = []
    /// The bytes in front of the data that were asked for and are counted as data.
    var surplus = 0
    /// Whether a slot says that something went wrong.
    var isBroken = false
  }

  private enum Next {
    case first
    case extra(isDataNext: Bool)
    case data
  }

  /// The frames that are whole.
  var frames: [Frame] = []
  private var frame = Frame()
  private var firstOffset = 0
  private var next = Next.first

  /// Whether the next slot is an extra one.
  var expectsExtra: Bool { if case .extra = next { true } else { false } }

  /// Takes a slot with data.
  mutating func take(_ response: ReceiveResponse, page: Int?) {
    let isFirst = if case .first = next { true } else { false }
    if isFirst { firstOffset = Int(response.offset) }
    let (offset, status) = (Int(response.offset), Int(response.status))
    if let page, status >= 0, offset + status <= GuestPage.count {
      frame.parts.append(Part(page: page, range: offset..<offset + status))
    } else {
      frame.isBroken = true
    }
    let isDataNext = response.flags.contains(.moreData)
    if isFirst && response.flags.contains(.extraInfo) {
      next = .extra(isDataNext: isDataNext)
    } else {
      step(isDataNext)
    }
  }

  /// Takes an extra slot.
  mutating func take(_ extra: ExtraInfo) {
    if extra.type == .headroom {
      // What an offset leaves out is in no part; some netbacks tell the room by that alone.
      frame.surplus = max(0, Int(HeadroomExtra(extra.payload).headroom) - firstOffset)
    }
    guard !extra.hasMore, case .extra(let isDataNext) = next else { return }
    step(isDataNext)
  }

  private mutating func step(_ isDataNext: Bool) {
    next = isDataNext ? .data : .first
    guard !isDataNext else { return }
    frames.append(frame)
    frame = Frame()
  }
}
