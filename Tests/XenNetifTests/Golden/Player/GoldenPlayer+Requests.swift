import XenNetif

// Pages and requests.
extension GoldenPlayer {
  /// Carries out an operation on pages and rings.
  ///
  /// - Returns: Whether it is one.
  func playRequest(_ operation: GoldenOperation) throws -> Bool {
    switch operation.op {
    case "header": try put(Hex.bytes("ffffffffffff02000000000188b5"), operation)
    case "put": try put(payload(operation), operation)
    case "txreq":
      let request = TransmitRequest(
        grant: try bench.pages.reference(operation.gref ?? ""),
        offset: UInt16(operation.offset ?? 0),
        flags: TransmitFlags(rawValue: UInt16(operation.flags ?? 0)),
        id: UInt16(operation.id ?? 0),
        size: UInt16(operation.size ?? 0)
      )
      pending.append((operation.slot ?? 0, request.bytes, true, nil))
    case "txraw":
      pending.append((operation.slot ?? 0, Hex.bytes(operation.bytes ?? ""), true, nil))
    case "rxreq":
      let name = operation.gref ?? ""
      let request = ReceiveRequest(
        id: UInt16(operation.id ?? 0),
        grant: try bench.pages.reference(name)
      )
      try bench.pages.page(name)?.fill(GoldenPages.fill)
      pending.append((operation.slot ?? 0, request.bytes, false, name))
    case "tx-publish": publish(operation, bench.transmit, \.transmit.channel)
    case "rx-publish": publish(operation, bench.receive, \.receive.channel)
    case "tx-rsp_event": holdEvent("tx", bench.transmit[0], operation)
    case "rx-rsp_event": holdEvent("rx", bench.receive[0], operation)
    default: return false
    }
    return true
  }

  /// Puts the requests that wait into the rings of a queue.
  func flush(queue: Int) {
    for request in pending {
      let rings = request.isTransmit ? bench.transmit : bench.receive
      rings[queue].storeSlot(request.bytes, at: request.slot)
      if let page = request.page { posted[[queue, request.slot]] = page }
    }
    pending = []
  }

  private func publish(
    _ operation: GoldenOperation,
    _ rings: [GoldenRing],
    _ channel: KeyPath<FrontendQueue, EventChannel>
  ) {
    let queue = operation.queue ?? 0
    flush(queue: queue)
    rings[queue].setRequestProducer(operation.reqProd ?? 0)
    publishedAt = bench.loop.now
    if operation.kick == 1 { bench.domain.raise(bench.frontend.queues[queue][keyPath: channel]) }
    bench.settle()
  }

  private func holdEvent(_ name: String, _ ring: GoldenRing, _ operation: GoldenOperation) {
    ring.setResponseEvent(UInt32(truncatingIfNeeded: operation.value?.number ?? 0))
    heldEvents.insert(name)
  }

  private func put(_ bytes: [UInt8], _ operation: GoldenOperation) throws {
    try bench.pages.page("P\(operation.page ?? 0)")?.store(bytes, at: operation.offset ?? 0)
  }

  /// The bytes that are listed, and behind them three more each.
  private func payload(_ operation: GoldenOperation) -> [UInt8] {
    var bytes = Hex.bytes(operation.bytes ?? "")
    while bytes.count < operation.len ?? 0 { bytes.append((bytes.last ?? 0) &+ 3) }
    return bytes
  }
}
