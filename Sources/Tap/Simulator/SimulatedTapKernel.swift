internal import Synchronization
internal import SystemPackage

/// The part of Linux that a tap backend deals with, in memory: interfaces, descriptors, a link.
///
/// It keeps to what was measured on Linux 6.18. A backend uses it through ``SimulatedTap``; the far
/// side, which puts frames on the link and collects what the backend sent, through the methods here.
///
/// Not simulated: the protocol information in front of a frame without
/// ``TapFlags/noProtocolInformation``, the segmentation of injected frames in software, and the choice
/// between several queues, where the first always gets the frame.
public final class SimulatedTapKernel: Sendable {
  let state: Mutex<SimulatedTapState>

  /// Creates a kernel with the loopback interface alone, whose driver knows these flags and offloads.
  public init(
    features: TapFlags = .everyFlag,
    offloads: TapOffloads = .all
  ) {
    state = Mutex(SimulatedTapState(features: features, offloads: offloads))
  }

  /// Turns the driver into one that knows only these flags and offloads.
  ///
  /// Interfaces that exist already keep theirs.
  public func limitDriver(features: TapFlags = .everyFlag, offloads: TapOffloads = .all) {
    state.withLock { (state) in
      state.features.formIntersection(features)
      state.offloads.formIntersection(offloads)
    }
  }

  func locked<Result: Sendable>(
    _ body: (inout SimulatedTapState) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    try state.withLock { (state) throws(Errno) -> Result in try body(&state) }
  }

  /// The port through which a backend uses this kernel.
  public var port: SimulatedTap { SimulatedTap(kernel: self) }
}
