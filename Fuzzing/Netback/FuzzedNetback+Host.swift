import NetBackend
import SystemPackage
import XenNetif

/// What a host does: who calls the netback, and the toolstack.
extension FuzzedNetback {
  /// Memory for the longest frame that can be received; libFuzzer plays all inputs on one thread.
  private nonisolated(unsafe) static let room = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 70_000,
    alignment: 64
  )

  /// Sends a frame of the bytes, as long as a number says, or the last one again, in one piece or in
  /// several.
  func send(_ input: inout FuzzInput) {
    let form = input.byte()
    if form & 16 == 0 {
      let length = input.short()
      frame = input.bytes(min(length, 128))
      let count = form & 4 == 0 ? length : 70_000
      frame += [UInt8](repeating: 0x5A, count: count - frame.count)
    }
    frame.withUnsafeMutableBytes { buffer in
      var elements = Self.elements(buffer, pieces: Int(form & 3))
      // More than there can be: it is refused before anybody looks at a byte.
      if form & 8 != 0 { elements.append(BufferElement(base: nil, length: .max)) }
      elements.withUnsafeBufferPointer {
        _ = try? netback?.send(ScatterGatherList(unsafeElements: $0))
      }
    }
  }

  /// Pieces of memory, one after the other; none for no pieces is one.
  private static func elements(
    _ buffer: UnsafeMutableRawBufferPointer,
    pieces: Int
  ) -> [BufferElement] {
    var elements: [BufferElement] = []
    var start = 0
    for _ in 1..<max(1, pieces) where start < buffer.count {
      let length = min(7, buffer.count - start)
      elements.append(
        BufferElement(base: buffer.baseAddress.map { $0 + start }, length: UInt(length))
      )
      start += length
    }
    let rest = UInt(buffer.count - start)
    return elements + [BufferElement(base: buffer.baseAddress.map { $0 + start }, length: rest)]
  }

  /// Takes all frames, or one with as much room as a number says.
  func receive(_ input: inout FuzzInput) {
    let form = input.byte()
    guard form & 4 == 0 else {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: input.short(), alignment: 1)
      _ = receive(into: memory, pieces: Int(form & 3))
      return memory.deallocate()
    }
    for _ in 0..<300 {
      guard receive(into: Self.room, pieces: Int(form & 3)) != nil else { return }
    }
  }

  private func receive(into memory: UnsafeMutableRawBufferPointer, pieces: Int) -> Int? {
    Self.elements(memory, pieces: pieces).withUnsafeBufferPointer {
      try? netback?.receive(into: MutableScatterGatherList(unsafeElements: $0))
    }
  }

  /// Chooses the vnet header and what may be left to the caller.
  func setFeatures(_ input: inout FuzzInput) {
    let all: [VirtioNetFeatures] = [
      .checksum, .guestChecksum, .guestTCP4, .guestTCP6, .hostTCP4, .hostTCP6, .guestUDP, .hostECN,
    ]
    let choice = input.byte()
    let features = all.indices.reduce(into: VirtioNetFeatures()) { features, bit in
      if choice >> bit & 1 == 1 { features.insert(all[bit]) }
    }
    let lengths = [0, 10, 12, 20]
    let length = lengths[input.number(below: lengths.count)]
    guard (try? netback?.setFeatures(features, headerLength: length)) != nil else { return }
    precondition(netback?.headerLength == length, "the length in use is the one that was set")
  }

  /// Lets a short time pass with a turn of the loop for each timer, or a long one with none for any.
  func letTimePass(_ input: inout FuzzInput) {
    let time = UInt64(input.byte())
    if time < 128 {
      loop.advance(milliseconds: time * 8)
    } else {
      loop.leap(milliseconds: (time - 127) * 600)
    }
  }

  /// Has calls of the netback fail.
  func failCall(_ input: inout FuzzInput) {
    let errors: [Errno] = [
      .resourceTemporarilyUnavailable, .noSuchFileOrDirectory, .ioError, .invalidArgument,
    ]
    let call = XenCall.allCases[input.number(below: XenCall.allCases.count)]
    let error = errors[input.number(below: errors.count)]
    let schedule = FaultSchedule(
      after: input.number(below: 32),
      times: 1 + input.number(below: 80)
    )
    hypervisor.arrange(CallFault(call, by: Self.host, with: error, schedule))
    faults.insert(call)
  }

  /// Writes one of the backend's keys that the toolstack sets, or removes it.
  func writeOwnKey(_ input: inout FuzzInput) {
    let names = ["rate", "mtu", "mac", "hotplug-status", "online", "frontend"]
    let path = "\(directories.backendPath)/\(names[input.number(below: names.count)])"
    let text = input.text()
    if text.isEmpty {
      try? toolstack.remove(path, in: .none)
    } else {
      try? toolstack.write(text, to: path, in: .none)
    }
  }

  /// Makes one of the calls that move no frame.
  func callOtherwise(_ input: inout FuzzInput) {
    switch input.byte() % 6 {
    case 0: netback?.enableReceive()
    case 1: netback?.disableReceive()
    case 2: _ = try? netback?.discard()
    case 3: try? netback?.setMTU(input.short())
    case 4: _ = try? netback?.offeredFeatures()
    default:
      let length = try? netback?.peekLength()
      let again = try? netback?.peekLength()
      precondition(length == again || netback == nil, "a look changes nothing")
    }
  }

  /// Closes the netback or lets go of it, and opens another one.
  func reopen(_ input: inout FuzzInput) {
    let names = [
      "xen:1/0", "xen:1/0", "xen:1/1", "xen:1", "xen:32752/0", "tap:1/0", "xen:1/99999999999",
      "xen:x/0",
    ]
    let choice = input.byte()
    if choice & 1 == 1 { letGo() } else { close() }
    guard choice & 2 == 0 else { return }
    let name = names[input.number(below: names.count)]
    let opened: Void? = try? open(name, descriptor: choice & 4 == 0 ? nil : 0)
    if opened == nil { checkNothingIsHeld() }
  }
}
