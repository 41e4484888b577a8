public import BackendConformance

extension Profile {
  /// What bhyve's backends of 2020 do, defect by defect: the exact outcome of each takes the place of
  /// what the contract asks for.
  ///
  /// `Documentation/bhyve.md` explains each quirk.
  public static let bhyve = Profile(name: "bhyve", quirks: Quirk.tap)
}

extension Quirk {
  /// The quirks of the seed's tap, and of its clone vmnet.
  static let tap: [Quirk] =
    NamingQuirks.all + OpeningQuirks.tap + SendingQuirks.tap + ReceivingQuirks.tap
    + ErrorQuirks.tap
}
