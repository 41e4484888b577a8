/// Every requirement of the suite, section by section.
public enum Catalogue {
  /// All requirements, also those that cannot be tested.
  public static let all: [Requirement] = contract + tap

  /// What every backend is held to.
  static let contract: [Requirement] =
    Naming.all + Opening.all + Closing.all + Receiving.all + Features.all + Headers.all + Errors.all

  /// What a tap is held to besides.
  static let tap: [Requirement] =
    TapOpening.all + TapDescriptors.all + TapSwitches.all + TapOffloading.all

  /// The requirement with that slug, if there is one.
  public static func requirement(_ slug: String) -> Requirement? { bySlug[slug] }

  private static let bySlug = Dictionary(
    all.map { ($0.slug, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}
