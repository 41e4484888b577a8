import SystemPackage
import Testing
import XenNetif

@Suite("Simulated event channels")
struct EventTests {
  let domains = TwoDomains()
  var port: SimulatedXenPort { domains.backend }
  var guest: SimulatedDomain { domains.frontend }

  /// A channel that the backend has bound, with the event of binding it behind it.
  private func bound() throws -> (descriptor: Int32, local: EventChannel, remote: EventChannel) {
    let descriptor = try port.openEvents()
    let remote = guest.offerChannel(to: TwoDomains.host)
    let local = try port.bind(descriptor, to: remote, of: TwoDomains.guest)
    #expect(port.takePending(descriptor) == local)
    try port.unmask(descriptor, local, isSpurious: false)
    return (descriptor, local, remote)
  }

  @Test("binding raises the new channel once, so that nothing that came before is lost")
  func raisesOnBinding() throws {
    let (descriptor, _, _) = try bound()
    #expect(!domains.hypervisor.isReadable(descriptor))
    #expect(port.takePending(descriptor) == nil)
  }

  @Test("a raised channel is readable until it is taken, and again after it has been unmasked")
  func raises() throws {
    let (descriptor, local, remote) = try bound()
    guest.raise(remote)
    guest.raise(remote)
    #expect(domains.hypervisor.isReadable(descriptor))
    #expect(port.takePending(descriptor) == local)
    #expect(!domains.hypervisor.isReadable(descriptor))
    guest.raise(remote)
    #expect(!domains.hypervisor.isReadable(descriptor))
    try port.unmask(descriptor, local, isSpurious: true)
    #expect(domains.hypervisor.isReadable(descriptor))
    #expect(port.takePending(descriptor) == local)
    try port.unmask(descriptor, local, isSpurious: false)
    #expect(port.takePending(descriptor) == nil)
    let counts = try #require(guest.partnerCounts(of: remote))
    #expect((counts.raised, counts.taken, counts.unmasked, counts.spurious) == (3, 3, 3, 1))
  }

  @Test("channels are taken in the order in which they were raised")
  func keepsOrder() throws {
    let (descriptor, first, firstRemote) = try bound()
    let secondRemote = guest.offerChannel(to: TwoDomains.host)
    let second = try port.bind(descriptor, to: secondRemote, of: TwoDomains.guest)
    #expect(port.takePending(descriptor) == second)
    try port.unmask(descriptor, second, isSpurious: false)
    guest.raise(secondRemote)
    guest.raise(firstRemote)
    #expect(port.takePending(descriptor) == second)
    #expect(port.takePending(descriptor) == first)
  }

  @Test("what the backend raises, the domain sees once and counts each time")
  func raisesTheDomain() throws {
    let (descriptor, local, remote) = try bound()
    #expect(!guest.takePending(remote))
    try port.notify(descriptor, local)
    try port.notify(descriptor, local)
    #expect(guest.takePending(remote))
    #expect(!guest.takePending(remote))
    #expect(guest.counts(of: remote)?.raised == 2)
  }

  @Test("only a channel that is offered to this domain and is free can be bound")
  func refuses() throws {
    let (descriptor, _, remote) = try bound()
    let others = guest.offerChannel(to: Domain(rawValue: 7))
    for channel in [remote, others, EventChannel(rawValue: 0), EventChannel(rawValue: 9999)] {
      #expect(throws: Errno.invalidArgument) {
        try port.bind(descriptor, to: channel, of: TwoDomains.guest)
      }
    }
    let free = guest.offerChannel(to: TwoDomains.host)
    #expect(throws: Errno.badFileDescriptor) { try port.bind(99, to: free, of: TwoDomains.guest) }
  }

  @Test("a channel that was given back can be bound again, and is not known by its old number")
  func rebinds() throws {
    let (descriptor, local, remote) = try bound()
    guest.raise(remote)
    try port.unbind(descriptor, local)
    #expect(!domains.hypervisor.isReadable(descriptor))
    #expect(throws: Errno.socketNotConnected) { try port.notify(descriptor, local) }
    #expect(throws: Errno.socketNotConnected) { try port.unbind(descriptor, local) }
    guest.raise(remote)
    let again = try port.bind(descriptor, to: remote, of: TwoDomains.guest)
    #expect(again != local)
    try port.notify(descriptor, again)
    #expect(guest.takePending(remote))
  }

  @Test("closing the descriptor gives its channels back")
  func closes() throws {
    let (descriptor, _, remote) = try bound()
    #expect(domains.hypervisor.channels(of: TwoDomains.host).count == 1)
    #expect(domains.hypervisor.eventDescriptors(of: TwoDomains.host) == [descriptor])
    try port.closeEvents(descriptor)
    #expect(domains.hypervisor.channels(of: TwoDomains.host).isEmpty)
    #expect(domains.hypervisor.eventDescriptors(of: TwoDomains.host).isEmpty)
    #expect(guest.partnerCounts(of: remote) == nil)
    #expect(throws: Errno.badFileDescriptor) { try port.closeEvents(descriptor) }
  }

  @Test("the other end of a channel that the domain closed raises nobody")
  func outlivesTheOtherEnd() throws {
    let (descriptor, local, remote) = try bound()
    guest.closeChannel(remote)
    try port.notify(descriptor, local)
    try port.unbind(descriptor, local)
    #expect(domains.hypervisor.channels(of: TwoDomains.guest).isEmpty)
  }

  @Test("every call can be arranged to fail, and changes nothing then")
  func failsEachCall() throws {
    let (descriptor, local, remote) = try bound()
    let free = guest.offerChannel(to: TwoDomains.host)
    let calls: [(XenCall, () throws -> Void)] = [
      (.openEvents, { _ = try port.openEvents() }),
      (.bind, { _ = try port.bind(descriptor, to: free, of: TwoDomains.guest) }),
      (.notify, { try port.notify(descriptor, local) }),
      (.unmask, { try port.unmask(descriptor, local, isSpurious: false) }),
      (.unbind, { try port.unbind(descriptor, local) }),
      (.closeEvents, { try port.closeEvents(descriptor) }),
    ]
    for (call, body) in calls {
      domains.hypervisor.arrange(CallFault(call, by: TwoDomains.host, with: .noMemory, .once))
      #expect(throws: Errno.noMemory, "\(call)") { try body() }
    }
    #expect(!guest.takePending(remote))
    #expect(domains.hypervisor.channels(of: TwoDomains.host) == [local])
    #expect(domains.hypervisor.eventDescriptors(of: TwoDomains.host) == [descriptor])
  }
}
