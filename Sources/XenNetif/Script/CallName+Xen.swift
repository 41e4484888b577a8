public import CallScript

// The calls of a netback, those that every family has aside, as Xen's libraries spell them.
extension CallName {
  /// Reading a key of the store.
  public static let storeRead = CallName("xs_read")
  /// Listing keys of the store.
  public static let storeDirectory = CallName("xs_directory")
  /// Writing a key of the store.
  public static let storeWrite = CallName("xs_write")
  /// Removing a key of the store.
  public static let storeRemove = CallName("xs_rm")
  /// Beginning a transaction.
  public static let transactionStart = CallName("xs_transaction_start")
  /// Ending a transaction.
  public static let transactionEnd = CallName("xs_transaction_end")
  /// Watching a path of the store.
  public static let storeWatch = CallName("xs_watch")
  /// Ending a watch.
  public static let storeUnwatch = CallName("xs_unwatch")
  /// Binding an event channel.
  public static let bindChannel = CallName("IOCTL_EVTCHN_BIND_INTERDOMAIN")
  /// Giving an event channel back.
  public static let unbindChannel = CallName("IOCTL_EVTCHN_UNBIND")
  /// Raising an event channel.
  public static let notifyChannel = CallName("IOCTL_EVTCHN_NOTIFY")

  /// Every call of a netback that can fail with an `errno`.
  public static let xenCalls: [CallName] = [
    .open, .storeRead, .storeDirectory, .storeWrite, .storeRemove, .transactionStart,
    .transactionEnd, .storeWatch, .storeUnwatch, .bindChannel, .unbindChannel, .notifyChannel,
    .close,
  ]
}
