/// What a real backend opens: something that exists and is used in place, or one of the run's own.
protocol HostDevice: Sendable, CustomStringConvertible {
  /// The driver's device, through which it is opened.
  var driver: HealthCheck { get }

  /// Where it would be found or made; fails if the name is that of something else.
  func place() throws(CommandFailure) -> DevicePlace
}

/// Where a device is found or made.
enum DevicePlace: Sendable, CustomStringConvertible {
  /// It exists, and is left as it was found.
  case here
  /// It is made in a network namespace of the run's own.
  case privateNetwork

  var description: String {
    switch self {
    case .here: "exists and is used in place"
    case .privateNetwork: "lives in a network namespace of this run's own"
    }
  }
}

extension HostDevice {
  /// Goes where the device lives, and notes where that is.
  ///
  /// For one of the run's own the process executes itself again, inside a network of its own, and
  /// this does not return.
  func enter() throws(CommandFailure) -> DevicePlace {
    let place = try place()
    if let failure = driver.failure { throw failure }
    if place == .privateNetwork && !PrivateNetwork.isEntered { try PrivateNetwork.reexecute() }
    StandardError.note("\(self) \(place)")
    return place
  }
}
