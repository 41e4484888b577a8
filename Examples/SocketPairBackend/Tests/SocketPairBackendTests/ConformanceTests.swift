import BackendConformance
import BackendConformanceTesting
import NetBackend
import SocketPairBackend
import Testing

private let cases = ConformanceCases("socket pair") {
  let pair = SocketPair()
  let farSide = DescriptorFarSide { pair.farEnd }
  return EmbeddedTestbench(farSide: farSide) { request throws(BackendError) in
    try SocketPairBackend(pair.connect(), request)
  }
}

@Test("The socket pair conforms", arguments: cases)
func conforms(to requirement: ConformanceCase) throws { try requirement.check() }
