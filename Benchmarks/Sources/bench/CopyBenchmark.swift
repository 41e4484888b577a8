import CBaseline
import NetBackend

/// Scatter-gather copies, against loops of `memcpy`.
enum CopyBenchmark {
  static func run(_ report: (String, Double, String) -> Void) {
    for length in [60, 1514, 9014, 65549] {
      for elements in [1, 2, 8] {
        let name = "\(length)B/\(elements)elements"
        let rounds = max(200, 8_000_000 / length)
        report("copy/gather/" + name, gather(length, elements, rounds), "ratio")
        report("copy/scatter/" + name, scatter(length, elements, rounds), "ratio")
      }
    }
  }

  private static func gather(_ length: Int, _ elements: Int, _ rounds: Int) -> Double {
    let (source, target) = (Buffers(length, elements: elements), Buffers(length))
    return Measurement.ratio {
      var bytes = 0
      for _ in 0..<rounds {
        let list = unsafe ScatterGatherList(unsafeElements: source.list)
        bytes += unsafe list.copyBytes(to: target.bytes)
      }
      consume(bytes)
    } against: {
      let address = unsafe target.bytes.baseAddress.unsafelyUnwrapped
      consume(unsafe baseline_gather(source.vector, source.count, address, length, rounds))
    }
  }

  private static func scatter(_ length: Int, _ elements: Int, _ rounds: Int) -> Double {
    let (source, target) = (Buffers(length), Buffers(length, elements: elements))
    return Measurement.ratio {
      var bytes = 0
      for _ in 0..<rounds {
        let list = unsafe MutableScatterGatherList(unsafeElements: target.list)
        bytes += unsafe list.store(UnsafeRawBufferPointer(source.bytes))
      }
      consume(bytes)
    } against: {
      let address = unsafe source.bytes.baseAddress.unsafelyUnwrapped
      consume(unsafe baseline_scatter(target.vector, target.count, address, length, rounds))
    }
  }
}

/// Uses a result, so that the work it came from is not left out.
@inline(never)
func consume<Value>(_ value: Value) {}
