internal import CallScript
internal import Tap

extension SystemCall {
  /// The result of a tap's call without what differs from kernel to kernel and from run to run: the
  /// numbers of descriptors, and flags that the backend does not use.
  var portableTapResult: Int {
    switch name {
    case .open, .socket: 0
    case .getFeatures, .getInterface: result & Int(TapFlags.tap.union(.vnetHeader).rawValue)
    case .getInterfaceFlags: result & Int(InterfaceFlags.up.rawValue)
    default: result
    }
  }
}
