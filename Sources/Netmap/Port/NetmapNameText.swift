internal import NetBackend

/// A port's name while it is taken apart, from the front.
struct NetmapNameText {
  /// What ends the part that names the port.
  private static let separators = Set("-^*{}/@".utf8)
  /// Numbers of rings and pipes are less.
  ///
  /// Source: netmap.h, `NETMAP_RING_MASK`.
  private static let ringLimit = 0xFFF

  private let name: String
  private var rest: Substring.UTF8View

  init(_ name: String) {
    self.name = name
    rest = name[...].utf8
  }

  /// Whether nothing is left.
  var isEmpty: Bool { rest.isEmpty }

  /// What is thrown wherever the name goes wrong.
  var refusal: BackendError {
    BackendError(.invalidName, call: "open", subject: name.isEmpty ? "(empty name)" : name)
  }

  /// The interface behind `netmap:`, or the name that the ends of a pipe have in common.
  mutating func takeInterface() throws(BackendError) -> String {
    for byte in "netmap:".utf8 { guard take(byte) else { throw refusal } }
    let base = takeBase()
    // The kernel takes every name that begins so for that of a switch.
    guard !base.hasPrefix("vale"), (try? InterfaceName(base)) != nil else { throw refusal }
    return base
  }

  /// The switch and its port.
  mutating func takeSwitchPort() throws(BackendError) -> String {
    let base = takeBase()
    let words = base.dropFirst("vale".count).utf8
      .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard base.utf8.count <= InterfaceName.maximumLength, words.count == 2,
      words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isWord) })
    else { throw refusal }
    return base
  }

  /// Which rings; those of a pipe become part of the port's name.
  mutating func takeRings(into request: inout NetmapRegistration) throws(BackendError) {
    if take(UInt8(ascii: "^")) {
      request.mode = .hostRings
    } else if take(UInt8(ascii: "*")) {
      request.mode = .allAndHostRings
    } else if take(UInt8(ascii: "-")) {
      request.mode = .oneRing
      request.ring = UInt16(try takeNumber(0..<Self.ringLimit))
    } else if let end = rest.first, end == UInt8(ascii: "{") || end == UInt8(ascii: "}") {
      rest.removeFirst()
      // The modes for pipes are the old interface's: the new one looks for them in the name.
      request.port += "\(Character(Unicode.Scalar(end)))\(try takeNumber(0..<Self.ringLimit))"
    }
  }

  /// The flags behind a slash, if there are any.
  mutating func takeFlags(into request: inout NetmapRegistration) throws(BackendError) {
    guard take(UInt8(ascii: "/")) else { return }
    repeat {
      guard let letter = rest.popFirst(), let flag = NetmapRegistrationFlags(letter: letter) else {
        throw refusal
      }
      request.flags.insert(flag)
    } while !isEmpty && rest.first != UInt8(ascii: "@")
  }

  /// The number of the memory region; returns whether there is one.
  mutating func takeMemoryID(into request: inout NetmapRegistration) throws(BackendError) -> Bool {
    guard take(UInt8(ascii: "@")) else { return false }
    request.memoryID = UInt16(try takeNumber(1..<0x1_0000))
    return true
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private mutating func takeBase() -> String {
    let base = rest.prefix { !Self.separators.contains($0) }
    rest = rest.dropFirst(base.count)
    return String(Substring(base))
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takeNumber(_ range: Range<Int>) throws(BackendError) -> Int {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(String(Substring(digits))), range.contains(number) else { throw refusal }
    return number
  }
}

extension NetmapRegistrationFlags {
  /// The flag that a letter in a port's name stands for.
  fileprivate init?(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "x"): self = .exclusive
    case UInt8(ascii: "z"): self = .zeroCopyMonitor
    case UInt8(ascii: "t"): self = .transmitMonitor
    case UInt8(ascii: "r"): self = .receiveMonitor
    case UInt8(ascii: "R"): self = .receiveRingsOnly
    case UInt8(ascii: "T"): self = .transmitRingsOnly
    default: return nil
    }
  }
}
