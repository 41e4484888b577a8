internal import Glibc

/// The capabilities of the process, as the kernel numbers them.
enum Capability: UInt64 {
  /// `CAP_NET_ADMIN`: makes and changes interfaces.
  case networkAdministration = 12
  /// `CAP_SYS_ADMIN`: makes namespaces.
  case systemAdministration = 21

  /// Whether the process has a capability in effect.
  static func isHeld(_ capability: Capability) -> Bool {
    guard let line = ProcessFile.line("/proc/self/status", after: "CapEff:") else {
      return geteuid() == 0
    }
    return (UInt64(line, radix: 16) ?? 0) >> capability.rawValue & 1 == 1
  }
}
