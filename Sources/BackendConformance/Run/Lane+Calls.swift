internal import Glibc
internal import NetBackend

// The calls of the contract.
extension Lane {
  func open(_ name: String?, _ descriptor: SuppliedDescriptor?, number: Int) -> Observation {
    let slot = player.slots[number]
    let monitor = slot.prepare()
    let player = self.player
    do throws(BenchError) {
      var supplied: Int32?
      if let descriptor { supplied = try bench.devices().descriptor(descriptor, backend: number) }
      let request = OpenRequest(
        name: name ?? bench.name(of: number),
        loop: bench.loop,
        descriptor: supplied
      ) { [weak slot] in
        monitor.callback { slot?.callbackSteps?.play(player) }
      }
      return open(request, slot, monitor)
    } catch { return Observation(error) }
  }

  private func open(
    _ request: OpenRequest,
    _ slot: BackendSlot,
    _ monitor: CallbackMonitor
  ) -> Observation {
    do throws(BackendError) {
      let opened = try bench.open(request)
      slot.fill(opened.backend)
      monitor.enter(.disabled)
      return .opened(kind: opened.kind)
    } catch { return .error(error) }
  }

  func call(
    _ action: Action,
    _ backend: any NetBackend,
    _ slot: BackendSlot,
    round: Int
  ) -> Observation {
    do throws(BenchError) {
      switch action {
      case .send(let frame, let elements):
        return try send(frame, elements, backend, round: round)
      case .sendClaiming(let lengths):
        return try buffers().withClaims(lengths) { list in
          Observation { () throws(BackendError) in try backend.send(list) }
        }
      case .receive(let lengths): return try receive(lengths, backend)
      case .peek: return Observation { () throws(BackendError) in try backend.peekLength() }
      case .discard: return Observation { () throws(BackendError) in try backend.discard() }
      default: return callWithoutFrame(action, backend, slot)
      }
    } catch { return Observation(error) }
  }

  private func send(
    _ frame: FramePattern,
    _ elements: [Int],
    _ backend: any NetBackend,
    round: Int
  ) throws(BenchError) -> Observation {
    let buffers = try buffers()
    let observation = buffers.withFrame(frame, round: round, elements: elements) { list in
      Observation { () throws(BackendError) in try backend.send(list) }
    }
    return observation ?? .benchFailed("the elements do not add up to the frame, or are too many")
  }

  private func receive(
    _ lengths: [UInt],
    _ backend: any NetBackend
  ) throws(BenchError) -> Observation {
    let buffers = try buffers()
    let observation = buffers.withRoom(lengths) { list in
      Observation { () throws(BackendError) in try backend.receive(into: list) }
    }
    defer { buffers.finishRoom() }
    switch observation {
    case .length(let length): return .frame(buffers.received(length))
    case .nothing:
      buffers.checkUntouched()
      return .nothing
    case .some(let other): return other
    case nil: return .benchFailed("the elements are too many")
    }
  }

  private func callWithoutFrame(
    _ action: Action,
    _ backend: any NetBackend,
    _ slot: BackendSlot
  ) -> Observation {
    switch action {
    case .enableReceive: enable(backend, slot)
    case .disableReceive: disable(backend, slot)
    case .close: return close(backend, slot)
    case .offeredFeatures: return offeredFeatures(backend)
    case .setFeatures(let features, let length): return setFeatures(features, length, backend)
    case .headerLength: return .headerLength(backend.headerLength)
    case .drops: return drops(backend)
    default: return .benchFailed("\(action) is not a call")
    }
    return .done
  }

  private func enable(_ backend: any NetBackend, _ slot: BackendSlot) {
    slot.monitor.enter(.enabled)
    backend.enableReceive()
  }

  private func disable(_ backend: any NetBackend, _ slot: BackendSlot) {
    backend.disableReceive()
    // A handler that the loop began before that may not have reached the callback: it is on time.
    while !isCallback && bench.loop.isHandling && slot.monitor.runningCount == 0 { sched_yield() }
    slot.monitor.enter(.disabled)
    player.noteReturn()
  }

  private func close(_ backend: any NetBackend, _ slot: BackendSlot) -> Observation {
    backend.close()
    let monitor = slot.monitor
    let own = isCallback ? 1 : 0
    monitor.enter(.closed)
    if monitor.runningCount > own { monitor.report(.closedDuringCallback) }
    player.noteReturn()
    return .done
  }

  private func offeredFeatures(_ backend: any NetBackend) -> Observation {
    do throws(BackendError) {
      return .features(try backend.offeredFeatures())
    } catch { return .error(error) }
  }

  private func setFeatures(
    _ features: VirtioNetFeatures,
    _ length: Int,
    _ backend: any NetBackend
  ) -> Observation {
    do throws(BackendError) {
      try backend.setFeatures(features, headerLength: length)
      return .done
    } catch { return .error(error) }
  }

  private func drops(_ backend: any NetBackend) -> Observation {
    guard let counting = backend as? any DropCounting else {
      return .unsupported("the backend counts no drops")
    }
    return .drops(counting.drops.total)
  }
}

extension Observation {
  /// What a call saw that returns a length or nothing.
  init(_ call: () throws(BackendError) -> Int?) {
    do throws(BackendError) {
      let length = try call()
      self = length.map(Observation.length) ?? .nothing
    } catch { self = .error(error) }
  }

  /// What a step saw whose bench could not do its part.
  init(_ error: BenchError) {
    switch error {
    case .unsupported(let what): self = .unsupported(what)
    case .notPermitted(let what), .unavailable(let what), .failed(let what):
      self = .benchFailed(what)
    }
  }
}

extension CallbackSteps {
  /// Plays the steps inside a callback.
  func play(_ player: Player) {
    guard !steps.isEmpty else { return }
    Lane(player, isCallback: true).play(steps, first: first, round: 0)
  }
}
