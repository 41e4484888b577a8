import BackendConformance
import NetBackend
import Synchronization
import Testing
import XenNetif

/// The netback behind `sim:xen` is the one that the measured cases are replayed on.
@Suite("What the simulated netback decides under a profile") struct XenPolicyTests {
  @Test(
    "A profile's netback has the policy of its name, and any other profile the strict one",
    arguments: [
      (Profile.xenLinux, NetbackPolicy.linux), (.xenFreeBSD, .freeBSD), (.xenStrict, .strict),
      (.strict, .strict),
    ]
  )
  func followsTheProfile(profile: Profile, policy: NetbackPolicy) throws {
    let opened = Mutex<NetbackPolicy?>(nil)
    let factory = SimulatedXenBench.factory(name: "sim:xen") {
      request,
      port,
      policy throws(BackendError) in
      opened.withLock { $0 = policy }
      return try XenNetback(request, port: port, policy: policy)
    }
    let bench = try factory.make(profile: profile)
    let request = OpenRequest(name: bench.name(of: 0), loop: bench.loop) {}
    try bench.open(request).backend.close()
    bench.tearDown()
    #expect(opened.withLock { $0 } == policy)
  }
}
