/// What the frontend of a netback does by hand, or asks about what the netback did.
///
/// Whatever raises the netback's event channel or changes the store lets the event loop come to rest.
public enum XenAction: Equatable, Sendable {
  // The store.

  /// Writes the keys of a frontend, then that it is connected; those of `changes` are others, or with
  /// `nil` left out. A value `@KEY` is the one that the frontend has for another key.
  case connect(changes: [String: String?])
  /// Writes a key of one of the two directories, or removes it.
  case write(XenDirectory, key: String, value: String?)
  /// Makes all rings empty, as before a new connection.
  case reset

  // Rings and pages.

  /// Stores slots into a ring behind those before, unseen; a frame's bytes are laid over the data.
  case put(XenRing, [XenSlot], FramePattern?)
  /// Lets the producer pass all slots, and raises the channel if the netback asked for that.
  case show(XenRing)
  /// Lets the producer pass all slots as soon as it has been read so many times, and raises the
  /// channel if the netback had asked for that by then.
  case showAfterReads(XenRing, Int)
  /// Raises the channel of a ring so many times.
  case raise(XenRing, times: Int)
  /// Overwrites an index in the ring's page, and raises nothing.
  case setIndex(XenRing, XenIndex, Int)
  /// Overwrites a slot with another one as soon as it has been read the first time.
  case changeAfterRead(XenRing, position: Int, XenSlot)
  /// Overwrites bytes of the page that a ring's slots use by that number.
  case store(XenRing, page: Int, offset: Int, [UInt8])
  /// Makes what is done with a page, or with a number that need not be a grant, fail.
  case failGrant(XenRing, page: Int, XenGrantFault)

  // Questions.

  /// Asks for the responses since the last time, and asks for an event for the next one.
  case responses(XenRing)
  /// Asks for the indices in a ring's page.
  case indices(XenRing)
  /// Asks for all bytes of a slot.
  case slot(XenRing, position: Int)
  /// Asks for bytes of the page that a ring's slots use by that number.
  case page(XenRing, page: Int, offset: Int, count: Int)
  /// Asks how often the netback has raised a ring's channel since the last time.
  case notifications(XenRing)
  /// Asks how many events of a ring's channel the netback has told to be for nothing since the last
  /// time.
  case emptyEvents(XenRing)
  /// Asks for the copies from and to granted pages since the last time.
  case copies
  /// Asks what the netback holds of the frontend.
  case holdings
  /// Asks for the value of a key.
  case read(XenDirectory, key: String)
  /// Asks what states the netback has told since the last time.
  case states
  /// Asks what the netback has written to the store since the last time.
  case writes
  /// Takes the frames that one queue has received since the last time.
  case received(queue: Int)
}

extension XenAction {
  /// Whether it asks something, so that a script has to say what the answer is.
  var isQuestion: Bool {
    switch self {
    case .responses, .indices, .slot, .page, .notifications, .emptyEvents, .copies, .holdings,
      .read, .states, .writes, .received:
      true
    case .connect, .write, .reset, .put, .show, .showAfterReads, .raise, .setIndex,
      .changeAfterRead, .store, .failGrant:
      false
    }
  }
}

/// One of the rings between a netback and its frontend.
public struct XenRing: Hashable, Sendable {
  /// What a ring is for.
  public enum Kind: String, CaseIterable, Sendable {
    /// Frames from the frontend.
    case transmit
    /// Frames to the frontend.
    case receive
    /// Requests about hashing.
    case control
  }

  /// What it is for.
  public var kind: Kind
  /// The queue it belongs to, counted from 0.
  public var queue: Int

  /// Names a ring.
  public init(_ kind: Kind, _ queue: Int = 0) {
    self.kind = kind
    self.queue = queue
  }

  /// The ring of frames from the frontend, in the first queue.
  public static let transmit = XenRing(.transmit)
  /// The ring of frames to the frontend, in the first queue.
  public static let receive = XenRing(.receive)
  /// The control ring.
  public static let control = XenRing(.control)
  /// The ring of frames from the frontend in a queue.
  public static func transmit(_ queue: Int) -> XenRing { XenRing(.transmit, queue) }
  /// The ring of frames to the frontend in a queue.
  public static func receive(_ queue: Int) -> XenRing { XenRing(.receive, queue) }
}

/// One of the four words at the beginning of a ring's page.
public enum XenIndex: String, CaseIterable, Sendable {
  /// How far the frontend has put requests into the ring.
  case requestProducer
  /// The producer of requests for which the netback wants an event.
  case requestEvent
  /// How far the netback has put responses into the ring.
  case responseProducer
  /// The producer of responses for which the frontend wants an event.
  case responseEvent
}

/// One of the two directories of a virtual interface in the store.
public enum XenDirectory: String, CaseIterable, Sendable {
  /// The directory that the frontend writes.
  case frontend
  /// The directory that the netback and the toolstack write.
  case backend
}

/// An arrangement that what a netback does with a grant fails.
public struct XenGrantFault: Equatable, Sendable {
  /// What fails.
  public enum Operation: String, CaseIterable, Sendable {
    /// Copying from or to the page.
    case copy
    /// Mapping the page.
    case map
  }

  /// What fails.
  public var operation: Operation
  /// The status that it ends with, such as -3 for a bad reference.
  public var status: Int
  /// How often it goes well first.
  public var after: Int
  /// How often it fails then; `nil` for ever.
  public var times: Int?

  /// Arranges a fault.
  public init(_ operation: Operation, status: Int, after: Int = 0, times: Int? = nil) {
    self.operation = operation
    self.status = status
    self.after = after
    self.times = times
  }
}
