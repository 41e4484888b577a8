import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct TapReceiveTests {
  @Test(
    "A frame is delivered whole, peeked or not, and nothing behind it is touched",
    arguments: [0, 10, 12],
    [14, 60, 1514]
  )
  func whole(header: Int, length: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    var wire = [UInt8](repeating: 0, count: header)
    if header == 12 { wire[10] = 1 }
    for isPeeked in [false, true] {
      try bench.inject(frame(length))
      if isPeeked { #expect(try backend.peekLength() == header + length) }
      let received = try #require(try backend.receive(0, 10, 0, 20, 4000, 0))
      #expect(received.frame == wire + frame(length))
      #expect(received.restIsUntouched)
    }
    #expect(try backend.receiveFrame() == nil)
  }

  @Test("Room of exactly the frame's length is enough", arguments: [false, true])
  func exactRoom(isPeeked: Bool) throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(100))
    if isPeeked { #expect(try backend.peekLength() == 100) }
    #expect(try backend.receive(1, 99)?.frame == frame(100))
  }

  @Test(
    "With too little room the frame is kept, peeked or not",
    arguments: [false, true],
    [0, 10, 12]
  )
  func tooLittleRoom(isPeeked: Bool, header: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    try bench.inject(frame(100))
    try bench.inject(frame(101))
    if isPeeked { #expect(try backend.peekLength() == header + 100) }
    for room: UInt in [0, 1, 50, UInt(header) + 99] {
      let failure = reason { () throws(BackendError) in
        _ = try backend.receive(room / 2, room - room / 2)
      }
      #expect(failure == .noSpace(required: header + 100))
      #expect(try backend.peekLength() == header + 100)
    }
    #expect(try backend.receive(30, 200)?.frame.suffix(100) == frame(100)[...])
    #expect(try backend.receiveFrame()?.suffix(101) == frame(101)[...])
    #expect(bench.script.count(of: .read) == 2)
  }

  @Test("No room and nothing waiting is nothing")
  func noRoomNothing() throws {
    let backend = try TapBench().open()
    #expect(try backend.receive() == nil)
    #expect(try backend.receive(0, 0) == nil)
    #expect(try backend.peekLength() == nil)
    #expect(try backend.discard() == nil)
  }

  @Test(
    "Lengths far beyond the memory work as room",
    arguments: [
      [UInt(1 << 31) + 1], [UInt.max], [10, 1 << 32, 5], [UInt.max, UInt.max], [1 << 63, 1 << 63],
    ]
  )
  func absurdLengths(lengths: [UInt]) throws {
    let bench = TapBench()
    let backend = try bench.open()
    for isPeeked in [false, true] {
      try bench.inject(frame(60))
      if isPeeked { #expect(try backend.peekLength() == 60) }
      let buffers = TestBuffers(lengths, backed: 4096)
      #expect(try buffers.receive(from: backend) == 60)
      #expect(Array(buffers.bytes.prefix(60)) == frame(60))
    }
  }

  @Test("A list longer than a system call takes works", arguments: [1021, 1022, 1023, 1024, 5000])
  func manyElements(count: Int) throws {
    let bench = TapBench()
    let backend = try bench.open()
    for isPeeked in [false, true] {
      try bench.inject(frame(100))
      if isPeeked { #expect(try backend.peekLength() == 100) }
      let buffers = TestBuffers(Array(repeating: 1, count: count))
      #expect(try buffers.receive(from: backend) == 100)
      #expect(Array(buffers.bytes.prefix(100)) == frame(100))
    }
  }

  @Test("Peeking reads one frame once, and receiving it makes no call")
  func peekOnce() throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(60))
    for _ in 0..<5 { #expect(try backend.peekLength() == 60) }
    try bench.inject(frame(61))
    #expect(try backend.peekLength() == 60)
    #expect(try backend.receiveFrame() == frame(60))
    #expect(bench.script.count(of: .read) == 1)
    #expect(try backend.receiveFrame() == frame(61))
  }

  @Test("Discarding consumes one frame, the peeked one first")
  func discard() throws {
    let bench = TapBench()
    let backend = try bench.open()
    for length in 60..<64 { try bench.inject(frame(length)) }
    #expect(try backend.discard() == 60)
    #expect(try backend.peekLength() == 61)
    #expect(try backend.discard() == 61)
    #expect(try backend.receiveFrame() == frame(62))
    #expect(try backend.discard() == 63)
    #expect(try backend.discard() == nil)
  }

  @Test("The longest frame passes, a longer one is dropped and counted", arguments: [0, 10, 12])
  func longest(header: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    let limit = 65_664 - header
    bench.serve(frame(limit))
    #expect(try backend.receiveFrame()?.count == 65_664)
    for isPeeked in [false, true] {
      for extra in [1, 4000] {
        bench.serve(frame(limit + extra))
        try bench.inject(frame(60))
        let failure = reason { () throws(BackendError) in
          _ = isPeeked ? try backend.peekLength() : try backend.receive(70_000)?.length
        }
        #expect(failure == .frameTooLong(maximum: 65_664))
        #expect(try backend.receiveFrame()?.suffix(60) == frame(60)[...])
      }
    }
    #expect(backend.drops.receiveTooLong == 4)
    bench.serve(frame(90_000))
    #expect(try backend.discard() == 90_000 + header)
  }

  @Test("A frame of length zero is not nothing, and does not stay", arguments: [false, true])
  func empty(isPeeked: Bool) throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.serve([])
    try bench.inject(frame(60))
    if isPeeked { #expect(try backend.peekLength() == 0) }
    #expect(try backend.receive(10)?.length == 0)
    #expect(try backend.receiveFrame() == frame(60))
  }

  @Test("A read shorter than the vnet header is refused as a frame too short")
  func shorterThanHeader() throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.read, .returns(9)))
    let failure = reason { () throws(BackendError) in _ = try backend.receiveFrame() }
    #expect(failure == .frameTooShort(minimum: 10))
    try bench.inject(frame(60))
    #expect(try backend.receiveFrame() == frame(60))
  }
}
