internal import Netmap
internal import RingMemory
internal import Synchronization

/// A geometry that cannot be, which a backend is shown the first time that it opens.
///
/// The options are named after the fields of netmap.h: those of `struct netmap_if` and of the answer to
/// `NIOCREGIF` as they are, those of a ring behind `transmit.` or `receive.`; `ring_ofs` is where the
/// first ring of the direction lies. The offsets stand here once more, so that a mistake of the backend
/// is not made twice.
final class ForgedGeometry: Sendable {
  static let interfaceFields = [
    "ni_tx_rings": 24, "ni_rx_rings": 28, "ni_host_tx_rings": 36,
  ]

  /// Offset and number of bytes.
  static let ringFields = [
    "buf_ofs": (0, 8), "num_slots": (8, 4), "nr_buf_size": (12, 4), "offset_mask": (56, 8),
  ]

  /// The names of all options.
  static let names: [String] =
    ["nr_offset", "nr_memsize"] + interfaceFields.keys
    + ["transmit.", "receive."].flatMap { side in
      (["ring_ofs"] + ringFields.keys).map { side + $0 }
    }

  private let fields: [String: Int]
  private let isDue: Mutex<Bool>

  init(_ options: [String: Int]) {
    fields = options.filter { Self.names.contains($0.key) }
    isDue = Mutex(!fields.isEmpty)
  }

  /// Changes the answer to `NIOCREGIF`.
  func change(_ registered: inout NetmapRegistered) {
    guard isDue.withLock({ $0 }) else { return }
    if let offset = fields["nr_offset"] { registered.offset = offset }
    if let size = fields["nr_memsize"] { registered.memorySize = size }
  }

  /// Changes the memory, from the second opening on no more.
  func change(_ memory: SharedMemory) {
    let isDue = isDue.withLock { isDue in
      defer { isDue = false }
      return isDue
    }
    guard isDue, let interface = try? NetmapInterface(memory, at: 0) else { return }
    let base = unsafe memory.base
    let offsets = 56
    // In this order: to send, to the host, to receive.
    let receive = offsets + 8 * (interface.transmitRings.count + 1)
    for (side, place) in [("transmit.", offsets), ("receive.", receive)] {
      let ring = unsafe base + Int((base + place).load(as: Int64.self))
      for (name, (offset, size)) in Self.ringFields {
        guard let value = fields[side + name] else { continue }
        unsafe Self.store(value, size, at: ring + offset)
      }
      if let value = fields[side + "ring_ofs"] { unsafe Self.store(value, 8, at: base + place) }
    }
    for (name, offset) in Self.interfaceFields {
      guard let value = fields[name] else { continue }
      unsafe Self.store(value, 4, at: base + offset)
    }
  }

  private static func store(_ value: Int, _ size: Int, at address: UnsafeMutableRawPointer) {
    if size == 8 {
      unsafe address.storeBytes(of: Int64(value), as: Int64.self)
    } else {
      unsafe address.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
    }
  }
}
