internal import CLinux
internal import NetBackend
internal import Pcap
internal import Synchronization
internal import Tap

/// One tap interface of the running kernel, and its far side.
final class LinuxTapLink: FarSide {
  private static let flags = CLINUX_IFF_TAP | CLINUX_IFF_NO_PI | CLINUX_IFF_VNET_HDR

  private struct State {
    /// Whether the interface is there, in the mode that taps usually have.
    var isUsual = false
    var capture: LiveInterface?
    /// Whether a backend was opened since frames were last seen to reach it.
    var isUnsettled = false
    var offloads: OffloadInjector?
    /// The frames that the capture had lost when it was last asked.
    var lostFrames = 0
    /// How an interface was found that is used in place.
    var found: FoundInterface?
  }

  let name: String
  private let ownership: LinuxTapSite.Ownership
  private let state = Mutex(State())

  init(_ name: String, ownership: LinuxTapSite.Ownership) {
    self.name = name
    self.ownership = ownership
  }

  /// The longest frame in bytes that can be injected: what the MTU allows, and an Ethernet header.
  var longestFrame: Int { LinuxInterface.mtu(of: name) + 14 }

  /// Makes the interface as taps usually are, and its far side, unless they are there.
  func begin() throws(BenchError) {
    try state.withLock { state throws(BenchError) in
      if ownership == .own {
        try makeInterface(&state)
      } else if state.found == nil {
        state.found = try FoundInterface(name)
      }
    }
    try openFarSide()
  }

  /// Opens the far side, unless it is open; the interface is taken as it is.
  private func openFarSide() throws(BenchError) {
    try state.withLock { state throws(BenchError) in
      guard state.capture == nil else { return }
      state.capture = try openCapture()
      state.lostFrames = 0
    }
  }

  /// Notes that a backend was opened.
  func opened() { state.withLock { $0.isUnsettled = true } }

  private func settle() throws(BenchError) {
    let isUnsettled = state.withLock { state in
      defer { state.isUnsettled = false }
      return state.isUnsettled
    }
    if isUnsettled { try LinuxInterface.settle(name) }
  }

  func inject(_ frame: [UInt8]) throws(BenchError) {
    try openFarSide()
    try settle()
    try state.withLock { state throws(BenchError) in
      guard let capture = state.capture else { return }
      do throws(PcapError) {
        // A socket tells once, at the next call, that its interface was down in between.
        do { try capture.inject(frame) } catch { try capture.inject(frame) }
      } catch { throw .failed("inject into \(name): \(error)") }
    }
  }

  func inject(_ frame: [UInt8], offload header: VirtioNetHeader) throws(BenchError) {
    try openFarSide()
    try settle()
    try state.withLock { state throws(BenchError) in
      let injector: OffloadInjector
      do throws(PcapError) {
        if let made = state.offloads {
          injector = made
        } else {
          injector = try OffloadInjector(name)
        }
      } catch { throw .failed("open a far side on \(name): \(error)") }
      state.offloads = injector
      let errno = injector.inject(frame, header: header.encoded(length: 10))
      if errno != 0 { throw .failed("inject into \(name): errno \(errno)") }
    }
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    try openFarSide()
    return try state.withLock { state throws(BenchError) in
      guard let capture = state.capture else { return [] }
      let captured: [CapturedFrame]
      let lost: Int
      do throws(PcapError) {
        captured = try Self.collect(count, deadline, from: capture)
        lost = try capture.lostFrames()
      } catch { throw .failed("capture on \(name): \(error)") }
      defer { state.lostFrames = lost }
      guard captured.count >= count || lost == state.lostFrames else {
        throw .failed("the capture on \(name) lost \(lost - state.lostFrames) frames")
      }
      return try captured.map { frame throws(BenchError) in
        guard !frame.isTruncated else {
          throw .unsupported("the far side captures no frames of \(frame.length) bytes")
        }
        return FrameSummary(frame.bytes)
      }
    }
  }

  private static func collect(
    _ count: Int,
    _ deadline: Int,
    from capture: LiveInterface
  ) throws(PcapError) -> [CapturedFrame] {
    let end = ContinuousClock.now.advanced(by: .milliseconds(deadline))
    var frames: [CapturedFrame] = []
    while frames.count < count, let frame = try capture.nextFrame(until: end) {
      frames.append(frame)
    }
    // Whatever came besides is an observation as well.
    while let frame = try capture.nextFrame() { frames.append(frame) }
    return frames
  }

  func setLink(_ link: LinkState) throws(BenchError) {
    guard ownership == .own else { throw .unsupported("\(name) is only used in place") }
    switch link {
    case .up:
      try LinuxInterface.setUp(true, name)
      opened()
    case .down: try LinuxInterface.setUp(false, name)
    case .removed: try remove()
    }
  }

  /// Deletes the interface.
  func remove() throws(BenchError) {
    try state.withLock { state throws(BenchError) in
      state.capture = nil
      state.offloads = nil
      state.isUsual = false
      guard LinuxInterface.exists(name) else { return }
      try LinuxInterface.remove(name)
    }
  }

  /// Leaves the interface with a vnet header of that length in bytes.
  func leaveBehind(headerLength: Int32) throws(BenchError) {
    try LinuxInterface.attached(name, flags: Self.flags) { descriptor in
      let result = clinux_tun_set_header_length(descriptor, headerLength)
      return result < 0 ? result : clinux_tun_set_offloads(descriptor, UInt32(CLINUX_TUN_F_CSUM))
    }
  }

  /// Makes the interface anew, with these flags besides the usual ones.
  func recreate(flags: Int32) throws(BenchError) {
    try remove()
    try LinuxInterface.create(name, flags: Self.flags | flags)
  }

  /// Makes the interface fit for the next case.
  func reset() {
    state.withLock { state in
      if ownership == .own && !state.isUsual { state.capture = nil }
      if ownership == .own && state.isUsual { try? LinuxInterface.setUp(true, name) }
      while let frame = try? state.capture?.nextFrame() { _ = frame }
    }
  }

  /// Deletes an interface of the site's own, and leaves another as it was found.
  func finish() {
    if ownership == .own { try? remove() }
    try? state.withLock { state throws(BenchError) in try state.found?.restore() }
  }

  private func makeInterface(_ state: inout State) throws(BenchError) {
    guard !state.isUsual else { return try LinuxInterface.awaitRelease(name) }
    if LinuxInterface.exists(name) { try LinuxInterface.remove(name) }
    try LinuxInterface.create(name, flags: Self.flags)
    state.isUsual = true
  }

  private func openCapture() throws(BenchError) -> LiveInterface {
    do throws(PcapError) {
      return try LiveInterface(name)
    } catch { throw .failed("open a far side on \(name): \(error)") }
  }
}
