internal import CLinux
internal import CPcap
internal import Glibc
internal import Synchronization

/// The far side of a real tap: puts frames on an interface and captures those that arrive on it.
///
/// Of a frame with more than 65,535 bytes libpcap keeps only the beginning, whatever was asked for; the
/// frame says so. What is injected reaches the interface before the call returns.
///
/// It is opened in the network namespace of the calling thread and can be used from any thread then.
public final class LiveInterface: Sendable {
  /// The experimental EtherType that the suite's frames carry.
  public static let etherType: UInt16 = 0x88B5

  /// The most bytes of a frame that are captured.
  static let snapshotLength: Int32 = 262_144

  /// The name of the interface.
  public let name: String
  private let handle: Mutex<PcapHandle?>
  private let descriptor: Int32

  /// Begins to capture on an interface, frame by frame and only those that come in.
  ///
  /// - Parameter filter: Which frames, in libpcap's language; those of the suite unless said otherwise.
  public init(_ name: String, filter: String = "ether proto 0x88b5") throws(PcapError) {
    self.name = name
    let opened = unsafe try PcapHandle("pcap_create", subject: name) { message in
      // The name is lent for the length of the call.
      unsafe pcap_create(name, message)
    }
    try opened.activate(filter: filter)
    descriptor = unsafe pcap_get_selectable_fd(opened.pointer)
    _ = clinux_packet_bypass_queue(unsafe pcap_fileno(opened.pointer))
    handle = Mutex(opened)
  }

  /// Puts one frame on the link; one that the interface has no room for is lost, as on a wire.
  public func inject(_ bytes: [UInt8]) throws(PcapError) {
    try withHandle { (handle) throws(PcapError) in
      var errno = handle.inject(bytes)
      // A link that went down leaves its error with the socket, for the first call after it came up.
      if errno == ENETDOWN { errno = handle.inject(bytes) }
      guard errno == 0 || errno == ENOBUFS else {
        throw handle.error(errno == ENETDOWN ? .linkDown : .failed, "pcap_inject")
      }
    }
  }

  /// The next frame that came in, or `nil` if none is waiting.
  public func nextFrame() throws(PcapError) -> CapturedFrame? {
    try withHandle { (handle) throws(PcapError) -> CapturedFrame? in try handle.next() }
  }

  /// The next frame that came in, or `nil` if none came until the deadline has passed.
  public func nextFrame(until deadline: ContinuousClock.Instant) throws(PcapError) -> CapturedFrame?
  {
    while true {
      if let frame = try nextFrame() { return frame }
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return nil }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / Self.milli
      _ = clinux_wait_readable(descriptor, Int32(clamping: milliseconds + 1))
    }
  }

  private static let milli: Int64 = 1_000_000_000_000_000

  /// The frames that the kernel lost because they were not fetched in time.
  public func lostFrames() throws(PcapError) -> Int {
    try withHandle { (handle) throws(PcapError) -> Int in
      var statistics = pcap_stat()
      try handle.checked(unsafe pcap_stats(handle.pointer, &statistics), "pcap_stats")
      return Int(statistics.ps_drop)
    }
  }

  /// Ends the capture; a second call does nothing.
  public func close() { handle.withLock { (handle) in handle = nil } }

  private func withHandle<Result: Sendable>(
    _ body: (borrowing PcapHandle) throws(PcapError) -> Result
  ) throws(PcapError) -> Result {
    try handle.withLock { (handle) throws(PcapError) -> Result in
      switch handle {
      case .some(let opened): return try body(opened)
      case .none: throw PcapError(.closed, call: "capture", subject: name)
      }
    }
  }
}
