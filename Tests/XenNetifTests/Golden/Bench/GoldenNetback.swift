import NetBackend
import XenNetif

/// What the replay needs of a netback besides its rings and the store.
protocol GoldenNetback: AnyObject {
  /// Whether frames can be exchanged.
  var hasCarrier: Bool { get }

  /// The frames to the frontend that were lost.
  var dropped: Int { get }

  /// Sets the longest packet in bytes, without the Ethernet header.
  ///
  /// - Returns: Whether it was taken.
  func setMTU(_ mtu: Int) -> Bool

  /// Sends a frame to the frontend.
  ///
  /// - Returns: Whether it was taken.
  func send(_ header: VirtioNetHeader, _ frame: [UInt8]) -> Bool

  /// The next frame of the frontend.
  func receive() -> (header: VirtioNetHeader, frame: [UInt8])?

  /// Has the frames of the frontend be such that the next device need not do anything.
  func finishFrames()

  /// Releases everything.
  func close()
}

/// What a netback of the replay is made for.
struct GoldenNetbackRequest {
  var port: SimulatedXenPort
  var loop: GoldenLoop
  /// The longest wait in nanoseconds of a frame for requests, and how long a frontend may have too few.
  var expiry: UInt64
  var stall: UInt64
  /// What runs while a frame waits; `nil` if whoever wants frames asks for them.
  var onReceive: (@Sendable () -> Void)?
}
