public import RingMemory

/// The rings of an interface, found through its `struct netmap_if` in shared memory.
public struct NetmapInterface: Sendable {
  /// The rings to send from, those to the host's stack aside.
  public let transmitRings: [NetmapRing]
  /// The rings to receive from, those from the host's stack aside.
  public let receiveRings: [NetmapRing]

  /// Looks at the interface that begins `offset` bytes into the memory.
  ///
  /// - Throws: ``NetmapLayoutError`` if there cannot be such an interface.
  public init(_ memory: SharedMemory, at offset: Int) throws(NetmapLayoutError) {
    typealias Interface = NetmapLayout.Interface
    guard offset >= 0, offset % 8 == 0, offset <= memory.count - Interface.ringOffsets else {
      throw NetmapLayoutError("nr_offset", offset, "a multiple of 8 within \(memory.count) bytes")
    }
    let base = unsafe memory.base + offset
    func count(_ field: Int, _ name: String) throws(NetmapLayoutError) -> Int {
      let count = unsafe (base + field).load(as: UInt32.self)
      guard count <= 1024 else { throw NetmapLayoutError(name, Int(count), "at most 1024 rings") }
      return Int(count)
    }
    let transmit = try count(Interface.transmitRings, "ni_tx_rings")
    let receive = try count(Interface.receiveRings, "ni_rx_rings")
    let host = try count(Interface.hostTransmitRings, "ni_host_tx_rings")
    let room = (memory.count - offset - Interface.ringOffsets) / 8
    guard transmit + host + receive <= room else {
      throw NetmapLayoutError("ni_rx_rings", receive, "rings whose offsets fit the memory")
    }
    // In this order: to send, to the host, to receive, from the host. One that is not there is 0.
    func rings(_ positions: Range<Int>) throws(NetmapLayoutError) -> [NetmapRing] {
      var rings: [NetmapRing] = []
      for position in positions {
        let toRing = unsafe (base + Interface.ringOffsets + position * 8).load(as: Int64.self)
        guard toRing != 0 else { continue }
        let (start, overflow) = offset.addingReportingOverflow(Int(toRing))
        guard !overflow else {
          throw NetmapLayoutError("ring_ofs", Int(toRing), "an offset within the memory")
        }
        rings.append(try NetmapRing(memory, at: start))
      }
      return rings
    }
    transmitRings = try rings(0..<transmit)
    receiveRings = try rings(transmit + host..<transmit + host + receive)
  }

  private init(transmit: [NetmapRing], receive: [NetmapRing]) {
    transmitRings = transmit
    receiveRings = receive
  }

  /// The interface without the rings of other numbers: somebody else may have bound those.
  func only(ring number: UInt16) -> NetmapInterface {
    NetmapInterface(
      transmit: transmitRings.filter { $0.identifier == number },
      receive: receiveRings.filter { $0.identifier == number }
    )
  }
}
