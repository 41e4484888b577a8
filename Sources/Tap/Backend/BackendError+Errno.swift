package import NetBackend
package import SystemPackage

extension BackendError.Reason {
  /// The reason that an `errno` of a step of opening stands for.
  init(opening errno: Errno, call: String) {
    switch errno {
    case .resourceBusy: self = .busy
    case .notPermitted, .permissionDenied: self = .notPermitted
    case .noSuchFileOrDirectory, .operationNotSupportedByDevice, .noSuchAddressOrDevice:
      self = .unavailable
    case .invalidArgument where call == "TUNSETIFF": self = .wrongDevice
    case _ where call == "TUNGETIFF": self = .wrongDevice
    default: self = .system
    }
  }

  /// The reason that an `errno` of `writev` stands for.
  package init(writing errno: Errno) {
    switch errno {
    case .ioError: self = .linkDown
    case .invalidArgument: self = .dropped
    default: self.init(reading: errno)
    }
  }

  /// The reason that an `errno` of `readv` stands for.
  package init(reading errno: Errno) {
    switch errno {
    case .hostIsDown: self = .linkDown
    case .badFileDescriptorState, .noSuchAddressOrDevice, .operationNotSupportedByDevice,
      .badFileDescriptor:
      self = .disconnected
    default: self = .system
    }
  }
}

extension Errno {
  /// `EBADFD`: what the kernel answers once the interface is gone.
  static let badFileDescriptorState = Errno(rawValue: 77)
}
