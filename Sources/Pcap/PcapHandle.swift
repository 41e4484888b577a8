internal import CPcap

/// One open capture of libpcap, closed at the end of its life.
///
/// The address is kept as a number: a pointer could not be stored behind a lock that other threads
/// take. It has a single owner, since the type cannot be copied.
struct PcapHandle: ~Copyable, Sendable {
  private let address: UInt
  private let subject: String

  /// Takes over what `open` returns; its argument is room for a message.
  init(
    _ call: String,
    subject: String,
    open: (UnsafeMutablePointer<CChar>) -> OpaquePointer?
  ) throws(PcapError) {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    let pointer = unsafe message.withUnsafeMutableBufferPointer { buffer -> OpaquePointer? in
      // The array is never empty, so that it has an address.
      guard let start = buffer.baseAddress else { return nil }
      return unsafe open(start)
    }
    guard let pointer = unsafe pointer else {
      let text = String(
        decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      throw PcapError(.init(message: text), call: call, subject: subject, message: text)
    }
    address = UInt(bitPattern: pointer)
    self.subject = subject
  }

  deinit {
    // Opened in `init`, and nothing uses it any longer.
    unsafe pcap_close(pointer)
  }

  /// The handle as libpcap takes it; valid while the caller holds this value.
  var pointer: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }

  /// Passes on the result of a call, or throws what libpcap says of it.
  @discardableResult
  func checked(_ result: Int32, _ call: String) throws(PcapError) -> Int32 {
    guard result < 0 else { return result }
    throw error(.init(code: result), call)
  }

  /// An error with the last message of libpcap.
  func error(_ reason: PcapError.Reason, _ call: String) -> PcapError {
    // The message is a C string that lives as long as the handle.
    let message = unsafe String(cString: pcap_geterr(pointer))
    return PcapError(reason, call: call, subject: subject, message: message)
  }
}

extension PcapError.Reason {
  /// The reason behind one of libpcap's error codes.
  init(code: Int32) {
    switch code {
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: self = .notPermitted
    case PCAP_ERROR_NO_SUCH_DEVICE: self = .unavailable
    case PCAP_ERROR_IFACE_NOT_UP: self = .linkDown
    default: self = .failed
    }
  }

  /// The reason behind a message of `pcap_open_offline`, which gives no code.
  init(message: String) {
    self = message.contains("No such file") ? .unavailable : .failed
  }
}
