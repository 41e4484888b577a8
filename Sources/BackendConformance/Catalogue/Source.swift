/// How requirements cite where they come from.
package enum Source {
  /// Lines of bhyve's `net_backends.c` of 2020.
  package static func seed(_ lines: ClosedRange<Int>) -> String {
    lines.count == 1
      ? "bhyve net_backends.c \(lines.lowerBound)"
      : "bhyve net_backends.c \(lines.lowerBound)-\(lines.upperBound)"
  }

  /// A section of the virtio specification, version 1.2.
  static func virtio(_ section: String) -> String { "virtio 1.2, section \(section)" }

  /// What the netmap kernel module was measured to do.
  static let netmapMeasured = "netmap 89607e1 on Linux 6.1, measured"

  /// What the Linux kernel was measured to do.
  static let linuxTap = "Linux 6.18 tun driver, measured"
}
