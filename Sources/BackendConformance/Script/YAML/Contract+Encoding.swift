import NetBackend
import Yams

extension VirtioNetFeatures {
  /// The features: names where the specification has them, bit numbers elsewhere.
  var node: Node {
    .list(
      (0..<64).filter { contains(VirtioNetFeatures(bit: $0)) }.map { bit in
        Self.names.first { $0.bit == bit }.map { .text($0.name) } ?? .number(bit)
      }
    )
  }
}

extension VirtioNetHeader {
  /// The fields that are not zero.
  var node: Node {
    let values = [
      UInt16(flags.rawValue), UInt16(segmentation), headersLength, segmentSize, checksumStart,
      checksumOffset, bufferCount,
    ]
    return .fields(
      zip(Self.keys, values).map { key, value in (key, value == 0 ? nil : .number(value)) }
    )
  }
}

extension SystemCallFault {
  var node: Node {
    let (key, value): (String, Node) =
      switch effect {
      case .fails(let errno): ("fails", .number(errno))
      case .returns(let number): ("returns", .number(number))
      case .finds(let frame): ("finds", frame.node)
      }
    return .fields([
      ("call", call.map(Node.text)), ("after", after == 0 ? nil : .number(after)),
      ("times", times == 1 ? nil : .number(times)), (key, value),
    ])
  }
}
