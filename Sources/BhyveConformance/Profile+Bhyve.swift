public import BackendConformance

extension Profile {
  /// What bhyve's backends of 2020 do, defect by defect: the exact outcome of each takes the place of
  /// what the contract asks for.
  ///
  /// `Documentation/bhyve.md` explains each quirk.
  public static let bhyve = Profile(name: "bhyve", quirks: Quirk.ofBhyve)
}

extension Quirk {
  /// The quirks of the seed, those of its tap in front of those of netmap.
  static let ofBhyve: [Quirk] =
    NamingQuirks.all + NetmapOpeningQuirks.all + OpeningQuirks.all + SendingQuirks.tap
    + ReceivingQuirks.tap
    + NetmapSendingQuirks.all + NetmapRoomQuirks.all + NetmapReceivingQuirks.all
    + NetmapRingQuirks.all
    + NetmapFeatureQuirks.all
    + ErrorQuirks.all
}
