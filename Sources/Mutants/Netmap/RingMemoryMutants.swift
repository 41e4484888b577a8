internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// Netmap backends that believe what stands in shared memory, or what stood there.
enum RingMemoryMutants {
  static let all = sending + receiving

  private static let sending = [
    Mutant(
      netmap: "netmap.sends-where-it-left-off",
      breaks: "ring-send/follows-the-ring",
      observed: "head 2, current 2",
      changing: { rings in
        let place = Remembered(rings.transmit.head)
        return TamperedBackend.Changes { changes in
          changes.send = { (base, frame) throws(BackendError) in
            rings.transmit.head = place.value
            defer { place.value = rings.transmit.head }
            return try base.send(bytes: frame.bytes)
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.takes-impossible-indices-for-no-room",
      breaks: "ring-send/impossible-index-is-named",
      observed: "nothing",
      sending: { (_, base, frame) throws(BackendError) in
        do throws(BackendError) { return try base.send(bytes: frame.bytes) } catch {
          guard case .corruptRing = error.reason else { throw error }
          return nil
        }
      }
    ),
    Mutant(
      netmap: "netmap.sends-slots-without-buffers",
      breaks: "ring-send/impossible-buffer-is-not-used",
      observed: "2048 bytes, no error",
      sending: { (rings, base, frame) throws(BackendError) in
        let cut = rings.transmit.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base)
      }
    ),
    Mutant(
      netmap: "netmap.reads-the-buffer-twice",
      breaks: "ring-send/fields-are-read-once",
      observed: "1 frame: 2048 bytes",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = ring.cut(frame.bytes.count)
        var (position, rest) = (ring.head, frame.bytes[...])
        for (number, length) in cut.enumerated() {
          let checked = ring[position].bufferIndex
          ring.fill(ring[position].bufferIndex, rest.prefix(length))
          rest = rest.dropFirst(length)
          ring[position] = NetmapSlot(
            bufferIndex: checked,
            length: UInt16(length),
            flags: NetmapRing.rightFlags(number, cut.count)
          )
          position = ring.indices.next(position)
        }
        ring.publish(to: position)
        try? rings.syncTransmit()
        return frame.bytes.count
      }
    ),
  ]

  private static let receiving = [
    Mutant(
      netmap: "netmap.receives-where-it-left-off",
      breaks: "ring-receive/follows-the-ring",
      observed: "2048 bytes, no error",
      changing: { rings in
        let place = Remembered(rings.receive.head)
        return TamperedBackend.Changes { changes in
          changes.peek = { (base) throws(BackendError) in
            rings.receive.head = place.value
            return try base.peekLength()
          }
          changes.take = { (base, room) throws(BackendError) in
            rings.receive.head = place.value
            defer { place.value = rings.receive.head }
            return try base.takeFrame(room: min(room, 70_000))
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.takes-impossible-indices-for-nothing",
      breaks: "ring-receive/impossible-index-is-named",
      observed: "nothing",
      taking: { (_, base, room) throws(BackendError) in
        do throws(BackendError) { return try base.takeFrame(room: room) } catch {
          guard case .corruptRing = error.reason else { throw error }
          return nil
        }
      }
    ),
    Mutant(
      netmap: "netmap.reads-the-length-twice",
      breaks: "ring-receive/fields-are-read-once",
      observed: "20 bytes expected, 2048 observed",
      taking: { (ring, base, room) throws(BackendError) in
        let head = ring.head
        guard head != ring.tail, Int(ring[head].length) <= ring.bufferSize else {
          return try base.takeFrame(room: room)
        }
        let frame = ring.content(ring[head])
        ring.publish(to: ring.indices.next(head))
        return frame
      }
    ),
  ]
}
