internal import NetBackend

/// Has counters that nothing raises.
final class CountsNoDrops: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  var drops: DropCounters { DropCounters() }
}
