/// One operation of a case; what it has of the fields depends on its kind.
struct GoldenOperation: Decodable, Sendable {
  let op: String

  // Requests and pages.
  let page: Int?
  let offset: Int?
  let len: Int?
  let bytes: String?
  let slot: Int?
  let gref: String?
  let flags: Int?
  let id: Int?
  let size: Int?
  let reqProd: UInt32?
  let kick: Int?
  let queue: Int?

  // The control ring.
  let type: Int?
  let data: [GoldenValue]?
  let answered: Int?
  let rsp: ControlAnswer?
  let raw: String?
  let reqEvent: UInt32?
  let rspProd: UInt32?
  let raw12x5: String?

  // Frames to the interface, and from there through a bridge.
  let fnv: String?
  let vnet: Header?
  let ret: Int?
  let mtu: Int?
  let accepted: Int?
  let vflags: Int?

  // The store.
  let text: String?
  let what: String?
  let name: String?
  let value: GoldenValue?
  let backend: Int?
  let states: [Int]?
  let n: Int?

  /// The answer to a request of the control ring.
  struct ControlAnswer: Decodable, Sendable {
    let id: UInt16
    let type: UInt16
    let status: UInt32
    let data: UInt32
  }

  /// The header that a frame was handed over with.
  struct Header: Decodable, Sendable {
    let flags: UInt8
    let gso: UInt8
    let hdrLen: UInt16
    let gsoSize: UInt16
    let csumStart: UInt16
    let csumOffset: UInt16
  }
}
