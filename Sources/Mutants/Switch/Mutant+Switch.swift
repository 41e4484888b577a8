internal import BackendConformance
internal import NetBackend
internal import Netmap
internal import SystemPackage

// The ways in which a switch can be made to look wrong from its ports.
extension Mutant {
  /// A VALE port whose frames the switch treats in a way of its own.
  ///
  /// - Parameter send: Is given the switch as that port sees it, the right backend and the frame.
  init(
    vale name: String,
    breaks: String,
    observed: String,
    sending send:
      @escaping @Sendable (WrongSwitch, any NetBackend, [UInt8]) throws(BackendError) -> Int?
  ) {
    self.init(netmap: name, breaks: breaks, observed: observed, on: "vale") {
      request,
      port throws(BackendError) in
      let wrong = WrongSwitch(kernel: port.base.kernel, port: request.name, loop: request.loop)
      let right = try NetmapBackend(request, port: port)
      return TamperedBackend(
        right,
        changes: TamperedBackend.Changes {
          $0.send = { (base, frame) throws(BackendError) in try send(wrong, base, frame.bytes) }
        }
      )
    }
  }

  /// A VALE port of whose ring the switch has made something else by the time it is looked at.
  init(
    vale name: String,
    breaks: String,
    observed: String,
    arriving change: @escaping @Sendable (NetmapRing) -> Void
  ) {
    self.init(
      netmap: name,
      breaks: breaks,
      observed: observed,
      on: "vale",
      port: { port in
        port.onReceive = { (rings, sync) throws(Errno) in
          try sync()
          change(rings.receive)
        }
      }
    )
  }

  /// A VALE port whose header the switch is not told of.
  init(valeWithoutHeader name: String, breaks: String, observed: String) {
    self.init(
      netmap: name,
      breaks: breaks,
      observed: observed,
      on: "vale",
      port: { port in port.onSetHeader = { _, _, _, _ throws(Errno) in } }
    )
  }
}

/// A switch as one of its ports sees it, that can be made to deliver what it should not.
struct WrongSwitch: Sendable {
  let kernel: SimulatedNetmapKernel
  /// The name of the port.
  let port: String
  /// Tells one bench from another.
  let loop: any EventLoop

  /// Puts a frame in one slot into the ring of a port.
  func deliver(_ bytes: [UInt8], to port: String) {
    try? kernel.publish(bytes, slots: 1, to: port) { slot, _ in
      slot.length = UInt16(bytes.count)
      slot.flags = NetmapSlotFlags(rawValue: 0x0100)
    }
  }
}

extension [UInt8] {
  /// Whether the frame is to a group.
  var isToGroup: Bool { (first ?? 0) & 1 == 1 }
  /// The address the frame is to.
  var destination: [UInt8] { Array(prefix(6)) }
  /// The address the frame is from.
  var source: [UInt8] { Array(dropFirst(6).prefix(6)) }
}
