internal import SystemPackage

/// A VALE switch: its ports, and what it has learned.
///
/// Source: netmap_bdg.c, `struct nm_bridge`.
final class ValeSwitch {
  /// The most switches that there are.
  static let limit = 8

  let name: String
  /// The ports by number.
  private(set) var ports: [ValePort?]
  /// The numbers, those of the ports that there are in front.
  private(set) var order = Array(0..<ForwardingTable.ports)
  /// The number of ports.
  private(set) var portCount = 0
  let learned = LearningTable()
  let table: ForwardingTable

  init(_ name: String, _ table: ForwardingTable) {
    self.name = name
    self.table = table
    ports = Array(repeating: nil, count: ForwardingTable.ports)
  }

  /// Gives a port the first number that is free.
  ///
  /// - Throws: `ENOMEM` if the switch is full.
  func attach(_ port: ValePort) throws(Errno) {
    // A card would need a second number for the host, which is kept free for any port.
    guard portCount + 2 < ForwardingTable.ports else { throw .noMemory }
    port.number = order[portCount]
    port.valeSwitch = self
    ports[port.number] = port
    portCount += 1
  }

  /// Takes a port off; what was learned of it stays, and the next port takes its number.
  ///
  /// Source: netmap_bdg.c, `netmap_bdg_detach_common`.
  func detach(_ port: ValePort) {
    guard let place = order.prefix(portCount).firstIndex(of: port.number) else { return }
    portCount -= 1
    order.swapAt(place, portCount)
    ports[port.number] = nil
    port.valeSwitch = nil
  }
}
