import Testing

@Suite("The frames of the measured cases")
struct GoldenFrameTests {
  @Test("every frame that was handed to the interface can be made again")
  func findsAll() throws {
    let sent = try GoldenFile.all.get().flatMap(\.steps).flatMap(\.operations).filter {
      $0.op == "vif-send" || $0.op == "tap-send"
    }
    #expect(sent.count > 100)
    for operation in sent {
      let (length, checksum) = (try #require(operation.len), try #require(operation.fnv))
      #expect(GoldenFrames.find(length, checksum)?.count == length, "\(length) \(checksum)")
    }
  }
}
