internal import BackendConformance
internal import CLinux
internal import Glibc

/// The device through which taps are made and attached to.
enum TunDevice {
  static let path = "/dev/net/tun"

  /// What there is to say of the device; fails if it cannot be opened, with what would make it so.
  static func inspect() throws(CommandFailure) -> String {
    let descriptor = clinux_tun_open()
    guard descriptor >= 0 else { throw failure(errno: -descriptor) }
    clinux_close(descriptor)
    return "opens for reading and writing"
  }

  private static func failure(errno: Int32) -> CommandFailure {
    switch errno {
    case ENOENT, ENODEV, ENXIO:
      CommandFailure(
        .unavailable,
        "\(path) does not exist here; load the driver with: sudo modprobe tun"
      )
    case EACCES:
      CommandFailure(
        .notPermitted,
        "\(path) is not open to this user; permit it with: sudo chmod 0666 \(path)"
      )
    case EPERM:
      CommandFailure(
        .notPermitted,
        "\(path) is withheld from this container; start it with: --device \(path)"
      )
    default:
      CommandFailure(.unavailable, "\(path) does not open (errno \(errno))")
    }
  }
}
