/// How a netback decides what the specification leaves open.
///
/// Netbacks differ in these points and in no others; each profile is a choice of them.
public struct NetbackPolicy: Hashable, Sendable {
  /// What becomes of chains of slots that are wrong, short or long.
  public var chain: ChainPolicy
  /// The order of responses to packets.
  public var responseOrder = ResponseOrder.copiedFirst
  /// The status of a packet's slots whose bytes could be copied when those of another could not.
  public var siblingStatus = TransmitStatus.okay
  /// The first bytes of a packet that are copied before it is decided what becomes of it.
  public var headLength = 128
  /// Whether segmentation has to fit the packet it is asked for.
  public var matchesSegmentation = false
  /// Whether a packet is lost for which a checksum is to be filled in behind a header of IP that says it
  /// is shorter than it can be.
  public var checksHeaderLength = false

  /// The most queues a frontend may ask for.
  public var maximumQueues = 4
  /// What is offered to the frontend.
  public var offers = NetbackOffers.all
  /// How numbers in the store are read.
  public var numberForm = StoreNumberForm.scanned
  /// How the interface's address in the store is read.
  public var addressForm = AddressForm.scanned
  /// Whether a frontend has to ask for copies.
  public var requiresReceiveCopy = false
  /// Whether a connection that failed is told as one that works.
  public var connectsDespiteErrors = true

  /// Whether a producer of receive requests that is too far ahead disables the interface.
  public var checksReceiveProducer = false
  /// The longest packet in bytes, its Ethernet header aside, that may be agreed on with the host.
  ///
  /// Source: measured, Linux 6.1; with an Ethernet header and a tag it is what 16 bits can tell.
  public var largestMTU = 65_517
  /// How many bytes may wait for receive requests before no more are taken.
  public var receiveQueueBytes = 524_288
  /// How long a frame waits for receive requests, in nanoseconds.
  public var receiveExpiry: UInt64 = 10_000_000_000
  /// The same for a frontend that does not say when it posts requests.
  public var pollingExpiry: UInt64 = 30_000_000
  /// How long a frontend may post too few requests before it is taken for dead, in nanoseconds.
  public var receiveStall: UInt64 = 60_000_000_000
  /// Where headroom is counted.
  public var headroomForm = HeadroomForm.inStatus

  /// How many groups a frontend may ask for.
  public var multicastLimit = 64
  /// Whether a group that is asked for twice takes two places.
  public var keepsDuplicateGroups = true
  /// How long the table from hashes to queues may be.
  public var hashMappingLimit = 128
  /// What a key is answered that is too long.
  public var longKeyStatus = ControlStatus.invalidParameter
  /// How often a grant is tried that is to be tried again.
  public var grantAttempts = 16

  /// A policy with the choices of Linux, but for chains.
  init(chain: ChainPolicy) { self.chain = chain }
}

/// The orders in which a pass over the transmit ring answers.
public enum ResponseOrder: Hashable, Sendable {
  /// The order of the slots.
  case inOrder
  /// Slots that were copied whole with the heads of their packets, then those that reach beyond.
  ///
  /// Source: measured, Linux 6.1.
  case copiedFirst
}

/// Where the room in front of a received packet is told, besides its extra.
public enum HeadroomForm: Hashable, Sendable {
  /// In the status, as if it were bytes of the packet; the offset is zero (measured, Linux 6.1).
  case inStatus
  /// In the offset.
  case inOffset
}
