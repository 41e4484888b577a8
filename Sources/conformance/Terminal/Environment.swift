internal import Glibc

/// The variables of the environment.
enum Environment {
  /// The value of a variable.
  static func value(_ name: String) -> String? {
    // SAFETY: getenv returns NULL or a string that ends with a zero; it is copied at once.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Whether a variable has a value that is not empty.
  static func isSet(_ name: String) -> Bool { value(name)?.isEmpty == false }
}
