/// Scripts for the command to play.
enum Fixture {
  /// Fails on every backend: it expects a frame that nobody injected.
  static let failing = """
    schema: 1
    requirement: receive/short-buffer-is-reported
    case: a frame that nobody injected
    steps:
    - open:
    - receive: [60]
      expect: {length: 60}

    """

  /// Passes, and belongs to no requirement.
  static let passing = """
    schema: 1
    case: nothing is waiting
    steps:
    - open:
    - receive: [60]
      expect: nothing

    """

  /// Passes, but not within the time of a test.
  static let endless = """
    schema: 1
    case: many rounds
    steps:
    - open:
    - repeated:
        times: 10000000
        steps:
        - receive: [60]
          expect: nothing

    """
}
