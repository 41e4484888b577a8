import CallScript
import NetBackend
import Synchronization
import SystemPackage
import Tap

/// A tap backend on a simulated kernel, with a script around its system calls.
final class TapBench {
  let kernel: SimulatedTapKernel
  let script = CallScript()
  let port: ScriptedTap<SimulatedTap>
  let loop: TestLoop
  let callbacks = Mutex(0)

  init(
    _ kernel: SimulatedTapKernel = SimulatedTapKernel(),
    refusal: BackendError? = nil
  ) {
    self.kernel = kernel
    let port = ScriptedTap(kernel.port, script: script)
    self.port = port
    loop = TestLoop(
      refusal: refusal,
      observe: { event, descriptor in port.note(CallLoopEvent(event), descriptor) },
      isReadable: { kernel.isReadable($0) || kernel.isHungUp($0) }
    )
  }

  /// Opens a backend on the interface called `name`.
  func open(
    _ name: String = "tap0",
    descriptor: Int32? = nil,
    onReceive: @escaping ReceiveCallback = {}
  ) throws(BackendError) -> TapBackend<ScriptedTap<SimulatedTap>> {
    let request = OpenRequest(
      name: name,
      loop: loop,
      descriptor: descriptor,
      onReceive: onReceive
    )
    return try TapBackend(request, port: port)
  }

  /// Opens a backend and sets its features.
  func open(
    headerLength: Int,
    _ features: VirtioNetFeatures = []
  ) throws(BackendError) -> TapBackend<ScriptedTap<SimulatedTap>> {
    let backend = try open()
    try backend.setFeatures(features, headerLength: headerLength)
    return backend
  }

  func inject(_ bytes: [UInt8], header: VirtioNetHeader = VirtioNetHeader()) throws(Errno) {
    try kernel.inject(SimulatedTapFrame(bytes, header: header), into: "tap0")
  }

  /// Lets the next read find this frame, however long.
  func serve(_ bytes: [UInt8]) { script.add(CallFault(.read, .finds(bytes))) }

  /// The frames that the backend sent.
  func collect() -> [[UInt8]] { kernel.collect(from: "tap0").map(\.bytes) }

  /// A descriptor that somebody else attached.
  func supply(
    _ name: String = "tap0",
    flags: TapFlags = [.tap, .noProtocolInformation, .vnetHeader],
    headerLength: Int = 10
  ) throws(Errno) -> Int32 {
    let descriptor = try kernel.port.openControl()
    _ = try kernel.port.attach(descriptor, to: name, flags: flags)
    try kernel.port.setHeaderLength(descriptor, to: headerLength)
    try kernel.setFlags([], of: descriptor)
    script.handedOver(descriptor)
    return descriptor
  }
}

extension CallLoopEvent {
  init(_ event: TestRegistration.Event) {
    switch event {
    case .watched: self = .watched
    case .enabled: self = .enabled
    case .disabled: self = .disabled
    case .cancelled: self = .cancelled
    }
  }
}
