internal import CPcap

/// A capture file that is written frame by frame, in the classic format with microseconds.
public struct CaptureWriter: ~Copyable {
  private let handle: PcapHandle
  private let dumper: UInt
  private let path: String

  /// Creates the file, or replaces one.
  public init(path: String) throws(PcapError) {
    self.path = path
    let opened = unsafe try PcapHandle("pcap_open_dead", subject: path) { _ in
      unsafe pcap_open_dead(DLT_EN10MB, LiveInterface.snapshotLength)
    }
    // The path is lent for the length of the call.
    guard let file = unsafe pcap_dump_open(opened.pointer, path) else {
      throw opened.error(.failed, "pcap_dump_open")
    }
    dumper = UInt(bitPattern: file)
    handle = opened
  }

  deinit {
    // Opened in `init`, and nothing uses it any longer.
    if let opened = unsafe OpaquePointer(bitPattern: dumper) { unsafe pcap_dump_close(opened) }
  }

  /// Adds a frame.
  public mutating func write(_ frame: CapturedFrame) {
    var header = pcap_pkthdr()
    header.caplen = UInt32(clamping: frame.bytes.count)
    header.len = UInt32(clamping: frame.length)
    header.ts.tv_sec = frame.seconds
    header.ts.tv_usec = frame.microseconds
    // `pcap_dump` takes the dumper as the pointer to bytes that its callback type asks for.
    unsafe pcap_dump(UnsafeMutablePointer(bitPattern: dumper), &header, frame.bytes)
  }

  /// Brings what was written so far to the file.
  public mutating func flush() throws(PcapError) {
    // Opened in `init`, and closed only at the end of this value's life.
    guard let opened = unsafe OpaquePointer(bitPattern: dumper),
      unsafe pcap_dump_flush(opened) == 0
    else {
      throw PcapError(.failed, call: "pcap_dump_flush", subject: path)
    }
  }
}
