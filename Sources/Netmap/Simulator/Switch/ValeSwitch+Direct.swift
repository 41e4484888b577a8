extension ValeSwitch {
  /// Sends a batch: finds out who is to get each frame, then serves one receiver after the other.
  ///
  /// Source: netmap_vale.c, `nm_vale_flush`.
  func flush(_ count: Int, from port: ValePort, ring: Int) {
    direct(count, from: port, ring: ring)
    let everybody = unsafe table.queues[ForwardingTable.broadcast]
    if everybody.first != ForwardingTable.none { addTargets(without: port.number) }
    for target in 0..<table.targetCount {
      let number = unsafe Int(table.targets[target])
      deliver(unsafe table.queues[number], everybody, number: number, from: port)
      table.clear(number)
    }
    table.clear(ForwardingTable.broadcast)
    table.targetCount = 0
  }

  /// Puts each frame into the queue of the ring that is to get it.
  private func direct(_ count: Int, from port: ValePort, ring: Int) {
    let header = port.headerLength
    let me = port.number
    var route = Route(source: port.lastSource)
    var undirected: UInt64 = 0
    var index = 0
    while index < count {
      let fragments = unsafe Int(table.entries[index].fragments)
      let target = target(of: index, header: header, from: me, &route)
      if target == ForwardingTable.ports, portCount > 1 {
        table.append(index, to: ForwardingTable.broadcast)
      } else if target < ForwardingTable.ports, target != me, isPresent(target) {
        table.append(index, to: target &* ForwardingTable.rings &+ ring)
      } else {
        undirected &+= 1
      }
      index &+= fragments
    }
    port.lastSource = route.source
    port.counters.undirected &+= undirected
  }

  /// The port that is to get a frame, ``ForwardingTable/ports`` for all others, more for none.
  ///
  /// The Ethernet header has to lie whole behind the vnet header, or whole in the slot behind it.
  @inline(__always)
  private func target(
    of index: Int,
    header: Int,
    from me: Int,
    _ route: inout Route
  ) -> Int {
    let nobody = Int.max
    var entry = unsafe table.entries[index]
    if header < entry.length {
      unsafe entry.bytes += header
      entry.length &-= header
    } else if header == entry.length, entry.flags.contains(.moreFragments) {
      entry = unsafe table.entries[index &+ 1]
    } else {
      return nobody
    }
    guard entry.length >= 14, let addresses = EthernetAddresses(entry) else { return nobody }
    if !addresses.isSourceGroup, addresses.source != route.source {
      route = Route(source: addresses.source)
      learned.learn(addresses.source, at: me)
    }
    if addresses.isDestinationGroup { return ForwardingTable.ports }
    if addresses.destination != route.destination {
      route.destination = addresses.destination
      route.target = learned.port(of: addresses.destination) ?? ForwardingTable.ports
    }
    return route.target
  }

  @inline(__always)
  private func isPresent(_ number: Int) -> Bool { ports[number] != nil }

  /// Everybody gets what is for all, in the first ring.
  private func addTargets(without me: Int) {
    for place in 0..<portCount where order[place] != me {
      let number = order[place] &* ForwardingTable.rings
      if unsafe table.queues[number].first == ForwardingTable.none { table.addTarget(number) }
    }
  }
}

/// What the last frame of a batch told: looking an address up again is only needed for another one.
private struct Route {
  /// The source that was learned last.
  var source: UInt64
  /// The destination that was looked up last, and where it is; more than 48 bits are none.
  var destination = UInt64.max
  var target = 0
}

/// The two addresses at the begin of a frame, the first byte of each the lowest.
private struct EthernetAddresses {
  let destination: UInt64
  let source: UInt64

  var isDestinationGroup: Bool { destination & 1 != 0 }
  var isSourceGroup: Bool { source & 1 != 0 }

  /// Reads them from an entry of at least 14 bytes; `nil` if the program's memory cannot be read.
  @inline(__always)
  init?(_ entry: ForwardingTable.Entry) {
    if entry.flags.contains(.indirect) {
      var bytes = (UInt64(0), UInt64(0))
      let isRead = unsafe withUnsafeMutableBytes(of: &bytes) {
        unsafe IndirectMemory.read(entry.bytes, 12, into: $0.baseAddress)
      }
      guard isRead else { return nil }
      destination = UInt64(littleEndian: bytes.0) & 0xffff_ffff_ffff
      let high = UInt64(littleEndian: bytes.1) & 0xffff_ffff
      source = UInt64(littleEndian: bytes.0) &>> 48 | high &<< 16
      return
    }
    let first = unsafe entry.bytes.loadUnaligned(as: UInt64.self)
    let second = unsafe entry.bytes.loadUnaligned(fromByteOffset: 4, as: UInt64.self)
    destination = UInt64(littleEndian: first) & 0xffff_ffff_ffff
    source = UInt64(littleEndian: second) &>> 16
  }
}
