internal import NetBackend
internal import RingMemory
internal import SystemPackage

/// What sending to the frontend needs: its receive rings, and what it takes.
struct VifSendSide<Port: XenPort>: ~Copyable, Sendable {
  /// The receive rings; none while nobody is connected.
  var queues: [ReceiveQueue<Port>] = []
  /// What the frontend takes.
  var features = FrontendFeatures()
  /// Which queue a frame goes to.
  var steering = HashSteering()
  /// The bytes of the vnet header in front of each frame.
  var headerLength = 0
  /// The longest packet in bytes, its Ethernet header aside, that is not to be cut.
  var mtu = VifSendSide.usualMTU
  /// Where frames are gathered that do not go straight into a queue.
  let scratch: SharedMemory
  /// The timer for what waits too long; `nil` if none runs.
  var timer: (any EventTimer)?

  init() throws(Errno) { scratch = try SharedMemory.scratch(count: 1 << 17) }

  static var usualMTU: Int { 1500 }
  static var leastMTU: Int { 68 }
}

/// What receiving from the frontend needs: its transmit rings, and the frames they brought.
struct VifReceiveSide<Port: XenPort>: ~Copyable, Sendable {
  /// The transmit rings; none while nobody is connected.
  var queues: [TransmitQueue<Port>] = []
  /// The frames that nobody has received yet.
  var inbox: FrameInbox
  /// The control ring, if the frontend has one.
  var control: ControlQueue<Port>?
  /// The timer for what may be sent later; `nil` if none runs.
  var timer: (any EventTimer)?
  /// Whether rings have more than was taken in one turn.
  var hasWork = false
  /// How far the two ends are.
  var negotiation = NegotiationState()

  init() throws(Errno) { inbox = try FrameInbox() }
}

/// How far the backend is, and what it waits for.
struct NegotiationState: Sendable {
  /// The state that the backend is in, which it may not have told yet.
  var state = ConnectionState.initWait
  /// Whether states are told only when the host has plugged the interface in.
  var awaitsHotplug = false
  /// The watches that are set while connected.
  var watches: [Watch] = []
  /// Whether a connection failed that is not to be tried again until the frontend has changed.
  var hasFailed = false
  /// Whether the device is gone for good.
  var isRemoved = false

  /// A watch of the store.
  struct Watch: Sendable {
    var path: String
    var token: String
  }
}
