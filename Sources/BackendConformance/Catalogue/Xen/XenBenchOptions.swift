/// What the scripts for netbacks ask of a bench.
enum XenScript {
  static let families = ["xen"]

  /// A bench whose frontend the script plays by hand.
  static func bench(
    queues: Int = 1,
    isSplit: Bool = false,
    hasControl: Bool = false,
    transmitStart: Int = 0,
    receiveStart: Int = 0
  ) -> BenchOptions {
    let options = [
      "scripted": 1, "queues": queues, "split": isSplit ? 1 : 0, "control": hasControl ? 1 : 0,
      "transmitStart": transmitStart, "receiveStart": receiveStart,
    ]
    return BenchOptions(families: families, options: options.filter { $0.value != 0 })
  }

  /// A script in which the netback has been opened and the frontend is connected.
  static func connected(
    _ name: String,
    on bench: BenchOptions = bench(),
    changing changes: [String: String?] = [:],
    @StepBuilder steps: () -> [Step]
  ) -> Script {
    let first = [Step.open(), Guest.connect(changes)]
    return Script(name: name, bench: bench, steps: first + steps())
  }

  /// The netback is in the state that it tells when a connection could not be made.
  static var refused: Step {
    Guest.state(.failedConnection, ["closed": 5, "connected": 4])
  }
}

extension Source {
  /// Xen's header of the interface, in its newest form.
  static let netif = "Xen io/netif.h"
  /// Xen's header of shared rings.
  static let xenRing = "Xen io/ring.h"
  /// What Linux's netback was measured to do.
  static let netbackMeasured = "Linux 6.1.192 xen-netback on Xen 4.17, measured"
  /// A security advisory of the Xen project.
  static func advisory(_ number: Int) -> String { "XSA-\(number)" }
}
