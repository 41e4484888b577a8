import NetBackend
import Netmap

/// Two backends on one switch, each with its own length of header, and what they are to hand over.
final class ModelSwitchSession {
  /// One port: the backend, and the frames on their way to it, without their headers.
  private struct Port {
    let backend: any DropCounting
    var headerLength = 0
    var arriving: [(header: [UInt8], payload: [UInt8])] = []
    var stale: UInt64 = 0
  }

  private let seed: UInt64
  private let bufferSize: Int
  private let buffers: ModelBuffers
  private var random: ModelRandom
  private var round = 0
  private var ports: [Port] = []
  /// So few frames that no ring is ever full.
  private static let limit = 8

  init(seed: UInt64, buffers: ModelBuffers) throws {
    self.seed = seed
    self.buffers = buffers
    random = ModelRandom(seed: seed)
    bufferSize = [64, 256, 600, 2048][random.below(4)]
    let kernel = SimulatedNetmapKernel(bufferSize: bufferSize)
    for name in ["vale0:a", "vale0:b"] {
      let request = OpenRequest(name: name, loop: IdleLoop()) {}
      ports.append(Port(backend: try NetmapBackend(request, port: kernel.port)))
    }
  }

  deinit { for port in ports { port.backend.close() } }

  /// Plays so many rounds.
  func run(_ rounds: Int) throws {
    for _ in 0..<rounds {
      let number = random.below(2)
      switch random.below(12) {
      case 0..<5: try send(from: number)
      case 5..<9: try receive(at: number)
      case 9: try peek(at: number)
      case 10: try discard(at: number)
      default: if random.oneIn(6) { try setHeader(of: number) }
      }
      try compare("stale", ports[number].backend.drops.receiveStale, ports[number].stale)
      round += 1
    }
  }

  private func send(from number: Int) throws {
    let other = 1 - number
    guard ports[other].arriving.count < Self.limit else { return }
    let header = anyHeader(from: number)
    var payload = [2, 0, 0, 0, 0, UInt8(other), 2, 0, 0, 0, 0, UInt8(number)]
    if random.oneIn(5) { payload.replaceSubrange(0..<6, with: repeatElement(0xFF, count: 6)) }
    let length = random.among(14...longest(from: number))
    while payload.count < length { payload.append(UInt8(random.below(256))) }
    let seen = buffers.send(header + payload, through: ports[number].backend, &random)
    try compare("send", seen, .length(header.count + length))
    ports[other].arriving.append((header, payload))
  }

  /// The longest frame to send, now and then.
  ///
  /// A switch that converts headers writes a first slot that is full beyond its buffer, and drops what
  /// is longer than an interface's frame: fixtures hold it to that, here it is kept out of the way.
  private func longest(from number: Int) -> Int {
    let isConverted = ports[0].headerLength != ports[1].headerLength
    let limit = isConverted ? min(bufferSize - 24, 1514) : 4 * bufferSize
    return random.oneIn(3) ? limit : min(limit, 120)
  }

  /// A header that asks for nothing: any bytes are left as they are where nobody converts it.
  private func anyHeader(from number: Int) -> [UInt8] {
    let length = ports[number].headerLength
    guard length > 0, length == ports[1 - number].headerLength, random.oneIn(2) else {
      return Array(repeating: 0, count: length)
    }
    // But for the flags that a switch does not know, which are cleared.
    return (0..<length).map { $0 == 0 ? UInt8(random.below(4)) : UInt8(random.below(256)) }
  }

  /// The frame that arrives next, as the port's header has it.
  private func next(at number: Int) -> [UInt8]? {
    let port = ports[number]
    guard let (header, payload) = port.arriving.first else { return nil }
    let isSame = header.count == port.headerLength
    return (isSame ? header : Array(repeating: 0, count: port.headerLength)) + payload
  }

  private func receive(at number: Int) throws {
    let capacity = random.oneIn(4) ? random.among(0...400) : 9000
    let seen = buffers.receive(capacity, from: ports[number].backend, &random)
    guard var frame = next(at: number) else { return try compare("receive", seen, .nothing) }
    guard frame.count <= capacity else {
      return try compare("receive", seen, .refused(.noSpace(required: frame.count)))
    }
    // A header of 12 bytes ends with the number of buffers, which is one.
    if ports[number].headerLength == 12 { frame.replaceSubrange(10..<12, with: [1, 0]) }
    try compare("receive", seen, .frame(frame))
    ports[number].arriving.removeFirst()
  }

  private func peek(at number: Int) throws {
    try compare("peek", try ports[number].backend.peekLength(), next(at: number)?.count)
  }

  private func discard(at number: Int) throws {
    try compare("discard", try ports[number].backend.discard(), next(at: number)?.count)
    if !ports[number].arriving.isEmpty { ports[number].arriving.removeFirst() }
  }

  /// Changes the length of a header, which drops what arrived behind one of the old length.
  private func setHeader(of number: Int) throws {
    let length = [0, 10, 12][random.below(3)]
    try ports[number].backend.setFeatures([], headerLength: length)
    guard length != ports[number].headerLength else { return }
    ports[number].headerLength = length
    ports[number].stale += UInt64(ports[number].arriving.count)
    ports[number].arriving = []
  }

  private func compare(_ what: String, _ seen: ModelOutcome, _ expected: ModelOutcome) throws {
    if seen != expected { throw difference(what, "\(seen)", "\(expected)") }
  }

  private func compare<Value: Equatable>(_ what: String, _ seen: Value, _ expected: Value) throws {
    if seen != expected { throw difference(what, "\(seen)", "\(expected)") }
  }

  private func difference(_ what: String, _ seen: String, _ expected: String) -> ModelDifference {
    let headers = ports.map(\.headerLength)
    return ModelDifference(
      seed: seed,
      geometry: "buffers of \(bufferSize) bytes, headers \(headers)",
      round: round,
      what: what,
      seen: seen,
      expected: expected
    )
  }
}
