internal import CallGate
public import NetBackend

extension XenNetback {
  /// Checksums and TCP segmentation, in both directions.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try checkOpen("offeredFeatures")
    return Self.offered
  }

  /// Sets the features and the header length; frames that wait come with the new ones.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength length: Int
  ) throws(BackendError) {
    try checkOpen("setFeatures")
    guard VirtioNetHeader.lengths.contains(length) else {
      throw vif.failure(.unsupportedHeaderLength, "setFeatures")
    }
    guard Self.offered.isSuperset(of: features), features.lackingDependencies.isEmpty,
      features.isEmpty || length > 0
    else { throw vif.failure(.unsupportedFeatures, "setFeatures") }
    let form = HeaderForm(
      length: length,
      takesChecksum: features.contains(.guestChecksum),
      takesSegmentation4: features.contains(.guestTCP4),
      takesSegmentation6: features.contains(.guestTCP6)
    )
    let isSet: Void? = vif.gate.alone { (sending, receiving) in
      sending.headerLength = length
      receiving.inbox.form = form
      publish(headerLength: length)
    }
    if isSet == nil { throw vif.failure(.closed, "setFeatures") }
  }

  /// Sets the longest packet to the frontend, its Ethernet header aside, that is not to be cut.
  ///
  /// It is 1500 bytes, or what the store says, each time a frontend connects.
  ///
  /// - Parameter bytes: From 68 to 65517, or to 1500 if the frontend takes no packets of several
  ///   slots.
  /// - Throws: ``BackendError/Reason-swift.enum/frameTooLong(maximum:)`` or
  ///   ``BackendError/Reason-swift.enum/frameTooShort(minimum:)``; nothing has changed then.
  public func setMTU(_ bytes: Int) throws(BackendError) {
    let isSet: Void? = try vif.gate.alone { (sending, _) throws(BackendError) in
      try vif.setMTU(bytes, &sending)
    }
    if isSet == nil { throw vif.failure(.closed, "setMTU") }
  }
}

extension Vif {
  /// Sets the longest packet that is not to be cut.
  func setMTU(_ bytes: Int, _ side: inout VifSendSide<Port>) throws(BackendError) {
    typealias Side = VifSendSide<Port>
    let most = side.features.scatterGather ? policy.largestMTU : Side.usualMTU
    guard bytes >= Side.leastMTU else {
      throw failure(.frameTooShort(minimum: Side.leastMTU), "setMTU")
    }
    guard bytes <= most else { throw failure(.frameTooLong(maximum: most), "setMTU") }
    side.mtu = bytes
  }
}
