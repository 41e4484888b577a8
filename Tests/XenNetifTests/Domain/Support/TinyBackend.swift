import RingMemory
import XenNetif

/// The least that answers a frontend's first queue, and a frontend for it.
final class TinyBackend {
  let domains = TwoDomains()
  let frontend: Frontend
  private let mappings: [SharedMemory]
  private let local: LocalMemory
  var transmit: BackRing
  var receive: BackRing

  init(_ configuration: FrontendConfiguration = FrontendConfiguration()) throws {
    local = try LocalMemory(pages: 1)
    let directories = InterfaceDirectories(from: TwoDomains.host, to: TwoDomains.guest)
    try directories.create(through: domains.backend)
    frontend = try Frontend(domains.frontend, at: directories, configuration)
    mappings = try [frontend.transmit.grant, frontend.receive.grant].map { [domains] in
      try domains.backend.map($0, of: TwoDomains.guest)
    }
    transmit = try BackRing(attachingTo: SharedRing(mappings[0], .transmit))
    receive = try BackRing(attachingTo: SharedRing(mappings[1], .receive))
  }

  deinit { for mapping in mappings { domains.backend.unmap(mapping) } }

  /// Takes whole packets from the transmit ring, and answers them.
  func takePackets(_ status: TransmitStatus = .okay) -> [(bytes: [UInt8], extras: [ExtraInfo])] {
    var packets: [(bytes: [UInt8], extras: [ExtraInfo])] = []
    while transmit.available > 0 {
      var (pieces, extras) = ([next(TransmitRequest.self)], [ExtraInfo]())
      if pieces[0].flags.contains(.extraInfo) {
        repeat { extras.append(next(ExtraInfo.self)) } while extras.last?.hasMore == true
      }
      while pieces.last?.flags.contains(.moreData) == true {
        pieces.append(next(TransmitRequest.self))
      }
      pieces[0].size -= pieces.dropFirst().reduce(0) { $0 + $1.size }
      packets.append((pieces.flatMap(bytes), extras))
      answer(pieces, extras.count, status)
    }
    _ = transmit.push()
    _ = transmit.finalCheck()
    return packets
  }

  /// Takes a request to receive and fills its page, without saying so yet.
  func fill(_ bytes: [UInt8], at offset: UInt16 = 0, flags: ReceiveFlags = []) {
    let request: ReceiveRequest = receive.ring.value(at: receive.requestConsumer)
    receive.consume()
    local.store(bytes)
    let copy = unsafe local.copy(
      .toGrant,
      request.grant,
      at: offset,
      count: UInt16(bytes.count),
      local: 0
    )
    let status = unsafe local.run([copy], on: domains.backend)[0]
    receive.respond(
      ReceiveResponse(
        id: request.id,
        offset: offset,
        flags: flags,
        status: status == .okay ? Int16(bytes.count) : status.rawValue
      )
    )
  }

  /// Takes a request to receive and puts an extra into its slot.
  func fill(_ extra: ExtraInfo) {
    receive.consume()
    receive.respond(extra)
  }

  private func next<Value: WireValue>(_ type: Value.Type) -> Value {
    defer { transmit.consume() }
    return transmit.ring.value(at: transmit.requestConsumer)
  }

  private func bytes(_ request: TransmitRequest) -> [UInt8] {
    let copy = unsafe local.copy(
      .fromGrant,
      request.grant,
      at: request.offset,
      count: request.size,
      local: 0
    )
    guard unsafe local.run([copy], on: domains.backend) == [.okay] else { return [] }
    return local.prefix(Int(request.size))
  }

  private func answer(_ pieces: [TransmitRequest], _ extras: Int, _ status: TransmitStatus) {
    transmit.respond(TransmitResponse(id: pieces[0].id, status: status))
    for _ in 0..<extras { transmit.respondNull() }
    for piece in pieces.dropFirst() {
      transmit.respond(TransmitResponse(id: piece.id, status: status))
    }
  }
}
