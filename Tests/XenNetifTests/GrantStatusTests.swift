import Testing
import XenNetif

@Suite("What comes of grants")
struct GrantStatusTests {
  @Test("A status is the number of the hypervisor's header")
  func numbers() {
    let all: [GrantStatus] = [
      .okay, .generalError, .badDomain, .badGrant, .badHandle, .badVirtualAddress,
      .badDeviceAddress, .noDeviceSpace, .permissionDenied, .badPage, .badCopyArgument,
      .addressTooBig, .again, .noSpace,
    ]
    #expect(all.map { Int($0.rawValue) } == (0..<14).map { -$0 })
  }
}
