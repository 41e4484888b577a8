import NetBackend
import Testing

@Suite struct BackendRegistryTests {
  private static func registry(_ prefixes: [String]) -> BackendRegistry {
    BackendRegistry(
      prefixes.map { prefix in
        BackendKind(prefix: prefix) { request throws(BackendError) in
          throw BackendError(.unavailable, call: prefix, subject: request.name)
        }
      }
    )
  }

  @Test(
    "The longest prefix that is followed by no letter selects the kind",
    arguments: [
      ("tap0", "tap"), ("tap-x", "tap"), ("tapx0", "tapx"), ("vmnet3", "vmnet"),
      ("vale0:1", "vale"),
      ("tap%d", "tap"), ("tap_", "tap"),
    ]
  )
  func selects(name: String, prefix: String) throws {
    for prefixes in [["tap", "tapx", "vmnet", "vale"], ["vale", "vmnet", "tapx", "tap"]] {
      #expect(try Self.registry(prefixes).kind(for: name).prefix == prefix)
    }
  }

  @Test(
    "A name that is no kind's is refused with a reason",
    arguments: [
      ("", BackendError.Reason.invalidName), ("tap", .invalidName), ("foo0", .unknownBackend),
      ("tapestry", .unknownBackend), ("ta", .unknownBackend), ("TAP0", .unknownBackend),
      (" tap0", .unknownBackend),
    ]
  )
  func refuses(name: String, reason: BackendError.Reason) {
    let error = #expect(throws: BackendError.self) {
      try Self.registry(["tap", "vale"]).kind(for: name)
    }
    #expect(error?.reason == reason)
    #expect(error?.subject.isEmpty == false)
  }

  @Test("Opening hands the request to the kind")
  func opens() {
    let request = OpenRequest(name: "tap7", loop: NoLoop()) {}
    let error = #expect(throws: BackendError.self) { try Self.registry(["tap"]).open(request) }
    #expect(error == BackendError(.unavailable, call: "tap", subject: "tap7"))
  }

  private final class NoLoop: EventLoop {
    func watch(
      _ descriptor: Int32,
      onReadable: @escaping @Sendable () -> Void
    ) throws(BackendError) -> any EventRegistration {
      throw BackendError(.unavailable, call: "watch", subject: "\(descriptor)")
    }
  }
}

@Suite struct InterfaceNameTests {
  @Test(
    "A name of 1 to 15 bytes is taken as it is",
    arguments: ["t", "tap0", "a-b.c_d%d", "123456789012345"]
  )
  func accepts(name: String) throws {
    #expect(try InterfaceName(name).description == name)
  }

  @Test(
    "Any other name is refused whole",
    arguments: ["", "1234567890123456", "a/b", "..", ".", "a b", "a:1", "tap\u{0}", "täp0", "a\n"]
  )
  func refuses(name: String) {
    let error = #expect(throws: BackendError.self) { try InterfaceName(name) }
    #expect(error?.reason == .invalidName)
  }
}
