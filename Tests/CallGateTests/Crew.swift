import Dispatch
import Foundation

/// Runs each piece of work on a thread of its own, and waits for all of them.
func together(_ works: (@Sendable () -> Void)...) {
  let group = DispatchGroup()
  for work in works {
    group.enter()
    Thread.detachNewThread {
      work()
      group.leave()
    }
  }
  group.wait()
}
