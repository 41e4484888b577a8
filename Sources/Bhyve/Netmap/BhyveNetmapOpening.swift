internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// The steps of `netmap_init`.
///
/// Source: bhyve `net_backends.c`, lines 474-505.
struct BhyveNetmapOpening<Port: NetmapPort> {
  /// A port that is bound, mapped and registered.
  struct Opened {
    var name: String
    var descriptor: Int32
    var memory: SharedMemory
    var transmitRing: NetmapRing
    var receiveRing: NetmapRing
    var registration: any EventRegistration
  }

  let port: Port
  let request: OpenRequest

  /// Runs the steps; one that fails gives nothing back that the seed does not.
  func open() throws(BackendError) -> Opened {
    let name = SeedName(request.name, room: BhyveNetmap<Port>.nameSize).text
    let (descriptor, memory, rings) = try openPort(name)
    let registration: any EventRegistration
    do throws(BackendError) {
      registration = try request.loop.watch(descriptor, onReadable: request.onReceive)
    } catch {
      // The port stays bound: nobody closes the descriptor.
      throw .minusOne("register event", name.named)
    }
    return Opened(
      name: name,
      descriptor: descriptor,
      memory: memory,
      transmitRing: rings.transmit,
      receiveRing: rings.receive,
      registration: registration
    )
  }

  /// What `nm_open` does, and what its failure leads to: the private area, which lies inside the
  /// block that the caller frees next, is freed by itself.
  private func openPort(
    _ name: String
  ) throws(BackendError) -> (Int32, SharedMemory, (transmit: NetmapRing, receive: NetmapRing)) {
    let fault = BackendError.stopped("netmap_init: free of a part of a block, line 487", name.named)
    let parsed: NetmapPortName
    do throws(BackendError) { parsed = try NetmapPortName(name) } catch { throw fault }
    let descriptor: Int32
    do throws(Errno) { descriptor = try port.open() } catch { throw fault }
    do throws(Errno) {
      var wanted = parsed.registration
      wanted.flags.insert(.noTransmitPoll)
      let registered = try port.register(descriptor, wanted)
      let memory = try port.map(descriptor, size: registered.memorySize)
      return (descriptor, memory, try firstRings(memory, at: registered.offset, name))
    } catch {
      try? port.close(descriptor)
      throw fault
    }
  }

  /// The first ring of each direction; the others are bound as well, and nobody looks at them.
  private func firstRings(
    _ memory: SharedMemory,
    at offset: Int,
    _ name: String
  ) throws(Errno) -> (transmit: NetmapRing, receive: NetmapRing) {
    let interface = try? NetmapInterface(memory, at: offset)
    guard let transmit = interface?.transmitRings.first,
      let receive = interface?.receiveRings.first
    else { throw .badAddress }
    return (transmit, receive)
  }
}
