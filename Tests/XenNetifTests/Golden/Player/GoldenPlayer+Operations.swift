import NetBackend
import XenNetif

// Frames, time and the control ring.
extension GoldenPlayer {
  func play(_ operation: GoldenOperation) throws {
    if try playRequest(operation) { return }
    if try playStore(operation) { return }
    switch operation.op {
    case "vif-send", "tap-send": send(operation)
    case "vif-send-60-x2000": sendMany(operation, length: 60, count: 2000)
    case "vif-send-direct-x12000": sendMany(operation, length: operation.len ?? 0, count: 12000)
    case "vif-mtu": check("mtu taken", operation.ret == 0, bench.netback.setMTU(operation.mtu ?? 0))
    case "vif-into-bridge-with-tap": break
    case "tap-received": receiveFinished(operation)
    case "note": try play(note: operation.text ?? "")
    case "ctrl": try ask(operation)
    case "ctrl-batch": askMany(operation)
    default: check("operation known", operation.op, "no")
    }
  }

  private func send(_ operation: GoldenOperation) {
    guard let frame = GoldenFrames.find(operation.len ?? 0, operation.fnv ?? "") else {
      return check("frame known", operation.fnv, "none")
    }
    var header = VirtioNetHeader()
    if let vnet = operation.vnet { header = VirtioNetHeader(vnet) }
    // A tap hands a large frame on with the header that it came with.
    if operation.op == "tap-send" && frame.count > 1514 { header = .largeTCP4 }
    let isTaken = bench.netback.send(header, frame)
    check("frame of \(frame.count) taken", operation.ret ?? 0 >= 0, isTaken)
    bench.settle()
  }

  /// Sends the same frame again and again; the frame that found the queue full was taken and dropped.
  private func sendMany(_ operation: GoldenOperation, length: Int, count: Int) {
    let frame = PatternFrame.bytes(length, to: PatternFrame.destinations[0])
    var taken = 0
    while taken < count, bench.netback.send(VirtioNetHeader(), frame) { taken += 1 }
    let dropped = golden.steps[step].observation.vifStat.txDropped
    check("frames of \(length) taken", (operation.accepted ?? 0) - dropped, taken)
    bench.settle()
  }

  /// Looks at what a next device gets that can do nothing itself.
  private func receiveFinished(_ operation: GoldenOperation) {
    guard isFinishing, operation.vflags == 0 else { return }
    let frame = bench.frames.isEmpty ? nil : bench.frames.removeFirst().frame
    check("frame to the next device", operation.fnv, frame.map(GoldenFrames.checksum))
  }

  private func play(note: String) throws {
    let number = UInt64(note.prefix { $0.isNumber }) ?? 0
    if note == "kick only" {
      bench.frontend.transmit.kick()
      bench.settle()
    } else if note.hasSuffix("ms after publish") {
      let passed = (bench.loop.now - publishedAt) / 1_000_000
      bench.wait(number > passed ? number - passed : 0)
    } else if note.hasSuffix("s later") {
      bench.wait(number * 1000)
    } else if note.hasSuffix("ms: carrier 1") {
      bench.wait(500)
      check("carrier at \(note)", true, bench.netback.hasCarrier)
    } else if note.hasPrefix("request-multicast-control") {
      try play(filter: note)
    } else if note.hasPrefix("page P0") {
      try bench.pages.page("P0")?.fill(0xEE)
      isOverwritten = true
    } else if note == "tap offloads off" && isFinishing {
      bench.netback.finishFrames()
    }
  }

  /// Switches the filter for groups on and off, as a note says.
  private func play(filter note: String) throws {
    let values = note.dropFirst("request-multicast-control".count).dropFirst()
      .prefix { $0.isNumber || $0 == "," }
    for value in values.split(separator: ",") {
      try bench.frontend.write(String(value), to: "request-multicast-control")
      bench.settle()
    }
  }
}

extension VirtioNetHeader {
  fileprivate init(_ header: GoldenOperation.Header) {
    self.init()
    flags = Flags(rawValue: header.flags)
    segmentation = header.gso
    headersLength = header.hdrLen
    segmentSize = header.gsoSize
    checksumStart = header.csumStart
    checksumOffset = header.csumOffset
  }

  /// A frame of TCP over IPv4 that is to be cut into pieces of 1448 bytes.
  fileprivate static var largeTCP4: VirtioNetHeader {
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    header.segmentation = Segmentation.tcp4
    (header.headersLength, header.segmentSize) = (54, 1448)
    (header.checksumStart, header.checksumOffset) = (34, 16)
    return header
  }
}
