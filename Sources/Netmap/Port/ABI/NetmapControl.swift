internal import CLinux

/// The numbers of the requests that netmap's device takes.
///
/// Source: netmap.h; measured on netmap 89607e1, x86-64.
package enum NetmapControl {
  /// `NIOCTXSYNC`, without an argument.
  package static let syncTransmit: UInt32 = CLINUX_NIOCTXSYNC
  /// `NIOCRXSYNC`, without an argument.
  package static let syncReceive: UInt32 = CLINUX_NIOCRXSYNC
  /// `NIOCCTRL`, with a ``NetmapRequestHeader``.
  package static let control: UInt32 = CLINUX_NIOCCTRL
}

/// What a ``NetmapRequestHeader`` asks for, and the length of the body it points to.
///
/// Source: netmap.h, `NETMAP_REQ_*`.
package enum NetmapRequestType: UInt16, Sendable {
  /// `NETMAP_REQ_REGISTER`.
  case register = 1
  /// `NETMAP_REQ_PORT_INFO_GET`.
  case portInfo = 2
  /// `NETMAP_REQ_PORT_HDR_SET`.
  case setPortHeader = 6
  /// `NETMAP_REQ_PORT_HDR_GET`.
  case getPortHeader = 7

  /// The length in bytes of the body.
  package var bodySize: Int {
    switch self {
    case .register: 56
    case .portInfo: 32
    case .setPortHeader, .getPortHeader: 8
    }
  }
}
