internal import BackendConformance

/// A list as lines of text.
struct ListTable {
  let rows: [ListRow]

  init(_ rows: [ListRow]) { self.rows = rows }

  /// One line a requirement, one for each backend that was named, and one for what a profile says.
  var text: String {
    let width = rows.map(\.slug.count).max() ?? 0
    let familyWidth = rows.map { Self.families($0).count }.max() ?? 0
    return rows.map { row in
      let cells = [
        row.slug.padded(to: width),
        row.obligation.rawValue.padded(to: 6),
        Self.cases(row).padded(to: 9),
        Self.families(row).padded(to: familyWidth),
        row.remark,
      ]
      let line = cells.joined(separator: "  ").withoutTrailingSpaces
      let others = row.backends.map(Self.outlook) + (row.profile ?? []).map { "  " + $0 }
      return ([line] + others).map { $0 + "\n" }.joined()
    }.joined()
  }

  private static func cases(_ row: ListRow) -> String {
    row.cases == 1 ? "1 case" : "\(row.cases) cases"
  }

  private static func families(_ row: ListRow) -> String {
    row.families.isEmpty ? "every family" : row.families.joined(separator: ", ")
  }

  private static func outlook(_ outlook: Outlook) -> String {
    "  \(outlook.backend)  \(outlook.description)"
  }
}

extension String {
  /// The text, with spaces behind it up to that many characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text without the spaces at its end.
  var withoutTrailingSpaces: String {
    // By bytes: characters are looked for at many times the price, and a space is one byte.
    let last = utf8.lastIndex { $0 != UInt8(ascii: " ") }
    return last.map { String(self[..<utf8.index(after: $0)]) } ?? ""
  }
}
