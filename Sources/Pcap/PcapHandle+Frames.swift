internal import CPcap

extension PcapHandle {
  /// The next frame; `nil` if none is waiting, or the file has no more.
  func next() throws(PcapError) -> CapturedFrame? {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    let result = unsafe pcap_next_ex(pointer, &header, &data)
    if result == 0 || result == PCAP_ERROR_BREAK { return nil }
    try checked(result, "pcap_next_ex")
    guard let header = unsafe header?.pointee, let data = unsafe data else { return nil }
    // libpcap lends the captured bytes until the next call on the handle.
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: Int(header.caplen)))
    return CapturedFrame(
      bytes: bytes,
      length: Int(header.len),
      seconds: header.ts.tv_sec,
      microseconds: Int(header.ts.tv_usec)
    )
  }

  /// Refuses a capture of anything but Ethernet.
  func checkEthernet() throws(PcapError) {
    guard unsafe pcap_datalink(pointer) == DLT_EN10MB else {
      throw error(.notEthernet, "pcap_datalink")
    }
  }
}
