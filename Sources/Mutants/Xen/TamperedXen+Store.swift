internal import SystemPackage
internal import XenNetif

// Wrong ways to use the store.
extension TamperedXen {
  /// Reads a key otherwise: given its value, it is another one.
  mutating func reading(_ key: String, _ change: @escaping @Sendable (String?) -> String?) {
    onRead = { path, value in path.hasSuffix("/" + key) ? change(value) : value }
  }

  /// Reads keys otherwise: given the path and the value, it is another one.
  ///
  /// The closure can read what else there is.
  mutating func reading(
    _ change: @escaping @Sendable (Neighbours, String?) -> String?
  ) {
    let base = base
    onRead = { path, value in change(Neighbours(path: path, port: base), value) }
  }

  /// Writes a key otherwise: given its value, it is another one, or not written.
  mutating func writing(_ key: String, _ change: @escaping @Sendable (String) -> String?) {
    onWrite = { path, value in path.hasSuffix("/" + key) ? change(value) : value }
  }

  /// Does not watch a key.
  mutating func ignoring(_ key: String) {
    onWatch = { base, path, token throws(Errno) in
      if !path.hasSuffix("/" + key) { try base.watch(path, token: token) }
    }
  }

  /// Notes the state that the netback told last.
  mutating func notingState() -> Remembered<String> {
    let state = Remembered("")
    writing("state") { value in
      state.value = value
      return value
    }
    return state
  }
}

/// A key that is read, and the keys around it.
struct Neighbours: Sendable {
  let path: String
  let port: TamperedXen.Base

  /// The last part of the path.
  var key: String { path.split(separator: "/").last.map(String.init) ?? "" }

  /// Whether the key is the frontend's.
  var isFrontends: Bool { path.contains("/device/vif/") }

  /// Another key of the same directory.
  subscript(_ other: String) -> String? { value(path.dropLast(key.count) + other) }

  /// The key with a part of its path replaced.
  func replacing(_ part: String, _ other: String) -> String? {
    path.contains(part) ? value(path.replacing(part, with: other, maxReplacements: 1)) : nil
  }

  private func value(_ path: String) -> String? { try? port.read(path, in: .none) }
}
