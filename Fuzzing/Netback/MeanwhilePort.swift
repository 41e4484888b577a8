import XenNetif

/// A port behind which the frontend goes on while the netback copies.
struct MeanwhilePort: RelayingPort {
  let simulated: SimulatedXenPort
  let meanwhile: FuzzedMeanwhile

  func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    simulated.copy(operations)
    meanwhile.run()
  }
}
