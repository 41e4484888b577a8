import Foundation
import Netmap
import Testing

/// One case that was played on the real kernel.
struct KernelVector: Decodable, Sendable, CustomTestStringConvertible {
  struct Slot: Decodable, Sendable {
    var len: UInt16
    var flags: UInt16
  }

  struct SlotAfter: Decodable, Sendable {
    var slot: UInt32
    var len: UInt16
    var flags: UInt16
  }

  struct Sync: Decodable, Sendable {
    var head: UInt32
    var cur: UInt32
    var tail: UInt32
  }

  struct Received: Decodable, Sendable {
    var slot: UInt32
    var len: Int
    var flags: UInt16
    var fnv1a32: String
    var touched: Int
    var bytes: String
  }

  var `case`: String
  var `in`: [Slot]
  var tx: [Sync]
  var txAfter: [SlotAfter]
  var rx: [Received]
  var rxSync: Sync
  var rxSlots: UInt32
  var srcHdr: Int?
  var dstHdr: Int?

  var testDescription: String { self.case }

  private struct File: Decodable { var cases: [KernelVector] }

  /// All cases of the file.
  static func all() throws -> [KernelVector] {
    let file = #filePath.split(separator: "/").dropLast(5).reduce(into: "") { $0 += "/" + $1 }
    let path = file + "/Fixtures/Netmap/vale-kernel-vectors.json"
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONDecoder().decode(File.self, from: data).cases
  }
}

extension KernelVector {
  /// The slots that were sent, with the bytes that the probe put there.
  var slots: [SentSlot] {
    var frame = frameBytes
    var slots: [SentSlot] = []
    for slot in self.in {
      let count = min(Int(slot.len), 2048)
      if frame.count < count { frame += Sample.pattern(frame.count..<count) }
      let flags = NetmapSlotFlags(rawValue: slot.flags)
      slots.append(SentSlot(bytes: Array(frame.prefix(count)), flags: flags, length: slot.len))
      frame.removeFirst(count)
      if !flags.contains(.moreFragments) { frame = frameBytes }
    }
    return slots
  }

  private var frameBytes: [UInt8] {
    let name = self.case
    let length = srcHdr ?? 0
    var header = Sample.header(length)
    if name.contains("len ") { header = [UInt8](repeating: 0, count: length) }
    if name.contains("bad header") {
      header = [UInt8](repeating: 0, count: length)
      for flags in [2, 4] where name.contains("flags=\(flags)") { header[0] = UInt8(flags) }
      for type in [2, 5] where name.contains("gso_type=\(type)") { header[1] = UInt8(type) }
    }
    if name.contains("NEEDS_CSUM") {
      return Sample.checksumHeader(length, start: 34, offset: 6) + Sample.datagram()
    }
    if name.contains("GSO") || name.contains("the same") {
      return Sample.segmentationHeader(length, type: 1) + Sample.segment(payload: 3000)
    }
    return header + Sample.frame(8192)
  }
}
