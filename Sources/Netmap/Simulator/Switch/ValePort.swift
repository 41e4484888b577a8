final class ValePort: KernelAdapter {
  override var headerLength: Int { vnetHeaderLength }
  private(set) var vnetHeaderLength = 0
  func setHeaderLength(_ length: Int) { vnetHeaderLength = length }
}
final class ValeSwitch {}
final class ForwardingTable {}
