internal import NetBackend
internal import Netmap

/// Switches that send frames where they do not belong.
enum SwitchingMutants {
  static let all = [
    Mutant(
      vale: "vale.reflects-groups",
      breaks: "switch/groups-reach-all-others",
      observed: "14 bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        if frame.isToGroup { wrong.deliver(frame, to: wrong.port) }
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.floods-everything",
      breaks: "switch/known-station-gets-its-frames",
      observed: "1 frame: 14 bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        if wrong.port == "vale0:1" { wrong.deliver(frame, to: "vale0:far0") }
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.drops-unknown-stations",
      breaks: "switch/unknown-station-is-looked-for-everywhere",
      observed: "nothing",
      sending: { (wrong, base, frame) throws(BackendError) in
        let isUnknown = !seen[wrong.loop, default: []].contains(frame.destination)
        seen[wrong.loop, default: []].append(frame.source)
        let isFirst = wrong.port == "vale0:1"
        return isFirst && isUnknown && !frame.isToGroup ? frame.count : try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.learns-groups",
      breaks: "switch/groups-are-not-learned",
      observed: "2 frames expected, 1 observed",
      sending: { (wrong, base, frame) throws(BackendError) in
        if frame.source.isToGroup { groups[wrong.loop, default: []].append(frame.source) }
        guard groups[wrong.loop, default: []].contains(frame.destination) else {
          return try base.send(bytes: frame)
        }
        wrong.deliver(frame, to: "vale0:2")
        return frame.count
      }
    ),
    Mutant(
      vale: "vale.reaches-its-own-station",
      breaks: "switch/own-station-is-not-reached",
      observed: "60 bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        let isOwn = own[wrong.loop, default: []].contains(frame.destination)
        own[wrong.loop, default: []].append(frame.source)
        if isOwn { wrong.deliver(frame, to: wrong.port) }
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.never-learns-again",
      breaks: "switch/stations-may-move",
      observed: "nothing",
      sending: { (wrong, base, frame) throws(BackendError) in
        let known = places[wrong.loop, default: [:]]
        if known[frame.source] == nil {
          places[wrong.loop, default: [:]][frame.source] = wrong.port
        }
        let isOwn = known[frame.destination] == wrong.port
        return isOwn ? frame.count : try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.takes-every-flag-for-more",
      breaks: "switch/flags-do-not-steer",
      observed: "nothing",
      arriving: { ring in
        ring.forEachWaiting { if !$0.flags.isEmpty { $0.flags.insert(.moreFragments) } }
      }
    ),
    Mutant(
      netmap: "vale.looks-at-the-port-alone",
      breaks: "switch/switches-are-separate",
      observed: "60 bytes",
      on: "vale",
      opener: { (request, port) throws(BackendError) in
        var request = request
        let isOther = !request.name.hasPrefix("vale0:")
        if isOther { request.name = "vale0:other" }
        return try NetmapBackend(request, port: port)
      }
    ),
    Mutant(
      vale: "vale.sends-groups-late",
      breaks: "switch/order-is-kept",
      observed: "bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        let held = late[wrong.loop, default: []]
        late[wrong.loop, default: []] = frame.isToGroup ? [frame] : []
        if !frame.isToGroup { _ = try base.send(bytes: frame) }
        for frame in held { _ = try base.send(bytes: frame) }
        return frame.count
      }
    ),
  ]

  private static let seen = SharedByLoop<[[UInt8]]>()
  private static let groups = SharedByLoop<[[UInt8]]>()
  private static let own = SharedByLoop<[[UInt8]]>()
  private static let late = SharedByLoop<[[UInt8]]>()
  private static let places = SharedByLoop<[[UInt8]: String]>()
}

extension NetmapRing {
  /// Changes each slot that has arrived and not been released.
  func forEachWaiting(_ change: (inout NetmapSlot) -> Void) {
    var position = head
    while position != tail {
      var slot = self[position]
      change(&slot)
      self[position] = slot
      position = next(position)
    }
  }

  /// The position behind another.
  func next(_ position: UInt32) -> UInt32 { position + 1 == slotCount ? 0 : position + 1 }
}
