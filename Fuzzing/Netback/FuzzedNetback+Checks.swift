import XenNetif

/// What must hold.
extension FuzzedNetback {
  /// What holds after each operation.
  func check() {
    checkWhatIsTold()
    let (operations, rings) = (hypervisor.takeGrantOperations(), rings)
    precondition(operations.count < 50_000, "work is bounded")
    for operation in operations {
      guard case .copy(let direction, let offset, let length, let localOffset, _) = operation.kind
      else { continue }
      precondition(
        Int(offset) + Int(length) <= 4096 && Int(localOffset) + Int(length) <= 4096,
        "no copy leaves a page"
      )
      if direction == .toGrant, rings.contains(where: { $0.grant == operation.grant }) {
        hasMixedPages = true
      }
    }
    let held = hypervisor.mappedGrants(by: Self.host)
    precondition(held.count <= 2 * policy.maximumQueues + 1, "only rings stay mapped")
    if !hasMixedPages {
      precondition(held.allSatisfy { grant in rings.contains { $0.grant == grant } })
      precondition(rings.allSatisfy { $0.page.isUnusedIntactAtOnce }, "what is nobody's stays")
    }
    precondition(hypervisor.strayUnmaps == 0, "each mapping ends once")
    precondition(hypervisor.openTransactions(of: Self.host) == 0, "each transaction ends")
  }

  private func checkWhatIsTold() {
    guard let netback else { return }
    precondition(
      !(netback.isDisabled && netback.hasCarrier),
      "nothing is sent to who broke the rules"
    )
    let drops = netback.drops
    let all = drops.sendFailed + drops.sendNoRoom + drops.receiveCorrupt
    precondition(all >= lost, "what is lost stays lost")
    lost = all
  }

  /// Closes the netback, which stays to be called.
  func close() {
    netback?.close()
    check()
    checkNothingIsHeld()
  }

  /// Lets go of the netback without closing it.
  func letGo() {
    callback.set(nil)
    netback = nil
    checkNothingIsHeld()
  }

  /// What holds when no netback is open.
  func checkNothingIsHeld() {
    precondition(hypervisor.mappedGrants(by: Self.host).isEmpty, "nothing stays mapped")
    if !faults.contains(.closeEvents) {
      precondition(hypervisor.eventDescriptors(of: Self.host).isEmpty, "no descriptor stays open")
      precondition(hypervisor.channels(of: Self.host).isEmpty, "no channel stays bound")
    }
    if !faults.contains(.unwatch) {
      precondition(hypervisor.watchedPaths(of: Self.host).isEmpty, "no watch stays set")
    }
    precondition(loop.registrationCount == 0 && loop.timerCount == 0, "the loop is let go of")
  }
}
