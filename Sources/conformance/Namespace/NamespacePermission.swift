internal import BackendConformance
internal import Glibc
internal import SystemPackage

/// Whether this machine lets the process have a network namespace of its own.
enum NamespacePermission {
  /// Whether only a user namespace can give the right to make a network and interfaces in it.
  static var needsUserNamespace: Bool {
    !Capability.isHeld(.systemAdministration) || !Capability.isHeld(.networkAdministration)
  }

  /// Fails if it is known beforehand that no namespace can be had.
  static func check() throws(CommandFailure) {
    guard needsUserNamespace, let command = permittingCommand else { return }
    throw refusal(command)
  }

  /// What it means that the system refused a namespace.
  static func failure(errno: Int32) -> CommandFailure {
    switch errno {
    case EINVAL, ENOSYS:
      CommandFailure(
        .unavailable,
        "this kernel has no network namespaces; create the interface yourself, and it is used in place"
      )
    default:
      refusal(permittingCommand ?? "run it as root, or in a container with --cap-add SYS_ADMIN")
    }
  }

  /// The command that allows user namespaces, if a setting is what forbids them.
  static var permittingCommand: String? {
    settings.first { ProcessFile.number($0.path) == $0.forbidden }.map { setting in
      "sudo sysctl -w \(setting.name)=\(setting.permitted)"
    }
  }

  private static func refusal(_ command: String) -> CommandFailure {
    CommandFailure(
      .notPermitted,
      "no network namespace of its own is permitted to this user; permit it with: \(command)"
    )
  }

  private struct Setting {
    var name: String
    var forbidden: Int
    var permitted: Int

    var path: String { "/proc/sys/" + name.map { $0 == "." ? "/" : String($0) }.joined() }
  }

  private static let settings = [
    Setting(name: "user.max_user_namespaces", forbidden: 0, permitted: 15000),
    Setting(name: "user.max_net_namespaces", forbidden: 0, permitted: 15000),
    Setting(name: "kernel.unprivileged_userns_clone", forbidden: 0, permitted: 1),
    Setting(name: "kernel.apparmor_restrict_unprivileged_userns", forbidden: 1, permitted: 0),
  ]
}
