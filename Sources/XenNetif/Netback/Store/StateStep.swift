/// One step of a backend from the state it is in towards another.
///
/// It is never ``ConnectionState/initialising``: until it is open it has no state.
///
/// Source: Linux `xen-netback/xenbus.c`, `set_backend_state`.
struct StateStep: Equatable {
  /// What is to be done before the new state is told.
  enum Work: Equatable {
    case none, connect, disconnect
  }

  var work = Work.none
  /// The state afterwards.
  var state: ConnectionState

  /// The next step; `nil` if there is none.
  init?(from state: ConnectionState, towards target: ConnectionState) {
    let isUp = target == .initWait || target == .connected
    switch state {
    case .closed where isUp: self.init(state: .initWait)
    case .closed where target == .closing: self.init(state: .closing)
    case .initWait where target == .connected: self.init(work: .connect, state: .connected)
    case .initWait where target == .closing || target == .closed: self.init(state: .closing)
    case .connected where target == .initWait || target == .closing || target == .closed:
      self.init(work: .disconnect, state: .closing)
    case .closing where isUp || target == .closed: self.init(state: .closed)
    default: return nil
    }
  }

  private init(work: Work = .none, state: ConnectionState) {
    self.work = work
    self.state = state
  }
}
