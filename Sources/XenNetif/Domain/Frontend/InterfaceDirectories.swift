public import SystemPackage

/// The two directories of a virtual interface in the store, as the toolstack makes them.
public struct InterfaceDirectories: Equatable, Sendable {
  /// The backend's directory.
  public let backendPath: String
  /// The frontend's directory.
  public let frontendPath: String
  /// The domain of the backend.
  public let backend: Domain
  /// The domain of the frontend.
  public let frontend: Domain
  /// Which interface of the frontend it is.
  public let handle: Int

  /// The address of the frontend if none is given.
  public static let usualAddress = "00:16:3e:00:00:01"

  /// The directories of an interface between two domains.
  public init(from backend: Domain, to frontend: Domain, handle: Int = 0) {
    let (back, front) = (backend.rawValue, frontend.rawValue)
    backendPath = "/local/domain/\(back)/backend/vif/\(front)/\(handle)"
    frontendPath = "/local/domain/\(front)/device/vif/\(handle)"
    self.backend = backend
    self.frontend = frontend
    self.handle = handle
  }

  /// Writes both directories, in which both ends are initialising.
  ///
  /// - Parameter changes: Keys of the backend's directory that are to be others, or with `nil` are not
  ///   to be there.
  ///
  /// Source: Xen `tools/libs/light/libxl_nic.c`; `hotplug-status` from `vif-common.sh`.
  public func create(
    through toolstack: SimulatedXenPort,
    changing changes: [String: String?] = [:]
  ) throws(Errno) {
    let shared = ["handle": "\(handle)", "mac": Self.usualAddress, "state": "1"]
    let ends = shared.merging(
      [
        "frontend": frontendPath, "frontend-id": "\(frontend.rawValue)", "online": "1",
        "hotplug-status": "connected",
      ]
    ) { $1 }
    let own = shared.merging(["backend": backendPath, "backend-id": "\(backend.rawValue)"]) { $1 }
    try write(own, below: frontendPath, through: toolstack)
    let changed = changes.reduce(into: ends) { $0[$1.key] = $1.value }
    try write(changed, below: backendPath, through: toolstack)
  }

  /// Removes both directories.
  public func remove(through toolstack: SimulatedXenPort) throws(Errno) {
    for path in [backendPath, frontendPath] { try toolstack.remove(path, in: .none) }
  }

  private func write(
    _ keys: [String: String],
    below path: String,
    through toolstack: SimulatedXenPort
  ) throws(Errno) {
    for (name, value) in keys.sorted(by: { $0.key < $1.key }) {
      try toolstack.write(value, to: "\(path)/\(name)", in: .none)
    }
  }
}
