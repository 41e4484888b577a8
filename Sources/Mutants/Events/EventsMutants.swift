/// Taps that get the receive callback wrong.
enum EventsMutants {
  static let all = [
    Mutant(
      tap: "tap.queues-disable",
      breaks: "events/none-while-disabled",
      observed: "a callback began while receive was disabled",
      callback: QueuesDisable.self
    ),
    Mutant(
      tap: "tap.enables-on-disable",
      breaks: "events/none-while-disabled",
      observed: "a callback began while receive was disabled",
      backend: EnablesOnDisable.self
    ),
    Mutant(
      tap: "tap.counts-enables",
      breaks: "events/last-call-wins",
      observed: "a callback began while receive was disabled",
      backend: CountsEnables.self
    ),
    Mutant(
      tap: "tap.announces-edges-alone",
      breaks: "events/waiting-frame-is-announced",
      observed: "late: 0 seen",
      backend: AnnouncesEdgesAlone.self
    ),
    Mutant(
      tap: "tap.never-calls-back",
      breaks: "events/waiting-frame-is-announced",
      observed: "late: 0 seen",
      backend: NeverCallsBack.self
    ),
    Mutant(
      tap: "tap.forgets-the-peeked-frame",
      breaks: "events/peeked-frame-is-announced",
      observed: "late: 0 seen",
      backend: ForgetsThePeekedFrame.self
    ),
    Mutant(
      tap: "tap.calls-back-once",
      breaks: "events/every-frame-is-announced",
      observed: "late: 1 seen",
      callback: CallsBackOnce.self
    ),
    Mutant(
      tap: "tap.looks-every-other-turn",
      breaks: "events/frame-is-announced-at-once",
      observed: "0 callbacks",
      callback: LooksEveryOtherTurn.self
    ),
    Mutant(
      tap: "tap.calls-back-twice",
      breaks: "events/one-readiness-is-one-callback",
      observed: "2 callbacks",
      callback: CallsBackTwice.self
    ),
    Mutant(
      tap: "tap.peeks-only-while-enabled",
      breaks: "events/owner-may-ask-while-disabled",
      observed: "nothing",
      backend: PeeksOnlyWhileEnabled.self
    ),
    Mutant(
      tap: "tap.calls-back-the-last-one",
      breaks: "events/each-backend-hears-its-own",
      observed: "late: 0 seen",
      callback: CallsBackTheLastOne.self
    ),
    Mutant(
      tap: "tap.stays-registered",
      breaks: "events/sleeps-while-disabled",
      observed: "calls readv",
      callback: StaysRegistered.self
    ),
    Mutant(
      tap: "tap.waits-for-its-own-callback",
      breaks: "events/disable-inside-the-callback",
      observed: "did not return",
      callback: WaitsForItsOwnCallback.self
    ),
    Mutant(
      tap: "tap.restores-receive-after-the-callback",
      breaks: "events/enable-inside-the-callback",
      observed: "a callback began while receive was disabled",
      callback: RestoresReceiveAfterTheCallback.self
    ),
    Mutant(
      tap: "tap.holds-its-lock-while-calling-back",
      breaks: "events/calls-work-inside-the-callback",
      observed: "did not return",
      callback: HoldsItsLockWhileCallingBack.self
    ),
    Mutant(
      tap: "tap.calls-back-from-its-own-thread",
      breaks: "events/none-late-from-another-thread",
      observed: "a callback began while receive was disabled",
      callback: CallsBackFromItsOwnThread.self
    ),
    Mutant(
      tap: "tap.spins-at-the-end",
      breaks: "events/end-of-the-device-does-not-spin",
      observed: "20 callbacks",
      backend: SpinsAtTheEnd.self
    ),
  ]
}
