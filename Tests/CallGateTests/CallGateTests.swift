import CallGate
import Dispatch
import Glibc
import Synchronization
import Testing

private struct Refusal: Error, Equatable {}

/// With the kernel's barrier from the beginning, from the third call on, and never.
private let barriers: [Int?] = [0, 2, nil]

@Suite struct CallGateTests {
  @Test("Each direction keeps a value of its own from call to call", arguments: barriers)
  func values(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    #expect(subject.send() == 1)
    #expect(subject.send() == 2)
    #expect(subject.receive() == 1)
    #expect(subject.sums == [Pair(2), Pair(1)])
    #expect(subject.isOpen)
  }

  @Test("A call that throws is over", arguments: barriers)
  func throwing(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    #expect(throws: Refusal()) {
      try subject.gate.sending { (_) throws(Refusal) in throw Refusal() }
    }
    #expect(throws: Refusal()) {
      try subject.gate.receiving { (_) throws(Refusal) in throw Refusal() }
    }
    #expect(throws: Refusal()) {
      try subject.gate.alone { (_, _) throws(Refusal) in throw Refusal() }
    }
    #expect(subject.sums == [Pair(0), Pair(0)])
    #expect(subject.send() == 1)
  }

  @Test("No call begins once the gate is closed, and it is closed once", arguments: barriers)
  func closing(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    var closings = 0
    for _ in 0..<2 { subject.gate.close { (_, _) in closings += 1 } }
    #expect(closings == 1)
    #expect(!subject.isOpen)
    #expect(subject.send() == nil)
    #expect(subject.receive() == nil)
    #expect(subject.sums == nil)
  }

  @Test("Whoever is alone sees no half call, and loses none", arguments: barriers)
  func alone(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    let halves = Atomic(0)
    let rounds = 20_000
    together {
      for _ in 0..<rounds { _ = subject.send() }
    } _: {
      for _ in 0..<rounds { _ = subject.receive() }
    } _: {
      for _ in 0..<rounds / 20 {
        let isWhole = subject.gate.alone { (sender, receiver) in
          defer { (sender.second, receiver.second) = (sender.first, receiver.first) }
          return sender.isWhole && receiver.isWhole
        }
        if isWhole != true { halves.add(1, ordering: .relaxed) }
      }
    }
    #expect(halves.load(ordering: .relaxed) == 0)
    #expect(subject.sums == [Pair(rounds), Pair(rounds)])
  }

  @Test("Two that want to be alone take turns", arguments: barriers)
  func turns(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    let work: @Sendable () -> Void = {
      for _ in 0..<1000 { subject.gate.alone { (sender, _) in _ = sender.count() } }
    }
    together(work, work)
    #expect(subject.sums == [Pair(2000), Pair(0)])
  }

  @Test("Closing waits for the call under way, in either direction", arguments: barriers)
  func waiting(barrierAfter calls: Int?) {
    for isSending in [true, false] {
      let subject = GatedPairs(usingBarrierAfter: calls)
      let begun = DispatchSemaphore(value: 0)
      let seen = Mutex<Pair?>(nil)
      let stay: @Sendable (inout Pair) -> Void = { pair in
        begun.signal()
        // The closing has begun, and has to wait for what follows.
        while subject.isOpen { sched_yield() }
        _ = pair.count()
      }
      together {
        if isSending { subject.gate.sending(stay) } else { subject.gate.receiving(stay) }
      } _: {
        begun.wait()
        subject.gate.close { (sender, receiver) in
          let pair = isSending ? sender : receiver
          seen.withLock { $0 = pair }
        }
      }
      #expect(seen.withLock { $0 } == Pair(1))
    }
  }

  @Test("Closing waits for a call that began at once, and for whom it was given to")
  func passing() {
    let subject = GatedPairs(usingBarrierAfter: 0)
    let begun = DispatchSemaphore(value: 0)
    let seen = Mutex<Pair?>(nil)
    let stay: @Sendable (consuming CallPassage<Pair>) -> Int = { call in
      var call = call
      begun.signal()
      while subject.isOpen { sched_yield() }
      let count = call.value.count()
      return call.end(count)
    }
    together {
      guard let call = subject.gate.sendingAtOnce() else {
        // Where the kernel has no barrier, every call is an ordinary one.
        _ = subject.send()
        begun.signal()
        return
      }
      _ = stay(call)
    } _: {
      begun.wait()
      subject.gate.close { (sender, _) in
        let sender = sender
        seen.withLock { $0 = sender }
      }
    }
    #expect(seen.withLock { $0 } == Pair(1))
  }

  @Test("No call begins at once without the barrier, nor once the gate is closed")
  func refusing() {
    for calls in barriers {
      let subject = GatedPairs(usingBarrierAfter: calls)
      if calls == 0 { subject.gate.close { (_, _) in } }
      #expect(subject.sendAtOnce() == nil)
      #expect(subject.receiveAtOnce() == nil)
      // None is left behind as one under way.
      subject.gate.close { (_, _) in }
      #expect(!subject.isOpen)
    }
  }

  @Test("Calls begin at once after the first ones, which bring a barrier of their own")
  func widening() {
    // Where the kernel has no barrier, none ever does.
    let isBarrierKnown = GatedPairs(usingBarrierAfter: 0).sendAtOnce() != nil
    let subject = GatedPairs(usingBarrierAfter: 2)
    #expect(subject.sendAtOnce() == nil)
    #expect(subject.send() == 1)
    #expect(subject.receiveAtOnce() == nil)
    #expect(subject.receive() == 1)
    #expect(subject.sendAtOnce() == (isBarrierKnown ? 2 : nil))
    #expect(subject.sums == [Pair(isBarrierKnown ? 2 : 1), Pair(1)])
    #expect(subject.receiveAtOnce() == (isBarrierKnown ? 2 : nil))
  }

  @Test("A call that comes while somebody is alone waits for the end", arguments: barriers)
  func queueing(barrierAfter calls: Int?) {
    let subject = GatedPairs(usingBarrierAfter: calls)
    let (alone, coming) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let found = Mutex<Int?>(nil)
    together {
      subject.gate.alone { (sender, _) in
        alone.signal()
        coming.wait()
        sender.first = 40
      }
    } _: {
      alone.wait()
      coming.signal()
      let first = subject.send()
      found.withLock { $0 = first }
    }
    #expect(found.withLock { $0 } == 41)
  }

  @Test("Closing beside calls and those who want to be alone ends them all", arguments: barriers)
  func ending(barrierAfter calls: Int?) {
    for _ in 0..<200 {
      let subject = GatedPairs(usingBarrierAfter: calls)
      let done = Atomic(0)
      let last = Mutex(Pair(0))
      together {
        while subject.send() != nil { done.add(1, ordering: .relaxed) }
      } _: {
        while subject.gate.alone({ (sender, _) in sender.count() }) != nil {
          done.add(1, ordering: .relaxed)
        }
      } _: {
        while done.load(ordering: .relaxed) < 10 { sched_yield() }
        subject.gate.close { (sender, _) in
          let sender = sender
          last.withLock { $0 = sender }
        }
      }
      let count = done.load(ordering: .relaxed)
      #expect(last.withLock { $0 } == Pair(count))
    }
  }
}
