internal import ArgumentParser
internal import XenNetif

/// The command `conformance explain-ring`.
struct ExplainRingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain-ring",
    abstract: "Explains a dumped Xen ring page, slot by slot.",
    discussion: """
      Shows what was asked and what was answered, which slots make a packet, and what is wrong \
      with them: such lines begin with an exclamation mark. What is open ends where the header of \
      the page says; the page does not say which ring it is.

        conformance explain-ring tx.page
        conformance explain-ring rx.page --ring receive
        conformance explain-ring tx.page --policy strict
      """
  )

  /// Which ring is in a page.
  enum Ring: String, CaseIterable, ExpressibleByArgument {
    case transmit
    case receive
    case control

    var kind: RingKind {
      switch self {
      case .transmit: .transmit
      case .receive: .receive
      case .control: .control
      }
    }
  }

  /// What is made of chains where the protocol leaves it open.
  enum Policy: String, CaseIterable, ExpressibleByArgument {
    case linux
    case freebsd
    case strict

    var policy: ChainPolicy {
      switch self {
      case .linux: .linux
      case .freebsd: .freeBSD
      case .strict: .strict
      }
    }
  }

  @Argument(help: ArgumentHelp("The page: a file of 4096 bytes.", valueName: "file"))
  var path: String

  @Option(help: "The ring in it: 'transmit', 'receive' or 'control'.")
  var ring: Ring = .transmit

  @Option(help: "Whose rules hold for packets to send: 'linux', 'freebsd' or 'strict'.")
  var policy: Policy = .linux

  func run() throws {
    let bytes = try RingPageFile.bytes(path)
    let explanation = try RingPageExplanation(bytes: bytes, kind: ring.kind, policy: policy.policy)
    try StandardOutput.write(explanation.text)
  }
}
