import Netmap
import RingMemory
import Synchronization
import SystemPackage

/// A port that writes down what it is asked and answers what it is told to.
final class RecordingPort: NetmapPort {
  enum Call: Equatable, Sendable {
    case open
    case register(Int32, NetmapRegistration)
    case map(Int32, size: Int)
    case headerLength(Int32, of: String)
    case setHeaderLength(Int32, of: String, to: Int)
    case syncTransmit(Int32)
    case syncReceive(Int32)
    case close(Int32)
  }

  let answer: NetmapRegistered
  let header: Int
  let failure: Errno?
  private let record = Mutex<[Call]>([])

  init(
    answer: NetmapRegistered = .init(offset: 0, memorySize: 0, memoryID: 0, geometry: .init()),
    header: Int = 0,
    failure: Errno? = nil
  ) {
    self.answer = answer
    self.header = header
    self.failure = failure
  }

  var calls: [Call] { record.withLock { $0 } }

  private func enter(_ call: Call) throws(Errno) {
    record.withLock { $0.append(call) }
    if let failure { throw failure }
  }

  func open() throws(Errno) -> Int32 {
    try enter(.open)
    return 7
  }

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    try enter(.register(descriptor, request))
    return answer
  }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    try enter(.map(descriptor, size: size))
    return try SharedMemory(count: size)
  }

  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    try enter(.headerLength(descriptor, of: port))
    return header
  }

  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {
    try enter(.setHeaderLength(descriptor, of: port, to: length))
  }

  func syncTransmit(_ descriptor: Int32) throws(Errno) { try enter(.syncTransmit(descriptor)) }
  func syncReceive(_ descriptor: Int32) throws(Errno) { try enter(.syncReceive(descriptor)) }
  func close(_ descriptor: Int32) throws(Errno) { try enter(.close(descriptor)) }
}
