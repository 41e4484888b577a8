import Foundation
import Testing

@Suite("netmap's device")
struct NetmapDeviceTests {
  let folder: Scratch

  init() throws { folder = try Scratch() }

  /// Runs the command where `/dev/netmap` is what the shell commands have made of it.
  private func run(_ prepare: String, _ arguments: String) throws -> Command.Result {
    let command = Command(
      ["--mount", "sh", "-c", "mount -t tmpfs none /dev && \(prepare); exec \(arguments)"],
      in: folder,
      environment: ["C": Command.path.path],
      tool: "/usr/bin/unshare"
    )
    try command.start()
    return command.result()
  }

  @Test(
    "that does not exist ends a run with status 69 and what would make it so",
    .disabled(if: Machine.hasNetmap, "here is one"),
    arguments: ["netmap:eth0", "netmap:p{1", "vale0:1", "valeX:port"]
  )
  func absent(name: String) throws {
    for command in ["run", "list", "doctor"] {
      let result = try Command.run(command, "--backend", name, in: folder)
      #expect(result.status == 69)
      let text = command == "doctor" ? result.output : result.errors
      #expect(text.contains("/dev/netmap does not exist here; load netmap's module with: sudo"))
    }
  }

  @Test("is among what the doctor looks at", .disabled(if: Machine.hasNetmap, "here is one"))
  func doctor() throws {
    let result = try Command.run("doctor", in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("missing  /dev/netmap"))
  }

  @Test(
    "that is something else is not taken for it",
    .enabled(if: Machine.mayMount, "needs root")
  )
  func somethingElse() throws {
    let result = try run("touch /dev/netmap", "$C run --backend vale0:1")
    #expect(result.status == 69)
    #expect(result.output == "")
    #expect(result.errors.contains("/dev/netmap does not speak API 14"))
  }

  @Test(
    "is refused to a user who may not open it, with what permits it",
    .enabled(if: Machine.mayMount, "needs root")
  )
  func notPermitted() throws {
    let result = try run(
      "touch /dev/netmap && chmod 0600 /dev/netmap",
      "setpriv --reuid=65534 --regid=65534 --clear-groups $C run --backend vale0:1"
    )
    #expect(result.status == 77)
    #expect(result.output == "")
    #expect(
      result.errors.contains(
        "/dev/netmap is not open to this user (mode 0600); permit it with: sudo chmod 0666"
      )
    )
  }
}

extension Machine {
  /// Whether netmap's device is there.
  fileprivate static let hasNetmap = FileManager.default.fileExists(atPath: "/dev/netmap")

  /// Whether a mount namespace with a file system in it can be had.
  fileprivate static let mayMount: Bool = {
    let command = Command(
      ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
      tool: "/usr/bin/unshare"
    )
    guard (try? command.start()) != nil else { return false }
    return command.result().status == 0
  }()
}
