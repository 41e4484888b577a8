internal import RingMemory

/// A port of a VALE switch.
///
/// Source: netmap_vale.c, `struct netmap_vp_adapter`.
final class ValePort: KernelAdapter {
  /// The longest frame that segmentation makes for a port, as long as it never had a header.
  static let usualFrameLimit = 1514

  /// The switch; a port that is only there for its pipes has none.
  var valeSwitch: ValeSwitch?
  /// The number on the switch.
  var number = 0
  /// The source address that was learned last; one that repeats is not looked at again.
  var lastSource = UInt64.max
  /// Whether the port stays when nobody is bound to it.
  var isPersistent = false
  private var vnetHeaderLength = 0
  /// The longest frame that segmentation makes for the port, in bytes.
  private(set) var frameLimit = usualFrameLimit

  override var headerLength: Int { vnetHeaderLength }

  /// Sets the length of the vnet header.
  ///
  /// A header raises the longest frame to a buffer's length; taking it away does not lower that again.
  func setHeaderLength(_ length: Int) {
    vnetHeaderLength = length
    if length > 0 { frameLimit = geometry.bufferSize }
  }

  /// Hands what was published to the switch, which takes it all.
  ///
  /// Source: netmap_vale.c, `netmap_vale_vp_txsync`.
  override func transmit(_ ring: KernelRing) {
    valeSwitch?.forward(ring, from: self)
    ring.deviceHead = ring.lastHead
    ring.deviceTail = ring.view.previous(ring.lastHead)
  }

  /// Takes back what was released; what arrived is in the ring already.
  ///
  /// Source: netmap_bdg.c, `netmap_vp_rxsync`.
  override func receive(_ ring: KernelRing) {
    let view = ring.view
    var position = ring.deviceHead
    while position != ring.lastHead {
      var slot = view[position]
      if slot.flags.contains(.bufferChanged) {
        slot.flags.remove(.bufferChanged)
        view[position] = slot
      }
      position = view.indices.next(position)
    }
    ring.deviceHead = ring.lastHead
  }
}
