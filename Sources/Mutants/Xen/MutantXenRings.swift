internal import RingMemory
internal import Synchronization
internal import XenNetif

/// The rings that a wrong netback has mapped, which it changes behind the right one's back.
final class MutantXenRings: Sendable {
  private struct State {
    /// What the store says that a grant is for: the last part of the key.
    var names: [GrantReference: String] = [:]
    var pages: [String: SharedMemory] = [:]
    var disguises: [Disguise] = []
  }

  /// A page as it was, and as it was made to look.
  private struct Disguise {
    let page: SharedMemory
    let old: [UInt8]
    let new: [UInt8]
  }

  private let state = Mutex(State())
  /// The copies that are made again when a frame is received.
  let lateCopies = LateCopies()

  /// Notes what a key of the frontend's directory says.
  func noteRead(_ path: String, _ value: String?) {
    guard path.hasSuffix("-ring-ref"), let value, let grant = UInt32(value) else { return }
    // The queue's directory, if it has one, and the key.
    let parts = path.split(separator: "/").suffix(2).filter {
      $0.hasPrefix("queue-") || $0.hasSuffix("-ring-ref")
    }
    state.withLock {
      $0.names[GrantReference(rawValue: grant)] = parts.joined(separator: "/")
    }
  }

  /// Notes that a grant was mapped.
  func noteMapping(_ grant: GrantReference, _ memory: SharedMemory) {
    state.withLock { state in
      if let name = state.names[grant] { state.pages[name] = memory }
    }
  }

  /// The ring of frames from the frontend, once it is mapped.
  var transmit: SharedRing? { self[.transmit] }
  /// The ring of frames to the frontend.
  var receive: SharedRing? { self[.receive] }
  /// The control ring.
  var control: SharedRing? { self[.control] }

  /// A ring of a frontend with one queue, once it is mapped.
  subscript(kind: RingKind) -> SharedRing? {
    let key =
      switch kind {
      case .transmit: "tx-ring-ref"
      case .receive: "rx-ring-ref"
      case .control: "ctrl-ring-ref"
      }
    return ring(key, kind.geometry)
  }

  /// Changes the pages for as long as an event is handled.
  func disguise(_ change: () -> Void) {
    let pages = state.withLock { Array($0.pages.values) }
    let old = pages.map(\.contents)
    change()
    let disguises = zip(pages, old).map { page, old in
      Disguise(page: page, old: old, new: page.contents)
    }
    state.withLock { $0.disguises = disguises }
  }

  /// Makes the pages what they were, but for what the netback has written.
  func uncover() {
    let disguises = state.withLock { state in
      defer { state.disguises = [] }
      return state.disguises
    }
    for disguise in disguises {
      let now = disguise.page.contents
      for offset in now.indices
      where disguise.old[offset] != disguise.new[offset] && now[offset] == disguise.new[offset] {
        unsafe disguise.page.base.storeBytes(
          of: disguise.old[offset],
          toByteOffset: offset,
          as: UInt8.self
        )
      }
    }
  }

  /// A ring by its key, such as `queue-1/tx-ring-ref`.
  func ring(_ key: String, _ geometry: RingGeometry) -> SharedRing? {
    state.withLock { $0.pages[key] }.map { SharedRing($0, geometry) }
  }
}

extension SharedRing {
  /// The indices of the requests that have no response yet.
  var unanswered: [UInt32] {
    let first = responseProducer.load()
    let count = min(requestProducer.load() &- first, UInt32(geometry.slotCount))
    return (0..<count).map { first &+ $0 }
  }

  /// The slots that have no response yet, as requests to transmit.
  var requests: [TransmitRequest] { unanswered.map { value(at: $0) } }

  /// Changes the slots of transmit requests that have no response yet.
  func changeRequests(_ change: (UInt32, inout TransmitRequest) -> Void) {
    for index in unanswered {
      var request: TransmitRequest = value(at: index)
      let old = request
      change(index, &request)
      if request != old { setValue(request, at: index) }
    }
  }

  /// Changes the slots that have no response yet, as extras; all of them are offered.
  func changeExtras(_ change: (UInt32, inout ExtraInfo) -> Void) {
    for index in unanswered {
      var extra: ExtraInfo = value(at: index)
      let old = extra
      change(index, &extra)
      if extra != old { setValue(extra, at: index) }
    }
  }

  /// Changes the last `count` responses.
  func changeResponses<Response: WireValue>(
    _ count: UInt32 = 1,
    _ change: (inout Response) -> Void
  ) {
    let end = responseProducer.load()
    for index in (0..<count).map({ end &- count &+ $0 }) {
      var response: Response = value(at: index)
      change(&response)
      setValue(response, at: index)
    }
  }
}

extension SharedMemory {
  /// The bytes of a ring's page.
  fileprivate var contents: [UInt8] {
    unsafe [UInt8](UnsafeRawBufferPointer(start: base, count: RingGeometry.pageSize))
  }
}
