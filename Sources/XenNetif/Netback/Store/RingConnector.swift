internal import RingMemory
internal import SystemPackage

/// Maps rings and binds channels, and gives all of them back unless told to keep them.
struct RingConnector<Port: XenPort>: ~Copyable {
  private let port: Port
  private let descriptor: Int32
  private let domain: Domain
  private var memories: [SharedMemory] = []
  private var channels: [(remote: EventChannel, own: EventChannel)] = []

  init(_ port: Port, _ descriptor: Int32, _ domain: Domain) {
    self.port = port
    self.descriptor = descriptor
    self.domain = domain
  }

  /// Maps the page of a ring.
  ///
  /// - Throws: `ENOENT` if the grant cannot be mapped, whatever the reason.
  mutating func map(_ grant: GrantReference) throws(Errno) -> SharedMemory {
    do throws(GrantStatus) {
      let memory = try port.map(grant, of: domain)
      memories.append(memory)
      return memory
    } catch { throw .noSuchFileOrDirectory }
  }

  /// Binds a channel of one's own to one that the frontend offers.
  mutating func bind(_ remote: EventChannel) throws(Errno) -> EventChannel {
    guard remote.rawValue != 0 else { throw .invalidArgument }
    let own = try port.bind(descriptor, to: remote, of: domain)
    channels.append((remote, own))
    return own
  }

  /// Keeps what has been acquired.
  mutating func keep() {
    memories = []
    channels = []
  }

  /// Gives back what is not to be kept.
  mutating func unwind() {
    for (_, channel) in channels { try? port.unbind(descriptor, channel) }
    for memory in memories { port.unmap(memory) }
    keep()
  }
}
