/// What a netback answers on the control ring.
enum ControlRequests {
  static let all = answers + tables + ring

  private static let answers = [
    answersWithIdAndType, unknownTypesAreNotSupported, grantMappingsMayBeRefused, algorithms,
    kindsOfPackets,
  ]

  /// The numbers of the requests.
  enum Ask {
    static let flags = 1
    static let setFlags = 2
    static let setKey = 3
    static let size = 4
    static let setSize = 5
    static let setTable = 6
    static let setAlgorithm = 7
  }

  /// The statuses of answers.
  static let (success, notSupported, invalid, overflow) = (0, 1, 2, 3)
  static let toeplitz = XenSlot.control(Ask.setAlgorithm, data: [1])

  static let answersWithIdAndType = Requirement(
    "control/answers-with-id-and-type",
    .must,
    "each request is answered with its identifier and its type, behind them status and data",
    because: "the frontend finds by them what it asked for",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the type left out, because the identifier would do"
  ) {
    for id in [0, 9, 0x1234, 0xFFFF] {
      for type in [Ask.flags, Ask.size, Ask.setAlgorithm, 0xABCD] {
        connected("type \(type), id \(id)") {
          Guest.control(.control(type, id: id, data: [1]), XenResponse(id: id, type: type))
        }
      }
    }
    connected("three at once") {
      Guest.control(
        [toeplitz, .control(Ask.flags, id: 7), .control(0xABCD, id: 7)],
        [
          .control(success, id: 0, type: Ask.setAlgorithm), .control(success, id: 7, type: 1),
          .control(notSupported, id: 7, type: 0xABCD),
        ]
      )
    }
  }

  static let unknownTypesAreNotSupported = Requirement(
    "control/unknown-requests-are-not-supported",
    .must,
    "a request of a type that nobody knows is answered as not supported",
    because:
      "a frontend tries what is newer than its netback, and does without it when it is told so",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "unknown types passed over, or answered as if all were well"
  ) {
    for type in [0, 11, 255, 256, 0x0107, 0xFFFF] {
      connected("type \(type)") {
        Guest.control(.control(type, id: 5), .control(notSupported, id: 5, type: type, data: 0))
        Guest.control(toeplitz, .control(success))
      }
    }
  }

  static let grantMappingsMayBeRefused = Requirement(
    "control/grant-mappings-may-be-refused",
    .may,
    "requests to keep grants mapped are carried out, or answered as not supported",
    because: "a frontend that is told so goes on with copies",
    sources: [Source.netif],
    families: XenScript.families,
    hint: "types that are in the header taken for types that are known"
  ) {
    for type in 8...10 {
      connected("type \(type)") {
        Guest.put([.control(type, id: 5)], in: .control)
        Guest.show(.control)
        Guest.responses(
          .controlRing,
          [
            "offered": [.control(notSupported, id: 5, type: type)],
            "offered": [.control(success, id: 5, type: type)], "missing": [],
          ],
          of: .control
        )
      }
    }
  }

  static let algorithms = Requirement(
    "control/algorithm-is-one-that-is-known",
    .must,
    "no algorithm and Toeplitz are accepted, and any other is an invalid parameter",
    because: "a frontend that believes in another algorithm looks for its packets in other queues",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the number kept, and looked at when packets are hashed"
  ) {
    for algorithm in [0, 1, 2, 3, 0x100, 0x8000_0001, 0xFFFF_FFFF] {
      connected("algorithm \(algorithm)") {
        Guest.control(
          .control(Ask.setAlgorithm, data: [algorithm]),
          .control(algorithm < 2 ? success : invalid)
        )
      }
    }
    connected("none again") {
      Guest.control(toeplitz, .control(success))
      Guest.control(.control(Ask.flags), .control(success, data: 15))
      Guest.control(.control(Ask.setAlgorithm, data: [2]), .control(invalid))
      Guest.control(.control(Ask.flags), .control(success, data: 15))
      Guest.control(.control(Ask.setAlgorithm, data: [0]), .control(success))
      Guest.control(.control(Ask.flags), .control(notSupported))
    }
  }

  static let kindsOfPackets = Requirement(
    "control/kinds-of-packets-belong-to-an-algorithm",
    .must,
    "which kinds of packets can be hashed is told while there is an algorithm, and only those may be asked "
      + "for, and only then",
    because:
      "a frontend that is told that a kind is hashed when it is not waits for it in the wrong queue",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the bits stored as they come"
  ) {
    connected("without an algorithm") {
      Guest.control(.control(Ask.flags), .control(notSupported))
      for kinds in [0, 1, 15] {
        Guest.control(.control(Ask.setFlags, data: [kinds]), .control(invalid))
      }
    }
    for kinds in [0, 1, 2, 4, 8, 15, 0x10, 0x1F, 0x8000_0000, 0xFFFF_FFFF] {
      connected("kinds \(kinds)") {
        Guest.control(toeplitz, .control(success))
        Guest.control(.control(Ask.flags), .control(success, data: 15))
        Guest.control(
          .control(Ask.setFlags, data: [kinds]),
          .control(kinds <= 15 ? success : invalid)
        )
      }
    }
  }

  /// A script with a control ring, if the netback offers one.
  static func connected(_ name: String, @StepBuilder _ steps: () -> [Step]) -> Script {
    XenScript.connected(name, on: XenScript.bench(hasControl: true)) {
      Guest.offer(.controlRing, "feature-ctrl-ring")
      steps()
    }
  }
}
