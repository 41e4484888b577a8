extension RingPageExplanation {
  /// The explanation for a person, ending in a new line.
  ///
  /// What is wrong begins with an exclamation mark.
  public var text: String {
    let geometry = kind.geometry
    var lines = [
      "\(kind.rawValue) ring, \(geometry.slotCount) slots of \(geometry.slotSize) bytes", "",
    ]
    lines += headerLines
    lines += section("requests without a response", requests)
    lines += section("responses", responses)
    return lines.joined(separator: "\n") + "\n"
  }

  private var headerLines: [String] {
    [
      "  req_prod   \(header.requestProducer)", "  req_event  \(header.requestEvent)",
      "  rsp_prod   \(header.responseProducer)", "  rsp_event  \(header.responseEvent)",
    ] + header.faults.map { "  ! \($0)" }
  }

  private func section(_ title: String, _ chains: [ExplainedChain]) -> [String] {
    let count = chains.reduce(0) { $0 + $1.slots.count }
    return ["", "\(title): \(count == 0 ? "none" : String(count))"] + chains.flatMap(Self.lines)
  }

  private static func lines(_ chain: ExplainedChain) -> [String] {
    chain.slots.map(line)
      + (chain.summary.map { ["    \($0)"] } ?? [])
      + chain.faults.map { "    ! \($0)" }
  }

  /// Index, position, the bytes in fours, the meaning.
  private static func line(_ slot: ExplainedSlot) -> String {
    let words = stride(from: 0, to: slot.bytes.count, by: 4).map { start in
      slot.bytes[start..<min(start + 4, slot.bytes.count)].map(hexadecimal).joined()
    }
    return "  \(padded(slot.index, 10))  [\(padded(slot.position, 3))]  "
      + "\(words.joined(separator: " "))  \(slot.meaning)"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
  }

  private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
