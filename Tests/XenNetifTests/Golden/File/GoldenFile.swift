import Foundation
import Testing

/// What was measured on a real netback: cases of operations with what could be seen after them.
struct GoldenFile: Decodable {
  let cases: [GoldenCase]

  /// All cases.
  static let all: Result<[GoldenCase], any Error> = Result {
    let root = #filePath.split(separator: "/").dropLast(5).reduce(into: "") { $0 += "/" + $1 }
    let data = try Data(contentsOf: URL(filePath: root + "/Fixtures/xen-netback-vectors.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(GoldenFile.self, from: data).cases
  }
}

/// One case: a fresh interface, a few steps, and how it ended.
struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
  /// How it is known.
  let name: String
  /// How the frontend connected, unless it wrote `keys` by hand.
  let front: [String: GoldenValue]?
  /// The state of the backend after the frontend had said that it is connected.
  let connectState: Int?
  /// The keys that were written by hand, separated by semicolons.
  let keys: String?
  /// Why the interface was disabled.
  let fatal: String?
  let steps: [GoldenStep]
  let final: GoldenEnd

  var testDescription: String { name }

  enum CodingKeys: String, CodingKey {
    case name = "case"
    case front, connectState, keys, fatal, steps, final
  }
}

/// How a case ended; a carrier of -1 could not be read because the interface was not up.
struct GoldenEnd: Decodable, Sendable {
  let carrier: Int
  let backendState: Int
}

/// A few operations and what was seen after them.
struct GoldenStep: Decodable, Sendable {
  let operations: [GoldenOperation]
  let observation: GoldenObservation

  enum CodingKeys: String, CodingKey {
    case operations = "do"
    case observation = "obs"
  }
}

/// A number, a text, nothing, or an error with its cause.
enum GoldenValue: Decodable, Equatable, Sendable {
  case number(Int)
  case text(String)
  case failure(errno: Int)
  case none

  init(from decoder: any Decoder) throws {
    struct Failure: Decodable { let errno: Int }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .failure(errno: try container.decode(Failure.self).errno)
    }
  }

  /// The number, if it is one.
  var number: Int? { if case .number(let number) = self { number } else { nil } }

  /// The text, if it is one.
  var text: String? { if case .text(let text) = self { text } else { nil } }
}
