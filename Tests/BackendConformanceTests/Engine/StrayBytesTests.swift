import BackendConformance
import NetBackend
import Testing

/// A backend that does with the memory it is given what a test says.
@safe private final class MemoryBackend: TinyBackend {
  typealias Touch = @Sendable (UnsafeBufferPointer<BufferElement>) -> Int?
  let onSend: Touch
  let onReceive: Touch

  init(onSend: @escaping Touch = { _ in 60 }, onReceive: @escaping Touch = { _ in nil }) {
    unsafe self.onSend = onSend
    unsafe self.onReceive = onReceive
  }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    unsafe frame.withUnsafeElements { unsafe onSend($0) }
  }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    unsafe buffers.withUnsafeElements { unsafe onReceive($0) }
  }
}

/// Changes the byte at `offset` from the first byte of an element.
private func touch(_ elements: UnsafeBufferPointer<BufferElement>, _ element: Int, _ offset: Int) {
  unsafe elements[element].base?.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
}

@Suite("A stray byte is a failure with an address, and the next step is played on fresh memory")
struct StrayBytesTests {
  private static func failure(
    _ backend: MemoryBackend,
    @StepBuilder _ steps: () -> [Step]
  ) -> Failure? {
    play({ _ in backend }, steps).failure
  }

  @Test("A write to a buffer that is to be sent", arguments: [0, 59])
  func writeToSendBuffer(offset: Int) throws {
    let backend = unsafe MemoryBackend(onSend: { elements in
      unsafe touch(elements, 0, offset)
      return 60
    })
    let failure = Self.failure(backend) { Step.send(FramePattern(60)) }
    let observed = try #require(failure?.observed)
    #expect(observed.contains("memory that is not its own"))
    #expect(observed.contains("address 0x"))
    #expect(failure?.step == 2)
  }

  @Test("A read beyond a buffer that is to be sent")
  func readBeyondSendBuffer() {
    let backend = unsafe MemoryBackend(onSend: { elements in
      let byte = unsafe elements[0].base?.load(fromByteOffset: 60, as: UInt8.self)
      // What is not used is not read.
      return byte.map { Int($0) }
    })
    let failure = Self.failure(backend) { Step.send(FramePattern(60)) }
    #expect(failure?.observed.contains("address 0x") == true)
  }

  @Test("A write beyond a receive buffer, of one element and of the last of several")
  func writeBeyondReceiveBuffer() {
    for lengths in [[60], [20, 20, 20]] as [[UInt]] {
      let backend = unsafe MemoryBackend(onReceive: { elements in
        let last = elements.count - 1
        unsafe touch(elements, last, Int(elements[last].length))
        return nil
      })
      let failure = Self.failure(backend) { Step.receive(into: lengths) }
      #expect(failure?.observed.contains("address 0x") == true)
    }
  }

  @Test(
    "A changed canary, also where many elements lie close together",
    arguments: [[60], [UInt](repeating: 60, count: 20)]
  )
  func canary(lengths: [UInt]) {
    let backend = unsafe MemoryBackend(onReceive: { elements in
      unsafe touch(elements, elements.count - 1, -1)
      return nil
    })
    let failure = Self.failure(backend) { Step.receive(into: lengths) }
    #expect(failure?.observed.contains("in front of an element") == true)
  }

  @Test("A changed byte behind the frame, or where no frame was received")
  func beyondTheFrame() {
    for (length, place) in [(20, "beyond the frame"), (nil, "although nothing was received")] {
      let backend = unsafe MemoryBackend(onReceive: { elements in
        unsafe touch(elements, 0, 30)
        return length
      })
      let failure = Self.failure(backend) { Step.receive(into: [60]).allowing(.anything) }
      #expect(failure?.observed.contains(place) == true)
    }
  }

  @Test("A changed element of the list")
  func changedList() {
    let backend = unsafe MemoryBackend(onSend: { elements in
      // The list is the caller's, and the caller's to change: this is what the check is for.
      unsafe UnsafeMutableBufferPointer(mutating: elements)[0].length = 10
      return 60
    })
    let failure = Self.failure(backend) { Step.send(FramePattern(60)) }
    #expect(failure?.observed.contains("element 0 of the list was changed") == true)
  }

  @Test("Elements that claim more than there is are not read that far")
  func claims() {
    let backend = unsafe MemoryBackend(onSend: { elements in
      let byte = unsafe elements[0].base?.load(fromByteOffset: 64, as: UInt8.self)
      return byte.map { Int($0) }
    })
    let failure = Self.failure(backend) {
      Step.send(claiming: [UInt(Int.max)]).allowing(.anything)
    }
    #expect(failure?.observed.contains("address 0x") == true)
  }

  @Test("Memory that is used as it should be is no failure")
  func clean() {
    let backend = unsafe MemoryBackend(onReceive: { elements in
      for offset in 0..<60 { unsafe touch(elements, 0, offset) }
      return 60
    })
    let played = play({ _ in backend }) {
      Step.send(FramePattern(60))
      Step.receive(into: [60]).allowing(.frame(FramePattern(bytes: Array(repeating: 0, count: 60))))
      Step.receive(into: [100]).allowing(.anything)
    }
    #expect(played.finding == nil)
  }
}
