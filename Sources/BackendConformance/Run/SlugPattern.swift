/// A pattern of slugs: segments between slashes, in which `*` stands for any characters; a segment
/// `**` stands for any number of segments.
struct SlugPattern: Equatable, Sendable {
  /// The pattern as it was written.
  let text: String
  private let segments: [[Character]]

  init(_ text: String) {
    self.text = text
    segments = Self.segments(text)
  }

  /// Whether a slug fits.
  func matches(_ slug: String) -> Bool { Self.fits(Self.segments(slug)[...], segments[...]) }

  private static func segments(_ text: String) -> [[Character]] {
    text.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
  }

  private static func fits(
    _ segments: ArraySlice<[Character]>,
    _ pattern: ArraySlice<[Character]>
  ) -> Bool {
    guard let first = pattern.first else { return segments.isEmpty }
    if first == ["*", "*"] {
      let rest = pattern.dropFirst()
      return (0...segments.count).contains { fits(segments.dropFirst($0), rest) }
    }
    guard let segment = segments.first, fits(segment, first) else { return false }
    return fits(segments.dropFirst(), pattern.dropFirst())
  }

  /// Whether characters fit a segment: on a mismatch, the last `*` takes one character more.
  private static func fits(_ characters: [Character], _ pattern: [Character]) -> Bool {
    var (position, place) = (0, 0)
    var star: (position: Int, place: Int)?
    while position < characters.count {
      if place < pattern.count && pattern[place] == "*" {
        star = (position, place)
        place += 1
      } else if place < pattern.count && pattern[place] == characters[position] {
        (position, place) = (position + 1, place + 1)
      } else if let last = star {
        (position, place) = (last.position + 1, last.place + 1)
        star = (last.position + 1, last.place)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
