internal import CLinux
internal import Pcap
internal import Synchronization

/// A pair of virtual Ethernet interfaces, of which a backend has one and the far side the other.
package final class VethLink: FarSide {
  /// Whether the pair was made here, and is gone after ``finish()``.
  package let isOwn: Bool
  private let name: String
  private let capture: LiveInterface

  /// Makes a pair, of which `name` is the backend's.
  package init(making name: String) throws(BenchError) {
    let peer = Self.peer(of: name)
    try LinuxInterface.createPair(name, peer)
    isOwn = true
    self.name = name
    do throws(BenchError) { capture = try Self.openCapture(peer) } catch {
      try? LinuxInterface.remove(name)
      throw error
    }
  }

  /// Uses a pair that is there, of which `name` is the backend's.
  package init(using name: String) throws(BenchError) {
    guard let peer = LinuxInterface.vethPeer(of: name) else {
      throw .unavailable(
        "nothing here is known to be wired to \(name); name an interface that is one of a pair of "
          + "veth in this network, or one that does not exist, and a pair is made"
      )
    }
    isOwn = false
    self.name = name
    capture = try Self.openCapture(peer)
  }

  /// The longest frame in bytes that can be injected: what the MTU allows, and an Ethernet header.
  package var longestFrame: Int { LinuxInterface.mtu(of: name) + 14 }

  package func inject(_ frame: [UInt8]) throws(BenchError) {
    do throws(PcapError) { try capture.inject(frame) } catch {
      throw .failed("inject into \(name): \(error)")
    }
  }

  package func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    let end = ContinuousClock.now.advanced(by: .milliseconds(deadline))
    var frames: [FrameSummary] = []
    do throws(PcapError) {
      while frames.count < count, let frame = try capture.nextFrame(until: end) {
        frames.append(FrameSummary(frame.bytes))
      }
      // Whatever came besides is an observation as well.
      while let frame = try capture.nextFrame() { frames.append(FrameSummary(frame.bytes)) }
    } catch { throw .failed("capture behind \(name): \(error)") }
    return frames
  }

  /// Forgets what came before the case.
  func begin() { while (try? capture.nextFrame()) ?? nil != nil {} }

  /// Deletes a pair that was made here.
  package func finish() {
    capture.close()
    if isOwn { try? LinuxInterface.remove(name) }
  }

  /// Another name, that fits as well.
  private static func peer(of name: String) -> String {
    name.dropLast(name.utf8.count < 15 ? 0 : 1) + (name.hasSuffix("p") ? "q" : "p")
  }

  private static func openCapture(_ name: String) throws(BenchError) -> LiveInterface {
    do throws(PcapError) { return try LiveInterface(name) } catch {
      throw .failed("open a far side on \(name): \(error)")
    }
  }
}
