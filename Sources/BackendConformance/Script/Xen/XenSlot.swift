/// What a frontend stores into a slot of a ring.
public enum XenSlot: Equatable, Sendable {
  /// A request to transmit.
  case request(XenRequest)
  /// An extra slot of a packet to transmit.
  case extra(XenExtra)
  /// A request to receive: a page to put a frame into.
  case buffer(XenBuffer)
  /// A request of the control ring.
  case control(XenControl)
  /// Bytes; those that are missing are zero.
  ///
  /// If a frame is laid over them, they are a request to transmit, and a page is granted under the
  /// number that they name.
  case bytes([UInt8])
}

/// A request to transmit, with what a slot holds of it.
public struct XenRequest: Equatable, Sendable {
  /// The length in bytes: of the whole packet in its first request, of the piece in the others.
  public var size: Int
  /// The flags as a number.
  public var flags: Int
  /// The identifier; the slot's index if there is none.
  public var id: Int?
  /// Where in its page the data begins.
  public var offset: Int
  /// The number of the page; the slot's position if there is none.
  public var page: Int?
  /// A number in place of the page's grant.
  public var grant: Int?

  /// Describes a request.
  public init(
    size: Int,
    flags: Int = 0,
    id: Int? = nil,
    offset: Int = 0,
    page: Int? = nil,
    grant: Int? = nil
  ) {
    self.size = size
    self.flags = flags
    self.id = id
    self.offset = offset
    self.page = page
    self.grant = grant
  }
}

/// An extra slot.
public struct XenExtra: Equatable, Sendable {
  /// The type as a number.
  public var type: Int
  /// The flags as a number; 1 says that another extra follows.
  public var flags: Int
  /// The bytes behind type and flags, six at most; those that are missing are zero.
  public var payload: [UInt8]

  /// Describes an extra slot.
  public init(type: Int, flags: Int = 0, payload: [UInt8] = []) {
    self.type = type
    self.flags = flags
    self.payload = payload
  }
}

/// A request to receive.
public struct XenBuffer: Equatable, Sendable {
  /// The identifier; the slot's index if there is none.
  public var id: Int?
  /// The number of the page; the slot's position if there is none.
  public var page: Int?
  /// A number in place of the page's grant.
  public var grant: Int?

  /// Describes a request.
  public init(id: Int? = nil, page: Int? = nil, grant: Int? = nil) {
    self.id = id
    self.page = page
    self.grant = grant
  }
}

/// A request of the control ring.
public struct XenControl: Equatable, Sendable {
  /// The type as a number.
  public var type: Int
  /// The identifier; the slot's index if there is none.
  public var id: Int?
  /// The numbers that go with the type, three at most.
  public var data: [Int]
  /// Which of the numbers is the grant of a page, and the page's number.
  public var page: Int?

  /// Describes a request.
  ///
  /// - Parameter page: The number of a page whose grant stands in place of the first number.
  public init(type: Int, id: Int? = nil, data: [Int] = [], page: Int? = nil) {
    self.type = type
    self.id = id
    self.data = data
    self.page = page
  }
}

/// A response, or what is expected of one: fields that are `nil` may be anything.
public struct XenResponse: Equatable, Sendable {
  /// The identifier.
  public var id: Int?
  /// The status as a number.
  public var status: Int?
  /// Where in its page received data begins.
  public var offset: Int?
  /// The flags of received data, or of an extra slot, as a number.
  public var flags: Int?
  /// The type of an extra slot, or of a control request, as a number.
  public var type: Int?
  /// The six bytes of an extra slot.
  public var payload: [UInt8]?
  /// The number that answers a control request.
  public var data: Int?

  /// Describes a response.
  public init(
    id: Int? = nil,
    status: Int? = nil,
    offset: Int? = nil,
    flags: Int? = nil,
    type: Int? = nil,
    payload: [UInt8]? = nil,
    data: Int? = nil
  ) {
    self.id = id
    self.status = status
    self.offset = offset
    self.flags = flags
    self.type = type
    self.payload = payload
    self.data = data
  }
}
