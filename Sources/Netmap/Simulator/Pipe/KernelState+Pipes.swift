internal import SystemPackage

/// The name of one end of a pipe, taken apart.
struct PipeName {
  /// The port that the pipe belongs to.
  var parent: String
  /// Which of its pipes.
  var identifier: String
  var isMaster: Bool

  /// Takes a name such as `eth0{1` or `eth0}1` apart; `nil` if it is of no pipe.
  ///
  /// - Throws: `EINVAL` if a part is missing.
  init?(_ request: NetmapRegistration) throws(Errno) {
    let name = request.port
    let brace = name.lastIndex(of: "{") ?? name.lastIndex(of: "}")
    switch (brace, request.mode) {
    case (let brace?, .allRings), (let brace?, .oneRing):
      isMaster = name[brace] == "{"
      parent = String(name[..<brace])
      identifier = String(name[name.index(after: brace)...])
    case (nil, .pipeMaster), (nil, .pipeSlave):
      isMaster = request.mode == .pipeMaster
      parent = name
      identifier = String(request.ring)
    case (nil, _): return nil
    default: throw .invalidArgument
    }
    guard !parent.isEmpty, !identifier.isEmpty else { throw .invalidArgument }
  }

  /// The name of this end.
  var name: String { "\(parent)\(isMaster ? "{" : "}")\(identifier)" }
  /// The name of the other end.
  var peer: String { "\(parent)\(isMaster ? "}" : "{")\(identifier)" }
}

extension KernelState {
  /// One end of a pipe; both are made if there are none.
  ///
  /// Source: netmap_pipe.c, `netmap_get_pipe_na`.
  mutating func pipeEnd(
    _ pipe: PipeName,
    _ request: NetmapRegistration
  ) throws(Errno) -> KernelAdapter {
    if let adapter = adapters[pipe.name] { return adapter }
    let parent = try pipeParent(pipe.parent, request)
    let asked = request.geometry
    var geometry = parent.geometry
    geometry.transmitRings = asked.transmitRings.bounded(usual: 1, 1, 256)
    geometry.receiveRings = asked.receiveRings.bounded(usual: 1, 1, 256)
    geometry.transmitSlots = asked.transmitSlots.bounded(
      usual: parent.geometry.transmitSlots,
      1,
      slotLimit
    )
    geometry.receiveSlots = asked.receiveSlots.bounded(
      usual: parent.geometry.receiveSlots,
      1,
      slotLimit
    )
    // What is asked for is always the master's, whichever end asks.
    let names = pipe.isMaster ? (pipe.name, pipe.peer) : (pipe.peer, pipe.name)
    let master = PipeEnd(names.0, geometry, of: parent)
    let slave = PipeEnd(names.1, geometry.turned, of: parent)
    master.peer = slave
    slave.peer = master
    parent.pipes += 1
    adapters[names.0] = master
    adapters[names.1] = slave
    return pipe.isMaster ? master : slave
  }

  /// The port that a pipe belongs to; without one of that name the kernel makes one that has nothing
  /// but pipes.
  private mutating func pipeParent(
    _ name: String,
    _ request: NetmapRegistration
  ) throws(Errno) -> KernelAdapter {
    var parent = request
    parent.port = name
    parent.mode = .allRings
    do throws(Errno) {
      return try adapter(for: parent)
    } catch {
      let isSwitchPort = name.hasPrefix("vale")
      guard error == .noSuchAddressOrDevice, !isSwitchPort, name.utf8.count < 16 else {
        throw error
      }
      let port = ValePort(name, switchGeometry(request.geometry), notifier)
      adapters[name] = port
      return port
    }
  }

  /// Lets a pipe go when nobody is bound to either end.
  mutating func forget(_ pipe: PipeEnd) {
    guard let peer = pipe.peer, peer.descriptors.isEmpty else { return }
    adapters[pipe.name] = nil
    adapters[peer.name] = nil
    pipe.dropRings()
    peer.dropRings()
    pipe.parent.pipes -= 1
    forget(pipe.parent)
  }
}

extension NetmapGeometry {
  /// The geometry as the other end of a pipe has it.
  fileprivate var turned: NetmapGeometry {
    var geometry = self
    swap(&geometry.transmitSlots, &geometry.receiveSlots)
    swap(&geometry.transmitRings, &geometry.receiveRings)
    return geometry
  }
}
