internal import XenNetif

/// Copies that are made a second time, when a frame is received.
final class LateCopies: Sendable {
  private struct Copy: Sendable {
    let direction: GrantCopy.Direction
    let grant: GrantReference
    let domain: Domain
    let offset: UInt16
    let length: UInt16
    let address: UInt
  }

  private let copies = Remembered<[Copy]>([])
  private let port = Remembered<TamperedXen.Base?>(nil)

  /// Notes copies that have been made.
  func note(_ made: TamperedXen.Copies, through base: TamperedXen.Base) {
    port.value = base
    copies.value += unsafe made.map { copy in
      unsafe Copy(
        direction: copy.direction,
        grant: copy.grant,
        domain: copy.domain,
        offset: copy.offset,
        length: copy.length,
        address: UInt(bitPattern: copy.local)
      )
    }
  }

  /// Makes them again.
  func repeatAll() {
    for copy in copies.value {
      // The memory is the netback's, and is there for as long as it is open.
      guard let local = unsafe UnsafeMutableRawPointer(bitPattern: copy.address) else { continue }
      var operation = unsafe GrantCopy(
        copy.direction,
        copy.grant,
        of: copy.domain,
        at: copy.offset,
        count: copy.length,
        local: local
      )
      unsafe withUnsafeMutablePointer(to: &operation) { pointer in
        unsafe port.value?.copy(TamperedXen.Copies(start: pointer, count: 1))
      }
    }
    copies.value = []
  }
}
