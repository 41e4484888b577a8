internal import CLinux
internal import Glibc

/// Puts frames on an interface with a vnet header that the kernel is to honour.
///
/// It is opened in the network namespace of the calling thread and can be used from any thread then.
/// Source: Linux `PACKET_VNET_HDR`.
public final class OffloadInjector: Sendable {
  /// The length in bytes of the header.
  public static let headerLength = 10

  /// The name of the interface.
  public let name: String
  private let descriptor: Int32

  /// Opens a packet socket on an interface.
  public init(_ name: String) throws(PcapError) {
    self.name = name
    // The name is lent for the length of the call.
    let opened = unsafe clinux_packet_socket(name)
    guard opened >= 0 else {
      let reason: PcapError.Reason = [-1, -13].contains(opened) ? .notPermitted : .unavailable
      throw PcapError(reason, call: "socket", subject: name, message: "errno \(-opened)")
    }
    descriptor = opened
  }

  deinit { _ = clinux_close(descriptor) }

  /// Puts one frame on the link; one that the interface has no room for is lost, as on a wire.
  ///
  /// - Parameter header: 10 bytes, as virtio lays them out; zeros if nothing is to be done.
  /// - Returns: 0, or the `errno` with which the kernel refused the frame.
  public func inject(_ frame: [UInt8], header: [UInt8]) -> Int32 {
    let bytes = header.prefix(Self.headerLength) + frame
    let result = unsafe Array(bytes).withUnsafeBytes { buffer in
      // The bytes are lent for the length of the call, which only reads them.
      var element = unsafe iovec(
        iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress),
        iov_len: buffer.count
      )
      return unsafe clinux_writev(descriptor, &element, 1)
    }
    let isTaken = result >= 0 || result == -Int(ENOBUFS)
    return isTaken ? 0 : Int32(clamping: -result)
  }
}
