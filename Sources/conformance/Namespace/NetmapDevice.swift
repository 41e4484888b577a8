internal import BackendConformance
internal import Glibc
internal import Netmap
internal import SystemPackage

/// The device through which netmap's ports are opened.
enum NetmapDevice {
  static let path = "/dev/netmap"

  /// What there is to say of the device; fails if it cannot be used, with what would make it so.
  static func inspect() throws(CommandFailure) -> String {
    let port = LinuxNetmap()
    do throws(Errno) {
      let descriptor = try port.open()
      defer { try? port.close(descriptor) }
      _ = try port.information(descriptor, of: "")
      return
        "opens for reading and writing (\(mode)), and speaks API \(NetmapRequestHeader.version)"
    } catch {
      throw failure(error)
    }
  }

  private static func failure(_ errno: Errno) -> CommandFailure {
    switch errno {
    case .noSuchFileOrDirectory, .operationNotSupportedByDevice, .noSuchAddressOrDevice:
      CommandFailure(
        .unavailable,
        "\(path) does not exist here; load netmap's module with: sudo modprobe netmap (it does not "
          + "come with Linux; it is built from github.com/luigirizzo/netmap)"
      )
    case .permissionDenied:
      CommandFailure(
        .notPermitted,
        "\(path) is not open to this user (\(mode)); permit it with: sudo chmod 0666 \(path)"
      )
    case .notPermitted:
      CommandFailure(
        .notPermitted,
        "\(path) is withheld from this container; start it with: --device \(path)"
      )
    case .invalidArgument, .notSupportedOnSocket, .inappropriateIOCTLForDevice:
      CommandFailure(
        .unavailable,
        "\(path) does not speak API \(NetmapRequestHeader.version); load a module of netmap that does"
      )
    default: CommandFailure(.unavailable, "\(path) does not open (errno \(errno.rawValue))")
    }
  }

  /// The permissions of the device, as `mode 0600`.
  private static var mode: String {
    var status = stat()
    // SAFETY: the path is lent for the length of the call, which fills the structure.
    guard unsafe stat(path, &status) == 0 else { return "mode unknown" }
    let digits = String(status.st_mode & 0o7777, radix: 8)
    return "mode " + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
