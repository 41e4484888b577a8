import BackendConformance
import BackendConformanceTesting
import NetBackend
import SocketPairBackend
import Testing

private let cases = ConformanceCases("socket pair") {
  let pair = SocketPair()
  return EmbeddedLink(farSide: DescriptorFarSide { pair.farEnd }) { request throws(BackendError) in
    try SocketPairBackend(pair.connect(), request)
  }
}

@Test("The socket pair conforms", arguments: cases)
func conforms(to requirement: ConformanceCase) throws { try requirement.check() }
