extension NetmapDeviceABI where Port == SimulatedNetmap {
  /// Creates the device of a simulated kernel.
  public convenience init(_ kernel: SimulatedNetmapKernel) {
    self.init(kernel.port) { descriptor, events in
      kernel.poll(descriptor, for: SimulatedPollEvents(rawValue: events)).rawValue
    }
  }
}
