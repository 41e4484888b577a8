extension Action {
  /// The action as one word: its key in a script file, and how its description begins.
  public var word: String {
    switch self {
    case .open: "open"
    case .close: "close"
    case .send: "send"
    case .sendClaiming: "sendClaiming"
    case .peek: "peek"
    case .receive: "receive"
    case .discard: "discard"
    case .enableReceive: "enableReceive"
    case .disableReceive: "disableReceive"
    case .offeredFeatures: "offeredFeatures"
    case .setFeatures: "setFeatures"
    case .headerLength: "headerLength"
    case .runLoop: "runLoop"
    case .awaitCallbacks: "awaitCallbacks"
    case .whenCalledBack: "whenCalledBack"
    case .linger: "linger"
    case .inject: "inject"
    case .injectOffloaded: "injectOffloaded"
    case .collect: "collect"
    case .link: "link"
    case .fault: "fault"
    case .calls: "calls"
    case .ledger: "ledger"
    case .setErrno: "setErrno"
    case .ring(let action): action.word
    case .xen(let action): action.word
    case .drops: "drops"
    case .select: "select"
    case .prepare: "prepare"
    case .advanceClock: "advanceClock"
    case .together: "together"
    case .repeated: "repeated"
    }
  }
}
