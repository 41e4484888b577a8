import Foundation
import Pcap
import Testing

@Suite struct CaptureTests {
  @Test("What is written to a capture file is read again")
  func roundTrip() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let frames = [60, 1514, 70_000].map {
      CapturedFrame(bytes: frame($0), seconds: $0, microseconds: 7)
    }
    try write(frames, to: path)
    #expect(try CaptureReader.frames(path: path) == frames)
    #expect(try CaptureReader.frame(1, path: path) == frames[1])
    #expect(try CaptureReader.frame(3, path: path) == nil)
  }

  @Test("A frame of which only the beginning was captured says so")
  func truncated() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write([CapturedFrame(bytes: frame(60), length: 1514)], to: path)
    let read = try #require(try CaptureReader.frame(0, path: path))
    #expect(read.isTruncated)
    #expect(read.length == 1514)
  }

  @Test("A capture with comments can be read")
  func commented() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var capture = CommentedCapture(interfaces: ["backend0", "far-side0"], snapshotLength: 64)
    let later = (5 << 32) + 7 as UInt64
    for (index, comment) in ["", "step 2", "a longer comment: 1 × 60 bytes"].enumerated() {
      capture.add(
        frame(61),
        length: 1514,
        interface: index % 2,
        microseconds: later,
        comment: comment
      )
    }
    try Data(capture.bytes).write(to: URL(fileURLWithPath: path))
    let time = (Int(later / 1_000_000), Int(later % 1_000_000))
    let expected = CapturedFrame(
      bytes: frame(61),
      length: 1514,
      seconds: time.0,
      microseconds: time.1
    )
    #expect(try CaptureReader.frames(path: path) == [expected, expected, expected])
  }

  @Test("A capture that does not exist, or is none, is refused by its path")
  func refused() throws {
    let path = temporaryPath()
    #expect { try CaptureReader.frames(path: path) } throws: {
      ($0 as? PcapError)?.reason == .unavailable && ($0 as? PcapError)?.subject == path
    }
    try Data([1, 2, 3, 4, 5, 6, 7, 8]).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect { try CaptureReader.frames(path: path) } throws: {
      ($0 as? PcapError)?.reason == .failed
    }
  }

  @Test(
    "An interface that does not exist cannot be captured on, and a closed capture says so",
    .enabled(if: PrivateNetwork.isAvailable, Comment(rawValue: PrivateNetwork.reason))
  )
  func live() async throws {
    try await PrivateNetwork.run {
      #expect { try LiveInterface("none0") } throws: {
        ($0 as? PcapError)?.reason == .unavailable
      }
      #expect { try OffloadInjector("none0") } throws: {
        ($0 as? PcapError)?.reason == .unavailable
      }
      _ = try LinuxArm().attached("tap0")
      let live = try LiveInterface("tap0")
      #expect(try live.nextFrame() == nil)
      #expect(try live.nextFrame(until: .now + .milliseconds(1)) == nil)
      live.close()
      live.close()
      #expect { try live.nextFrame() } throws: { ($0 as? PcapError)?.reason == .closed }
    }
  }

  private func write(_ frames: [CapturedFrame], to path: String) throws {
    var writer = try CaptureWriter(path: path)
    for frame in frames { writer.write(frame) }
    try writer.flush()
  }

  private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".pcap").path
  }
}
