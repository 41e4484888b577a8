import SystemPackage
import Testing
import XenNetif

@Suite("Random transactions of the simulated store")
struct StoreModelTests {
  /// What a transaction did, with what it was told.
  enum Step {
    case read(String, String?)
    case list(String, [String]?)
    case write(String, String)
    case remove(String, Bool)
  }

  @Test(
    "a transaction that ends well has been told nothing that is not so at its end",
    arguments: 1...20
  )
  func isSerialisable(_ seed: UInt64) throws {
    var random = DomainRandom(seed: seed)
    let store = TwoDomains().backend
    let paths = ["/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f", "/g"]
    var open: [(XenTransaction, [Step])] = []
    var (ended, refused) = (0, 0)
    for number in 0..<400 {
      if open.count < 4 { open.append((try store.beginTransaction(), [])) }
      let index = random.below(open.count)
      guard random.below(6) == 0 else {
        let path = random.one(of: paths)
        open[index].1.append(try step(store, open[index].0, path, "\(number)", random.below(4)))
        continue
      }
      let (transaction, steps) = open.remove(at: index)
      let (holds, before) = (try replay(steps, on: store), try dump(store, paths))
      do throws(Errno) {
        try store.end(transaction, commit: true)
        ended += 1
        #expect(holds, "seed \(seed), step \(number)")
      } catch {
        refused += 1
        #expect(error == .resourceTemporarilyUnavailable)
        #expect(try dump(store, paths) == before, "seed \(seed), step \(number)")
      }
    }
    #expect(ended > 10 && refused > 10, "seed \(seed): \(ended) ended well, \(refused) did not")
  }

  private func step(
    _ store: SimulatedXenPort,
    _ transaction: XenTransaction,
    _ path: String,
    _ value: String,
    _ kind: Int
  ) throws -> Step {
    switch kind {
    case 0: return .read(path, try? store.read(path, in: transaction))
    case 1: return .list(path, try? store.list(path, in: transaction))
    case 2:
      try store.write(value, to: path, in: transaction)
      return .write(path, value)
    default: return .remove(path, (try? store.remove(path, in: transaction)) != nil)
    }
  }

  /// Whether the same steps, done now, are told the same.
  private func replay(_ steps: [Step], on store: SimulatedXenPort) throws -> Bool {
    let transaction = try store.beginTransaction()
    defer { try? store.end(transaction, commit: false) }
    return try steps.allSatisfy { step in
      switch step {
      case .read(let path, let value): return (try? store.read(path, in: transaction)) == value
      case .list(let path, let names): return (try? store.list(path, in: transaction)) == names
      case .write(let path, let value):
        try store.write(value, to: path, in: transaction)
        return true
      case .remove(let path, let went):
        return ((try? store.remove(path, in: transaction)) != nil) == went
      }
    }
  }

  private func dump(_ store: SimulatedXenPort, _ paths: [String]) throws -> [String?] {
    paths.map { try? store.read($0, in: .none) }
  }
}
