import XenNetif

/// Throws the contents of rings at netbacks, each of which serves one input after the other; `ci/fuzz`
/// builds it.
///
/// Byte 0 chooses the connection: a policy, and what the frontend has. Then come steps, each a byte whose
/// lowest two bits choose the transmit ring, the receive ring, the control ring or something else; the
/// others say how many slots to publish, or what else to do. When the input ends, the netback has to
/// answer everything, and a frame more has to get through.
///
/// What one input leaves to the next one is where the rings stand: slots and pages are put back, and
/// what was asked of the netback is taken back. A connection that breaks, or of which that is not known,
/// is made anew, with rings that stand where they did at first. The transmit ring moves on by an odd
/// number of slots each time, so that an input that is played 256 times in one process has begun at each
/// slot: that is how to play again what one of many inputs came upon, with `-runs=256` and the input.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetbackRings(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var input = FuzzInput(UnsafeRawBufferPointer(start: data, count: count))
  guard count > 0 else { return 0 }
  let number = input.number(below: RingChoice.count)
  let connection = connection(number)
  FrameMemory.begin(connection.choice)
  for _ in 0..<mostSteps where !input.isEmpty && !connection.netback.isDisabled {
    connection.perform(input.byte(), &input)
  }
  guard (try? connection.finish()) != nil else { fatalError("a connection is made anew") }
  if connection.isClosed { connections[number] = nil }
  return 0
}

/// Enough for all that takes several steps; with more of them fewer inputs have their turn.
private let mostSteps = 6

// Unsafe to share, and not shared: libFuzzer plays all inputs on one thread.
nonisolated(unsafe) private var connections = [RingConnection?](
  repeating: nil,
  count: RingChoice.count
)

/// The connection of a choice, which is made when it is first asked for.
private func connection(_ number: Int) -> RingConnection {
  if let connection = connections[number] { return connection }
  guard let connection = try? RingConnection(RingChoice(number)) else {
    fatalError("a netback opens")
  }
  connections[number] = connection
  return connection
}
