internal import Foundation

/// A list as data.
struct ListDocument: Encodable {
  /// The version of this document's form.
  let schema = 1
  let requirements: [ListRow]

  init(_ rows: [ListRow]) { requirements = rows }

  /// The document as JSON, ending in a new line.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // The document holds text, numbers and lists only: nothing that JSON cannot say.
    let data = (try? encoder.encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
