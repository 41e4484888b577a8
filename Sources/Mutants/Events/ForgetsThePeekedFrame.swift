internal import NetBackend

/// Looks at the descriptor alone, while the frame is in the bounce buffer, as the seed does.
final class ForgetsThePeekedFrame: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

}
