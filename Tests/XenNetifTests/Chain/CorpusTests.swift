import Foundation
import Testing
import XenNetif

/// What the fuzzer begins with has a right answer, too.
@Suite("The kept inputs of the fuzzer")
struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Fixtures/xen-ring-corpus").standardizedFileURL

  private static var names: [String] {
    // What the fuzzer found has no form that the slow way knows.
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0 != "found" }.sorted()
  }

  @Test("There are some")
  func some() { #expect(Self.names.count >= 12) }

  @Test("The first chain is what the slow way makes of it", arguments: names)
  func verdict(_ name: String) throws {
    let input = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
    // Policy, index, number of slots: see Fuzzing/Support/FuzzedSlots.swift.
    let slots = stride(from: 7, to: input.count, by: 12).map { Array(input[$0..<$0 + 12]) }
    #expect(slots.count == Int(input[5]) | Int(input[6]) << 8)
    let page = RingPage(.transmit)
    for (position, slot) in slots.enumerated() {
      page.ring.setValue(TransmitRequest(bytes: slot), at: UInt32(position))
    }
    for policy in [ChainPolicy.linux, .freeBSD, .strict] {
      let chain = try #require(page.chains(from: 0, count: UInt32(slots.count), policy).first)
      switch ChainOracle(slots, policy).verdict {
      case .packet(let lengths, _, _): #expect(chain.fragments.map { Int($0.length) } == lengths)
      case .multicast: #expect(try chain.outcome.get().multicast != nil)
      case .refusal(let reason, let consequence, _):
        #expect(throws: ChainRefusal.self) { try chain.outcome.get() }
        guard case .failure(let refusal) = chain.outcome else { continue }
        #expect(refusal.reason == reason && refusal.consequence == consequence)
      }
    }
  }
}
