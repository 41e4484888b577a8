import Foundation
import Glibc
import Testing

@Suite("A real interface", .enabled(if: Machine.hasTaps, "needs root and /dev/net/tun"))
struct DeviceTests {
  let folder: Scratch

  init() throws { folder = try Scratch() }

  /// Runs shell commands in a network namespace of their own; `$C` is the command.
  private func shell(_ script: String) throws -> Command.Result {
    let command = Command(
      ["--net", "sh", "-c", script],
      in: folder,
      environment: ["C": Command.path.path],
      tool: "/usr/bin/unshare"
    )
    try command.start()
    return command.result()
  }

  @Test("that does not exist is made in a network of the run's own, and gone afterwards")
  func privateNetwork() throws {
    let result = try Command.run(
      "run",
      "open/header-starts-empty",
      "--backend",
      "tap77",
      in: folder
    )
    #expect(result.status == 0)
    #expect(result.errors.contains("tap77 lives in a network namespace of this run's own"))
    #expect(!FileManager.default.fileExists(atPath: "/sys/class/net/tap77"))
  }

  @Test("that exists is used in place, and left as it was found")
  func inPlace() throws {
    let result = try shell(
      """
      ip tuntap add tap5 mode tap vnet_hdr && ip link set tap5 up mtu 1400
      ip -d link show tap5 > before
      $C run open/header-starts-empty --backend tap5
      status=$?
      ip -d link show tap5 > after
      exit $status
      """
    )
    #expect(result.status == 0)
    #expect(result.errors.contains("tap5 exists and is used in place"))
    #expect(try folder.text("before") == folder.text("after"))
  }

  @Test(
    "of another kind is refused with status 69, and not opened",
    arguments: [
      ("ip link add tap9 type bridge", "an interface of another kind, not a tap"),
      ("ip tuntap add tap9 mode tun", "a tun, which carries no Ethernet header, not a tap"),
    ]
  )
  func wrongKind(make: String, sentence: String) throws {
    let result = try shell("\(make) && exec $C run --backend tap9")
    #expect(result.status == 69)
    #expect(result.output == "")
    #expect(result.errors.contains("tap9 is \(sentence)"))
  }

  @Test("that is interrupted leaves nothing behind", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    try folder.write(Fixture.endless, to: "fixtures/b.yaml")
    let command = Command(
      ["run", "--fixtures", "fixtures", "--backend", "tap78", "--report", "events"],
      in: folder
    )
    try command.start()
    _ = command.readOutput(until: #""kind":"scenario.start""#)
    kill(command.process.processIdentifier, signal)
    #expect(command.result().status == 128 + signal)
    #expect(!FileManager.default.fileExists(atPath: "/sys/class/net/tap78"))
  }

  @Test(
    "is refused to a user who may not open the device, with what permits it",
    .enabled(if: Machine.withholdsTaps, "here the device is open to everybody")
  )
  func notPermitted() throws {
    let command = Command(
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", Command.path.path, "run", "--backend",
        "tap0",
      ],
      tool: "/usr/bin/setpriv"
    )
    try command.start()
    let result = command.result()
    #expect(result.status == 77)
    #expect(result.output == "")
    #expect(result.errors.contains("permit it with: sudo chmod 0666 /dev/net/tun"))
  }
}

/// What the machine lets these tests do.
enum Machine {
  /// Whether taps can be made.
  static let hasTaps =
    // The path is lent for the length of the call.
    unsafe geteuid() == 0 && access("/dev/net/tun", R_OK | W_OK) == 0

  /// Whether an ordinary user may not open the device.
  static let withholdsTaps: Bool = {
    let attributes = try? FileManager.default.attributesOfItem(atPath: "/dev/net/tun")
    return ((attributes?[.posixPermissions] as? Int) ?? 0) & 0o006 == 0
  }()
}
