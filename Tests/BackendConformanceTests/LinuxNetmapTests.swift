import BackendConformance
import NetBackend
import Netmap
import Testing

/// The port to the real device, played on a simulated kernel that is handed its bytes.
@Suite struct LinuxNetmapTests {
  @Test(
    "Every script gives the same observations through the real port",
    arguments: ["netmap", "vale"]
  )
  func sameObservations(prefix: String) {
    let direct = ScenarioRunner(SimulatedNetmapBench.factory(prefix: prefix))
    let encoded = ScenarioRunner(
      SimulatedNetmapBench.factory(
        prefix: prefix,
        name: "encoded",
        opener: { request, port throws(BackendError) in
          try NetmapBackend(request, port: LinuxNetmap(calls: NetmapDeviceABI(port)))
        }
      )
    )
    let differences = Catalogue.all.flatMap { $0.scripts.prefix(2) }.compactMap {
      Self.difference($0, encoded.play($0), direct.play($0))
    }
    #expect(differences == [])
  }

  @Test(
    "Every script that the bench for the real device can play passes on a simulated kernel",
    arguments: ["vale0:1", "valeX:port", "netmap:p{1", "vale0:p}0"]
  )
  func realBench(name: String) throws {
    let kernel = SimulatedNetmapKernel()
    let device = NetmapDeviceABI(kernel)
    let factory = LinuxNetmapBench.factory(
      name: name,
      calls: device,
      poller: CallPoller(calls: device)
    )
    let runner = ScenarioRunner(factory)
    var passed = 0
    for requirement in Catalogue.all where factory.plays(requirement) {
      let scenario = runner.run(Array(requirement.scripts.prefix(2)), of: requirement)
      #expect(scenario.suiteFault == nil)
      let verdict = scenario.result.judgement.verdict
      #expect(
        verdict == .passed || verdict == .unsupported,
        "\(requirement.slug): \(scenario.result.judgement)"
      )
      if verdict == .passed { passed += 1 }
      #expect(kernel.openDescriptors == [], "\(requirement.slug)")
      #expect(device.mappingCount == 0, "\(requirement.slug)")
    }
    #expect(passed > 20)
  }

  @Test("A script that a real kernel cannot be brought to play is unsupported, and told why")
  func unsupported() throws {
    let device = NetmapDeviceABI(SimulatedNetmapKernel())
    let cases: [(String, BenchOptions, String)] = [
      ("vale0:1", BenchOptions(options: ["bufferSize": 512]), "buffers of 512 bytes"),
      ("vale0:1", BenchOptions(options: ["pipe": 1]), "vale0:1 is no pipe"),
      (
        "netmap:eth0", BenchOptions(options: ["slots": 8]), "a network card's rings are as they are"
      ),
    ]
    for (name, options, sentence) in cases {
      let factory = LinuxNetmapBench.factory(
        name: name,
        calls: device,
        poller: CallPoller(calls: device)
      )
      let error = #expect(throws: BenchError.self) { try factory.make(options) }
      guard case .unsupported(let what) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(what.contains(sentence))
    }
  }

  private static func difference(
    _ script: Script,
    _ left: PlayedCase,
    _ right: PlayedCase
  ) -> String? {
    // Where lanes play at the same time their order is not fixed.
    let isConcurrent = script.allSteps.contains {
      if case .together = $0.action { true } else { false }
    }
    guard !isConcurrent else { return nil }
    guard left.records.map(\.observation) != right.records.map(\.observation) else { return nil }
    let pair = zip(left.records, right.records).first { $0.observation != $1.observation }
    return "\(script.requirement) (\(script.name)): "
      + (pair.map { "\($0.observation), not \($1.observation)" } ?? "ends early")
  }
}

@Suite("A port and its far side")
struct NetmapPortPairTests {
  @Test(
    "are ports of one switch, or the ends of one pipe",
    arguments: [
      ("vale0:1", ["vale0:1 vale0:0", "vale1:1 vale1:0"]),
      ("vale0:0/x", ["vale0:0/x vale0:1", "vale1:0 vale1:1"]),
      ("valeX:p", ["valeX:p valeX:0", "vale0:p vale0:0"]),
      ("netmap:p{1", ["netmap:p{1 p}1", "netmap:p{0 p}0"]),
      ("netmap:p}0", ["netmap:p}0 p{0", "netmap:p}1 p{1"]),
      ("vale0:p{4094", ["vale0:p{4094 vale0:p}4094", "vale0:p{0 vale0:p}0"]),
    ]
  )
  func pairs(name: String, expected: [String]) throws {
    let pairs = try #require(try NetmapPortPair.pairs(of: name))
    #expect(pairs.map { "\($0.backend) \($0.farPort)" } == expected)
    // A far side that cannot be opened is none.
    for pair in pairs { _ = try NetmapPortName(pair.backend) }
  }

  @Test("may share their switch with a second pair")
  func oneSwitch() throws {
    let pairs = try #require(try NetmapPortPair.pairs(of: "vale0:2", oneSwitch: true))
    #expect(pairs.map { "\($0.backend) \($0.farPort)" } == ["vale0:2 vale0:0", "vale0:1 vale0:3"])
  }

  @Test("are not known of a network card")
  func card() throws { #expect(try NetmapPortPair.pairs(of: "netmap:eth0") == nil) }
}

@Suite(.enabled(if: PrivateNetwork.isPermitted, "interfaces need root"))
struct VethLinkTests {
  @Test("A pair is made, carries frames, and is gone afterwards")
  func making() throws {
    let (arrived, collected, isThere) = try PrivateNetwork.run { () throws in
      let link = try VethLink(making: "vnet0")
      let other = try VethLink(using: "vnet0p")
      let frame = [UInt8](repeating: 0xFF, count: 12) + [0x88, 0xB5] + [UInt8](0..<46)
      try link.inject(frame)
      let arrived = try other.collect(1, deadline: 1000)
      try other.inject(frame)
      let collected = try link.collect(1, deadline: 1000)
      link.finish()
      let isThere = (try? VethLink(using: "vnet0")) != nil
      return (arrived.map(\.length), collected.map(\.length), isThere)
    }
    #expect(arrived == [60])
    #expect(collected == [60])
    #expect(!isThere)
  }

  @Test("An interface that is wired to nothing that is known has no far side")
  func alone() throws {
    let error = try PrivateNetwork.run { () throws -> BenchError? in
      do throws(BenchError) { _ = try VethLink(using: "lo") } catch { return error }
      return nil
    }
    guard case .unavailable(let sentence) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(sentence.contains("nothing here is known to be wired to lo"))
  }
}

/// Readiness as the seam to the system tells it.
private struct CallPoller<Calls: NetmapSystemCalls>: DescriptorPoller {
  let calls: Calls

  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { descriptor in
      // POLLIN is 1; what else is told is an error.
      let found = (try? calls.poll(descriptor, for: 1, milliseconds: 0)) ?? 8
      return found == 0 ? [] : found == 1 ? .readable : .hangUp
    }
  }
}
