/// One line of the registry: a name, and how to make benches for what it names.
struct BackendEntry: Sendable {
  /// How the rest of a name is matched.
  enum Form {
    /// The name is all there is.
    case exact
    /// An interface follows: what the prefix begins is the interface's name.
    case interface
    /// The port of a switch or of netmap follows; what it is called where names are listed.
    case port(String)
    /// The name of a mutant follows.
    case mutant
  }

  /// The name, or what every name of this entry begins with.
  let name: String
  let form: Form
  /// What it is, in a few words.
  let summary: String
  /// The options it takes.
  var options: [BackendOption] = []
  /// Checks the rest of a name, and says how the backend is made ready.
  let resolve: @Sendable (BackendName) throws(CommandFailure) -> SelectedBackend

  /// The name as a list of the known ones shows it.
  var placeholder: String {
    switch form {
    case .exact: name
    case .interface: "\(name)N"
    case .port(let rest): name + rest
    case .mutant: "\(name)NAME"
    }
  }

  /// Whether a name is one of this entry.
  func matches(_ base: String) -> Bool {
    if case .exact = form { return base == name }
    guard base.hasPrefix(name) else { return false }
    let rest = base.dropFirst(name.count)
    switch form {
    case .mutant: return true
    // A switch may be called by letters, as in valeX:1.
    case .port: return rest.first?.isLetter != true || rest.contains(":")
    case .exact, .interface: return rest.first?.isLetter != true
    }
  }
}

/// An option that may follow a backend's name after a comma.
struct BackendOption: Sendable {
  let key: String
  /// The values it takes.
  let values: [String]
}
