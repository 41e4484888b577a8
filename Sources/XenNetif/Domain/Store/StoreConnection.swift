internal import DequeModule

/// One who uses the store: the watches it has set, the events it has not taken, its transactions.
struct StoreConnection {
  let domain: Domain
  var watches: [StoreWatch] = []
  var events: Deque<StoreEvent> = []
  var transactions: [XenTransaction: StoreTransaction] = [:]

  init(domain: Domain) { self.domain = domain }
}

/// A watch that somebody has set.
struct StoreWatch: Equatable {
  var path: StorePath
  var token: String
}

/// An event that has not been taken, with the watch that it belongs to.
struct StoreEvent {
  var watch: StoreWatch
  var path: StorePath
}
