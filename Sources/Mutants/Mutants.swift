/// Every mutant that is known.
public enum Mutants {
  /// All mutants, family by family.
  public static let all: [Mutant] = contract + tap + netmap + valeSwitch + xen

  private static let contract =
    NamingMutants.all + OpeningMutants.all + ClosingMutants.all + dataPath + FeaturesMutants.all
    + HeadersMutants.all + ErrorsMutants.all

  private static let dataPath =
    SendingMutants.all + PeekingMutants.all + ReceivingMutants.all + DiscardingMutants.all
    + EventsMutants.all + ConcurrencyMutants.all + TimeMutants.all

  private static let tap =
    TapOpeningMutants.all + TapDescriptorsMutants.all + TapSwitchesMutants.all
    + TapOffloadingMutants.all + TapMutants.all

  private static let netmap =
    RingSendingMutants.all + RingSendingRoomMutants.all + RingReceivingMutants.all
    + RingOddSlotMutants.all + RingMemoryMutants.all + RingOpeningMutants.all
    + RingHeaderMutants.all
    + PipeMutants.all

  private static let valeSwitch =
    SwitchingMutants.all + SwitchRingMutants.all + SwitchHeaderMutants.all

  private static let xen =
    xenTransmit + receiveRing + xenOffloads + xenStore + xenRings + grants + controlRing

  private static let receiveRing =
    ReceiveSlotMutants.all + ReceiveLimitMutants.all + ReceiveExtraMutants.all
    + ReceiveShortageMutants.all + ReceiveTimeMutants.all

  private static let xenOffloads = ChecksumOffloadMutants.all + SegmentationMutants.all

  private static let xenStore =
    StoreOfferMutants.all + StoreRingMutants.all + StoreQueueMutants.all + StoreFeatureMutants.all
    + StoreStateMutants.all

  private static let xenTransmit =
    TransmitChainMutants.all + TransmitExtraMutants.all + TransmitSizeMutants.all
    + TransmitAnswerMutants.all + TransmitPassMutants.all

  private static let xenRings =
    RingIndexMutants.all + RingEventMutants.all + RingChannelMutants.all

  private static let grants = GrantMutants.all

  private static let controlRing = ControlMutants.all + HashingMutants.all

  /// The slugs of the requirements that at least one mutant fails.
  public static let provenSlugs = Set(all.map(\.breaks))

  /// The mutant with that name, if there is one.
  public static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }
}
