internal import CLinux
internal import Foundation

/// A tap that was there before, as it was found, to be left so.
struct FoundInterface {
  private static let switches = CLINUX_IFF_NO_PI | CLINUX_IFF_VNET_HDR

  private let name: String
  private let flags: Int32
  private let headerLength: Int32
  private let isUp: Bool

  /// Notes the state of a tap.
  init(_ name: String) throws(BenchError) {
    var length: Int32 = 0
    let flags = CLINUX_IFF_TAP | (Self.switches(of: name) ?? Self.switches)
    try LinuxInterface.attached(name, flags: flags) { descriptor in
      length = clinux_tun_header_length(descriptor)
      return length
    }
    self.name = name
    self.flags = flags
    headerLength = length
    isUp = try LinuxInterface.isUp(name)
  }

  /// Puts back what a backend has changed.
  func restore() throws(BenchError) {
    try LinuxInterface.attached(name, flags: flags) { descriptor in
      // A filter of the site's own outlives the descriptor that it was set on, though it does nothing.
      _ = clinux_tun_set_filter(descriptor, 0)
      _ = clinux_tun_set_offloads(descriptor, 0)
      return clinux_tun_set_header_length(descriptor, headerLength)
    }
    try LinuxInterface.setUp(isUp, name)
  }

  /// Whether frames carry protocol information and vnet headers; `nil` where sysfs does not tell.
  private static func switches(of name: String) -> Int32? {
    let path = "/sys/class/net/\(name)/tun_flags"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let digits = text.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst(2)
    return Int32(digits, radix: 16).map { $0 & switches }
  }
}
