internal import NetBackend
internal import SystemPackage
internal import Tap

/// The steps of `tap_init`.
///
/// Source: bhyve `net_backends.c`, lines 200-254.
struct BhyveTapOpening<Port: TapPort> {
  /// A tap that is registered.
  struct Opened {
    var name: String
    var descriptor: Int32
    var registration: any EventRegistration
  }

  let port: Port
  let request: OpenRequest

  /// Runs the steps; one that fails returns -1, whatever the system call said.
  func open() throws(BackendError) -> Opened {
    // A path of 80 bytes, of which "/dev/" takes five.
    let name = SeedName(request.name, room: 80 - 5).text
    let descriptor = try open(name)
    do throws(BackendError) {
      let registration = try prepare(descriptor, name)
      return Opened(name: name, descriptor: descriptor, registration: registration)
    } catch {
      try? port.close(descriptor)
      throw error
    }
  }

  private func prepare(
    _ descriptor: Int32,
    _ name: String
  ) throws(BackendError) -> any EventRegistration {
    do throws(Errno) { try port.setNonBlocking(descriptor) } catch {
      throw .minusOne("tap device O_NONBLOCK", name.named)
    }
    do throws(BackendError) {
      return try request.loop.watch(descriptor, onReadable: request.onReceive)
    } catch { throw .minusOne("register event", name.named) }
  }

  /// What `open("/dev/tap0")` is on a system where one control device makes every tap.
  private func open(_ name: String) throws(BackendError) -> Int32 {
    do throws(Errno) {
      let descriptor = try port.openControl()
      do throws(Errno) {
        _ = try port.attach(descriptor, to: name, flags: [.tap, .noProtocolInformation])
      } catch {
        try? port.close(descriptor)
        throw error
      }
      return descriptor
    } catch { throw .minusOne("open of tap device", name.named) }
  }
}
