internal import SystemPackage

/// What a backend reads in the store, with the rules by which it takes it.
struct StoreView<Port: XenPort> {
  let port: Port
  let form: StoreNumberForm

  /// The text of a key; `nil` if there is none.
  func text(_ path: String) -> String? { try? port.read(path, in: .none) }

  /// The number of a key; `nil` if there is none or it has none.
  func number(_ path: String) -> UInt32? { text(path).flatMap(form.number) }

  /// Whether a key has a number that is not zero; absent and zero are the same.
  func flag(_ path: String) -> Bool { (number(path) ?? 0) != 0 }

  /// The number of a key that must be there.
  ///
  /// - Throws: `ENOENT` if it is not, `invalid` if it has no number.
  func required(_ path: String, invalid: Errno) throws(Errno) -> UInt32 {
    guard let number = form.number(try port.read(path, in: .none)) else { throw invalid }
    return number
  }

  /// The state that the owner of a directory tells; unknown if there is none.
  func state(of directory: String) -> ConnectionState {
    ConnectionState(rawValue: Int(number(directory + "/state") ?? 0))
  }
}
