/// Every requirement of the suite, section by section.
public enum Catalogue {
  /// All requirements, also those that cannot be tested.
  public static let all: [Requirement] = contract + tap + netmap + valeSwitch + xen

  /// What every backend is held to.
  static let contract: [Requirement] =
    Naming.all + Opening.all + Closing.all + dataPath + Features.all + Headers.all + Errors.all

  /// Sending, receiving and the callback.
  private static let dataPath: [Requirement] =
    Sending.all + SendingLimits.all + SendingLosses.all + SendingIndependence.all + Peeking.all
    + Receiving.all + ReceivingShort.all + ReceivingErrors.all + Discarding.all + Events.all
    + Callbacks.all + Concurrency.all + Time.all

  /// What a tap is held to besides.
  static let tap: [Requirement] =
    TapOpening.all + TapDescriptors.all + TapSwitches.all + TapOffloading.all
    + TapCalls.all + TapLink.all

  /// What a netmap port is held to besides.
  static let netmap: [Requirement] =
    RingOpening.all + RingSending.all + RingSendingRoom.all + RingSendingMemory.all
    + RingReceiving.all
    + RingReceivingOddSlots.all + RingReceivingMemory.all + RingHeaders.all + Pipes.all

  /// What backends on one VALE switch are held to, and the switch with them.
  static let valeSwitch: [Requirement] =
    Switching.all + SwitchOverload.all + SwitchChains.all + SwitchHeaders.all + SwitchOffloads.all

  /// What a netback is held to besides.
  static let xen: [Requirement] =
    xenTransmit + receiveRing + xenOffloads + xenStore + xenRings + grants + controlRing

  /// How a netback passes frames on to its frontend.
  private static let receiveRing: [Requirement] =
    ReceiveSlots.all + ReceiveLimits.all + ReceiveChecksums.all + ReceiveExtras.all
    + ReceiveSegments.all + ReceiveShortage.all + ReceiveFaults.all + ReceiveTime.all

  /// What a netback does about checksums, segments and hashes.
  private static let xenOffloads: [Requirement] =
    ChecksumOffloads.all + ChecksumRefusals.all + ChecksumPlaces.all + SegmentationOffloads.all
    + SegmentationNeeds.all + SegmentationRefusals.all + HashExtras.all

  /// What a netback and its frontend tell each other in the store.
  private static let xenStore: [Requirement] =
    StoreOffers.all + StoreIdentity.all + StoreRings.all + StoreQueues.all + StoreFeatures.all
    + StoreLimits.all + StoreGroups.all + StoreSwitches.all + StoreStates.all + StoreEndings.all

  /// Frames from its frontend.
  private static let xenTransmit: [Requirement] =
    TransmitChains.all + TransmitFlagCases.all + TransmitExtras.all + TransmitShortChains.all
    + TransmitSlotLimits.all + TransmitSizes.all + TransmitPages.all + TransmitRingEnds.all
    + TransmitRefusals.all + TransmitLosses.all + TransmitResponses.all + TransmitWireExamples.all
    + TransmitReading.all + TransmitOrder.all + TransmitRate.all + MulticastLists.all
    + MulticastFilter.all

  /// What a netback does with rings and channels.
  private static let xenRings: [Requirement] =
    RingIndices.all + RingEvents.all + RingRequests.all + RingChannels.all

  /// What a netback does with the pages that its frontend grants.
  private static let grants: [Requirement] =
    GrantCopies.all + GrantPages.all + GrantFailures.all + GrantMappings.all

  /// What a netback answers on the control ring, and does about it.
  private static let controlRing: [Requirement] = ControlRequests.all + Hashing.all

  /// The requirement with that slug, if there is one.
  public static func requirement(_ slug: String) -> Requirement? { bySlug[slug] }

  private static let bySlug = Dictionary(
    all.map { ($0.slug, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}
