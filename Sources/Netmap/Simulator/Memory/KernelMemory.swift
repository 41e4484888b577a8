internal import RingMemory
internal import SystemPackage

/// The memory of one region, and what of it is in use.
///
/// Source: netmap_mem2.c, the private allocators.
final class KernelMemory {
  /// The length of a `struct netmap_if` in bytes.
  static let interfaceSize = 1024

  /// The number of the region.
  let identifier: UInt16
  let region: NetmapRegion
  let shared: SharedMemory
  private var interfaces = IndexPool(count: NetmapRegion.interfaceRoom / interfaceSize)
  private var rings: IndexPool
  private var buffers: IndexPool

  /// Maps the memory of a region.
  init(identifier: UInt16, _ geometry: NetmapGeometry) throws(Errno) {
    self.identifier = identifier
    region = NetmapRegion(geometry)
    shared = try SharedMemory.recycled(count: region.size)
    let ringRoom = region.bufferOffset - NetmapRegion.interfaceRoom
    rings = IndexPool(count: ringRoom / region.ringSize)
    buffers = IndexPool(count: region.bufferCount)
    // 0 and 1 stand in for buffers that are none.
    _ = buffers.take()
    _ = buffers.take()
  }

  /// The offset of a free interface in bytes.
  func takeInterface() throws(Errno) -> Int {
    guard let number = interfaces.take() else { throw .noMemory }
    return number * Self.interfaceSize
  }

  func giveBackInterface(at offset: Int) { interfaces.giveBack(offset / Self.interfaceSize) }

  /// A new ring, with a buffer in each slot or none.
  func takeRing(
    _ number: Int,
    isTransmit: Bool,
    slots: Int,
    withBuffers: Bool = true
  ) throws(Errno) -> KernelRing {
    guard NetmapLayout.Ring.slots + slots * NetmapSlot.size <= region.ringSize,
      let place = rings.take()
    else { throw .noMemory }
    let offset = NetmapRegion.interfaceRoom + place * region.ringSize
    let view = KernelRingView(self, at: offset, slots: UInt32(slots))
    let ring = KernelRing(view, number: number, isTransmit: isTransmit, offset: offset)
    view.writeFields(number: number, isTransmit: isTransmit)
    if withBuffers, !Self.fill(view, from: &buffers) {
      giveBack(ring)
      throw .noMemory
    }
    return ring
  }

  /// Puts a buffer into each slot; `false` if there are too few.
  ///
  /// The pool is handed over once, and not once a slot: rings are made for every case of a script.
  private static func fill(_ view: KernelRingView, from pool: inout IndexPool) -> Bool {
    let length = UInt16(clamping: view.bufferSize)
    var position: UInt32 = 0
    return pool.take(Int(view.slotCount)) { buffer in
      view[position] = NetmapSlot(bufferIndex: UInt32(buffer), length: length)
      position &+= 1
    }
  }

  /// Gives a ring back, and the buffers that its slots hold now.
  func giveBack(_ ring: KernelRing) {
    Self.empty(ring.view, into: &buffers)
    ring.view.clear()
    rings.giveBack((ring.offset - NetmapRegion.interfaceRoom) / region.ringSize)
  }

  private static func empty(_ view: KernelRingView, into pool: inout IndexPool) {
    for position in 0..<view.slotCount {
      let index = view[position].bufferIndex
      if index >= 2 { pool.giveBack(Int(index)) }
    }
  }

  /// Takes up to `count` buffers that belong to no ring.
  ///
  /// The first four bytes of each hold the index of the next, 0 at the end.
  func takeExtraBuffers(_ count: Int) -> (head: UInt32, count: Int) {
    var head: UInt32 = 0
    for taken in 0..<count {
      guard let buffer = buffers.take() else { return (head, taken) }
      unsafe bufferAddress(UInt32(buffer)).storeBytes(of: head, as: UInt32.self)
      head = UInt32(buffer)
    }
    return (head, count)
  }

  /// Gives back the chain of extra buffers that begins with one, as the program left it.
  func giveBackExtraBuffers(from head: UInt32) {
    var head = head
    // A chain that the program has closed to a circle ends all the same.
    for _ in 0..<region.bufferCount {
      guard head >= 2, Int(head) < region.bufferCount else { return }
      giveBackBuffer(head)
      head = unsafe bufferAddress(head).load(as: UInt32.self)
    }
  }

  private func giveBackBuffer(_ index: UInt32) {
    if index >= 2 { buffers.giveBack(Int(index)) }
  }

  private func bufferAddress(_ index: UInt32) -> UnsafeMutableRawPointer {
    unsafe shared.base + region.bufferOffset + Int(index) * region.geometry.bufferSize
  }
}
