internal import SystemPackage
internal import Tap

/// Switches on all offloads that the kernel knows, whatever was acknowledged.
struct SwitchesOnWhatIsOffered<Base: TapPort>: WrongPort {
  let base: Base

  func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try base.setOffloads(descriptor, to: .all)
  }
}
