internal import RingMemory
internal import SystemPackage

extension KernelState {
  /// Maps the first `size` bytes of the memory that a descriptor is bound to.
  func map(_ number: Int32, _ size: Int) throws(Errno) -> SharedMemory {
    let descriptor = try descriptor(number)
    guard let memory = descriptor.adapter?.memory?.shared, size > 0, size <= memory.count else {
      throw .invalidArgument
    }
    // The mapping outlives the descriptor, as a real one does.
    return unsafe SharedMemory(unsafeMapping: memory.base, count: size) { [memory] (_, _) in
      _ = memory
    }
  }

  /// Sets the length in bytes of the vnet header of a port of a switch.
  ///
  /// Source: netmap.c, `NETMAP_REQ_PORT_HDR_SET`.
  func setHeaderLength(of port: String, to length: Int) throws(Errno) {
    guard [0, 10, 12].contains(length) else { throw .invalidArgument }
    guard let port = adapters[port] as? ValePort else { throw .noSuchAddressOrDevice }
    port.setHeaderLength(length)
  }
}
