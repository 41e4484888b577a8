// The words that the slots of scripts are written in.
extension XenSlot {
  /// The flags of a request to transmit.
  public enum Flag {
    /// The checksum is still to be filled in.
    public static let blank = 0x1
    /// The checksum is known to be right.
    public static let validated = 0x2
    /// Another request belongs to the packet.
    public static let more = 0x4
    /// An extra slot follows.
    public static let extra = 0x8
  }

  /// A request that is a packet of its own, or the last of one.
  public static func last(
    _ size: Int,
    flags: Int = 0,
    id: Int? = nil,
    offset: Int = 0,
    page: Int? = nil,
    grant: Int? = nil
  ) -> XenSlot {
    .request(
      XenRequest(size: size, flags: flags, id: id, offset: offset, page: page, grant: grant)
    )
  }

  /// A request whose packet goes on in the next one.
  public static func more(
    _ size: Int,
    flags: Int = 0,
    id: Int? = nil,
    offset: Int = 0,
    page: Int? = nil,
    grant: Int? = nil
  ) -> XenSlot {
    .last(size, flags: flags | Flag.more, id: id, offset: offset, page: page, grant: grant)
  }

  /// An extra slot by type.
  public static func extra(type: Int, more: Bool = false, payload: [UInt8] = []) -> XenSlot {
    .extra(XenExtra(type: type, flags: more ? 1 : 0, payload: payload))
  }

  /// How the packet is to be cut.
  ///
  /// - Parameter kind: 1 for TCP over IPv4, 2 over IPv6.
  public static func segmentation(
    _ size: Int,
    kind: Int = 1,
    more: Bool = false,
    features: Int = 0
  ) -> XenSlot {
    .extra(type: 1, more: more, payload: XenExtra.segmentation(size, kind, features))
  }

  /// A group whose frames the frontend wants, or with `deleting` does not want any more.
  public static func group(_ address: [UInt8], deleting: Bool = false) -> XenSlot {
    .extra(type: deleting ? 3 : 2, payload: address)
  }

  /// The packet's hash; `kind` is the number of a bit, 0 to 3.
  public static func hash(_ value: UInt32, kind: UInt8 = 1, more: Bool = false) -> XenSlot {
    .extra(type: 4, more: more, payload: XenExtra.hash(value, kind))
  }

  /// A page to receive into.
  public static func buffer(_ id: Int? = nil, page: Int? = nil, grant: Int? = nil) -> XenSlot {
    .buffer(XenBuffer(id: id, page: page, grant: grant))
  }

  /// A request of the control ring.
  public static func control(
    _ type: Int,
    id: Int? = nil,
    data: [Int] = [],
    page: Int? = nil
  ) -> XenSlot {
    .control(XenControl(type: type, id: id, data: data, page: page))
  }
}

extension XenExtra {
  /// The payload that says how a packet is to be cut.
  static func segmentation(_ size: Int, _ kind: Int, _ features: Int = 0) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: size), UInt8(truncatingIfNeeded: size >> 8),
      UInt8(truncatingIfNeeded: kind), 0, UInt8(truncatingIfNeeded: features),
      UInt8(truncatingIfNeeded: features >> 8),
    ]
  }

  /// The payload that holds a packet's hash by Toeplitz.
  static func hash(_ value: UInt32, _ kind: UInt8) -> [UInt8] {
    [kind, 1] + (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

extension XenResponse {
  /// A packet's slot was taken.
  public static func okay(_ id: Int? = nil) -> XenResponse { XenResponse(id: id, status: 0) }
  /// A packet's slot was refused.
  public static func error(_ id: Int? = nil) -> XenResponse { XenResponse(id: id, status: -1) }
  /// A packet's slot was dropped.
  public static func dropped(_ id: Int? = nil) -> XenResponse { XenResponse(id: id, status: -2) }
  /// What answers an extra slot.
  public static let null = XenResponse(status: 1)

  /// So many bytes were put into a page.
  public static func data(
    _ status: Int,
    id: Int? = nil,
    flags: Int? = 0,
    offset: Int? = 0
  ) -> XenResponse {
    XenResponse(id: id, status: status, offset: offset, flags: flags)
  }

  /// An extra slot of a received packet.
  public static func extra(type: Int, flags: Int = 0, payload: [UInt8]? = nil) -> XenResponse {
    XenResponse(flags: flags, type: type, payload: payload)
  }

  /// The answer to a control request.
  public static func control(
    _ status: Int,
    id: Int? = nil,
    type: Int? = nil,
    data: Int? = nil
  ) -> XenResponse {
    XenResponse(id: id, status: status, type: type, data: data)
  }
}
