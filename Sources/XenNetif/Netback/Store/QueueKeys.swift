internal import SystemPackage

/// What a frontend says of one queue: where its rings are, and how to tell of them.
struct QueueKeys: Equatable {
  /// The page of the transmit ring.
  var transmitRing: GrantReference
  /// The page of the receive ring.
  var receiveRing: GrantReference
  /// The channel of the transmit ring.
  var transmitChannel: EventChannel
  /// The channel of the receive ring; the same one if there is only one.
  var receiveChannel: EventChannel

  /// Reads the keys in a directory.
  ///
  /// The two channels of split ones count only together.
  init<Port: XenPort>(
    _ store: StoreView<Port>,
    _ directory: String,
    allowsSplit: Bool
  ) throws(ConnectFailure) {
    do throws(Errno) {
      transmitRing = GrantReference(
        rawValue: try store.required("\(directory)/tx-ring-ref", invalid: .invalidArgument)
      )
      receiveRing = GrantReference(
        rawValue: try store.required("\(directory)/rx-ring-ref", invalid: .invalidArgument)
      )
    } catch { throw .ringReference(error) }
    if allowsSplit, let transmit = store.number("\(directory)/event-channel-tx"),
      let receive = store.number("\(directory)/event-channel-rx")
    {
      transmitChannel = EventChannel(rawValue: transmit)
      receiveChannel = EventChannel(rawValue: receive)
      return
    }
    do throws(Errno) {
      let single = try store.required("\(directory)/event-channel", invalid: .outOfRange)
      transmitChannel = EventChannel(rawValue: single)
      receiveChannel = transmitChannel
    } catch { throw .eventChannel(error) }
  }
}
