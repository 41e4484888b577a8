internal import Dispatch
internal import Foundation
internal import NetBackend
internal import SystemPackage
internal import Tap

/// Backends that close too little, too often, too early or too much.
enum ClosingMutants {
  static let all = releases + callbacks + aftermath

  private static let releases = [
    Mutant(
      tap: "tap.stays-open-with-frame-held",
      breaks: "close/releases-everything",
      observed: "1 open",
      changing: { _ in
        let held = Remembered(false)
        return TamperedBackend.Changes {
          $0.peek = { base throws(BackendError) in
            let length = try base.peekLength()
            held.value = length != nil
            return length
          }
          $0.close = { base in if held.value { base.disableReceive() } else { base.close() } }
        }
      }
    ),
    Mutant(tap: "tap.closes-twice", breaks: "close/is-idempotent", observed: "closed twice") {
      request,
      port throws(BackendError) in
      let descriptor = Remembered<Int32>(-1)
      let recording = TamperedPort(port) {
        $0.onHeaderLength = { number, length throws(Errno) in
          descriptor.value = number
          try port.setHeaderLength(number, to: length)
        }
      }
      let isClosed = Remembered(false)
      return TamperedBackend(
        try TapBackend(request, port: recording),
        changes: TamperedBackend.Changes {
          $0.close = { base in
            if isClosed.value { try? port.close(descriptor.value) }
            isClosed.value = true
            base.close()
          }
        }
      )
    },
    Mutant(
      tap: "tap.closes-while-watched",
      breaks: "close/stops-watching-first",
      observed: "closed while watched",
      late: true,
      cancelling: { $0.disable() }
    ),
    Mutant(
      tap: "tap.retries-close",
      breaks: "close/is-not-retried",
      observed: ", close(0)",
      tampering: { port, right in
        port.onClose = { descriptor throws(Errno) in
          do throws(Errno) { try right.close(descriptor) } catch { try right.close(descriptor) }
        }
      }
    ),
  ]

  private static let callbacks = [
    Mutant(
      tap: "tap.calls-back-in-close",
      breaks: "close/is-idempotent",
      observed: "a callback began while receive was disabled",
      backend: CallsBackInClose.self
    ),
    Mutant(
      tap: "tap.close-does-not-wait",
      breaks: "close/waits-for-callback",
      observed: "close returned while a callback was running",
      cancelling: { registration in Thread.detachNewThread { registration.cancel() } }
    ),
    Mutant(
      tap: "tap.never-unregisters",
      breaks: "close/no-callback-afterwards",
      observed: "a callback began while the backend was not open",
      cancelling: { _ in }
    ),
    Mutant(
      tap: "tap.ignores-close-in-callback",
      breaks: "close/works-in-callback",
      observed: "1 open"
    ) { request, port throws(BackendError) in
      let isInCallback = Remembered(false)
      var changed = request
      changed.onReceive = {
        isInCallback.value = true
        request.onReceive()
        isInCallback.value = false
      }
      return TamperedBackend(
        try TapBackend(changed, port: port),
        changes: TamperedBackend.Changes {
          $0.close = { base in if isInCallback.value { base.disableReceive() } else { base.close() }
          }
        }
      )
    },
    Mutant(
      tap: "tap.close-waits-for-host",
      breaks: "close/ends-in-time",
      observed: "did not return",
      changing: { _ in
        TamperedBackend.Changes { $0.close = { _ in DispatchSemaphore(value: 0).wait() } }
      }
    ),
  ]

  private static let lengths = SharedByLoop<Int>()
  private static let opened = SharedByLoop<[TapBackend<Mutant.RightPort>]>()

  private static let aftermath = [
    Mutant(
      tap: "tap.finds-nothing-when-closed",
      breaks: "close/later-calls-are-refused",
      observed: "nothing",
      changing: { _ in
        TamperedBackend.Changes {
          $0.peek = { base throws(BackendError) in
            do throws(BackendError) { return try base.peekLength() } catch {
              if error.reason == .closed { return nil }
              throw error
            }
          }
        }
      }
    ),
    Mutant(
      tap: "tap.remembers-header-of-last-owner",
      breaks: "close/reopen-starts-fresh",
      observed: "header of 10 bytes"
    ) { request, port throws(BackendError) in
      let right = try TapBackend(request, port: port)
      try right.setFeatures([], headerLength: lengths[request.loop, default: 0])
      return TamperedBackend(
        right,
        changes: TamperedBackend.Changes {
          $0.set = { base, features, length throws(BackendError) in
            try base.setFeatures(features, headerLength: length)
            lengths[request.loop, default: 0] = length
          }
        }
      )
    },
    Mutant(
      tap: "tap.close-silences-all",
      breaks: "close/leaves-others-alone",
      observed: "0 callbacks"
    ) { request, port throws(BackendError) in
      let right = try TapBackend(request, port: port)
      opened[request.loop, default: []].append(right)
      return TamperedBackend(
        right,
        changes: TamperedBackend.Changes {
          $0.close = { base in
            for backend in opened[request.loop, default: []] { backend.disableReceive() }
            base.close()
          }
        }
      )
    },
  ]
}
