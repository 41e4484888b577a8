internal import NetBackend
internal import Netmap

/// Switches that mistreat the rings of their ports.
enum SwitchRingMutants {
  static let all = [
    Mutant(
      vale: "vale.waits-for-all-receivers",
      breaks: "switch/overload-is-dropped-at-the-receiver",
      observed: "nothing",
      sending: { (wrong, base, frame) throws(BackendError) in
        sent[wrong.loop, default: 0] += 1
        return sent[wrong.loop, default: 0] > 7 ? nil : try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.cuts-what-does-not-fit",
      breaks: "switch/chains-are-dropped-whole",
      observed: "2048 bytes",
      sending: { (_, base, frame) throws(BackendError) in
        _ = try base.send(bytes: Array(frame.prefix(2048)))
        return frame.count
      }
    ),
    Mutant(
      vale: "vale.keeps-the-rest-of-a-batch",
      breaks: "switch/batch-ends-at-what-does-not-fit",
      observed: "60 bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        if frame.count == 70 { wrong.deliver(Array(frame.prefix(60)), to: "vale0:2") }
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.compares-all-flags",
      breaks: "switch/fragments-are-counted",
      observed: "20 bytes",
      arriving: { ring in
        ring.forEachWaiting { if $0.flags != .moreFragments { $0.flags.remove(.moreFragments) } }
      }
    ),
    Mutant(
      vale: "vale.leaves-chains-open",
      breaks: "switch/cut-chain-is-closed",
      observed: "nothing",
      arriving: { ring in
        var last = ring.head
        while ring.head != ring.tail, ring.next(last) != ring.tail { last = ring.next(last) }
        if ring.head != ring.tail { ring[last].flags.insert(.moreFragments) }
      }
    ),
    Mutant(
      vale: "vale.passes-short-frames",
      breaks: "switch/short-frames-are-dropped",
      observed: "13 bytes",
      sending: { (wrong, base, frame) throws(BackendError) in
        wrong.deliver(Array(frame.prefix(13)), to: "vale0:2")
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.sends-what-lies-behind",
      breaks: "switch/overlong-slot-is-empty",
      observed: "noSpace(required: 2048)",
      sending: { (wrong, base, frame) throws(BackendError) in
        wrong.deliver(frame + [UInt8](repeating: 0xDD, count: 2048 - frame.count), to: "vale0:2")
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      vale: "vale.stops-at-empty-slots",
      breaks: "switch/empty-slots-do-no-harm",
      observed: "nothing",
      arriving: { ring in
        if ring.head != ring.tail, ring[ring.head].length == 0 { ring.tail = ring.head }
      }
    ),
  ]

  private static let sent = SharedByLoop<Int>()
}
