internal import CLinux
internal import CPcap

extension PcapHandle {
  /// Sets up a capture that hands over each frame at once, and begins it.
  func activate(filter: String) throws(PcapError) {
    try checked(
      unsafe pcap_set_snaplen(pointer, LiveInterface.snapshotLength),
      "pcap_set_snaplen"
    )
    try checked(unsafe pcap_set_immediate_mode(pointer, 1), "pcap_set_immediate_mode")
    try checked(unsafe pcap_set_buffer_size(pointer, 16 << 20), "pcap_set_buffer_size")
    try checked(unsafe pcap_activate(pointer), "pcap_activate")
    try checkEthernet()
    try checked(unsafe pcap_setdirection(pointer, PCAP_D_IN), "pcap_setdirection")
    try setFilter(filter)
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    try checked(unsafe pcap_setnonblock(pointer, 1, &message), "pcap_setnonblock")
  }

  /// Puts one frame on the link.
  ///
  /// - Returns: 0, or the `errno` with which the kernel refused the frame.
  func inject(_ bytes: [UInt8]) -> Int32 {
    // The bytes are lent for the length of the call.
    let sent = unsafe pcap_inject(pointer, bytes, bytes.count)
    return sent == bytes.count ? 0 : clinux_errno()
  }

  private func setFilter(_ filter: String) throws(PcapError) {
    var program = unsafe bpf_program()
    // The text is lent for the length of the call; the program is freed after its use.
    let mask = PCAP_NETMASK_UNKNOWN
    try checked(unsafe pcap_compile(pointer, &program, filter, 1, mask), "pcap_compile")
    defer { unsafe pcap_freecode(&program) }
    try checked(unsafe pcap_setfilter(pointer, &program), "pcap_setfilter")
  }
}
