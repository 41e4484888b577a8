internal import CPcap

/// A capture file that is read frame by frame, in the formats that libpcap reads.
public struct CaptureReader: ~Copyable {
  private let handle: PcapHandle

  /// Opens a capture of Ethernet frames.
  public init(path: String) throws(PcapError) {
    let opened = unsafe try PcapHandle("pcap_open_offline", subject: path) { message in
      // The path is lent for the length of the call.
      unsafe pcap_open_offline(path, message)
    }
    try opened.checkEthernet()
    handle = opened
  }

  /// The next frame, or `nil` at the end.
  public mutating func next() throws(PcapError) -> CapturedFrame? { try handle.next() }

  /// All frames of the capture at `path`.
  public static func frames(path: String) throws(PcapError) -> [CapturedFrame] {
    var reader = try CaptureReader(path: path)
    var frames: [CapturedFrame] = []
    while let frame = try reader.next() { frames.append(frame) }
    return frames
  }

  /// The frame of that number, counted from 0, of the capture at `path`; `nil` beyond the end.
  public static func frame(_ number: Int, path: String) throws(PcapError) -> CapturedFrame? {
    var reader = try CaptureReader(path: path)
    var index = 0
    while let frame = try reader.next() {
      if index == number { return frame }
      index += 1
    }
    return nil
  }
}
