/// One network interface of the simulated kernel.
struct SimulatedInterface {
  /// Its name.
  var name: String
  /// Its kind and mode; neither tap nor tun for an interface of another driver.
  var flags: TapFlags
  /// The length in bytes of the vnet header, if the flags ask for one.
  var headerLength = 10
  /// What may be handed over undone.
  var offloads: TapOffloads = []
  /// Whether the link is up.
  var isUp = false
  /// The most bytes behind the Ethernet header of an injected frame.
  var mtu = 1500
  /// The frames that a queue keeps.
  var queueLength = 1000
  /// The frames written by the backend and not collected yet.
  var sent: [SimulatedTapFrame] = []
  /// The injected frames that no queue could take.
  var dropped: UInt64 = 0
  /// The descriptors attached, in the order of attaching.
  var queues: [Int32] = []

  /// The bytes in front of each frame on a descriptor.
  var headerInFront: Int { flags.contains(.vnetHeader) ? headerLength : 0 }
}
