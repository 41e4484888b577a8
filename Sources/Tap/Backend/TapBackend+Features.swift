internal import CallGate
public import NetBackend
internal import SystemPackage

extension TapBackend {
  /// Sets the header length, then the offloads; if the device refuses either, both stay as they were.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength length: Int
  ) throws(BackendError) {
    try checkOpen("setFeatures")
    try check(features, length)
    let outcome: Void? = try gate.alone { (sending, receiving) throws(BackendError) in
      try apply(features, length, &sending, &receiving)
    }
    if outcome == nil { throw failure(.closed, "setFeatures") }
  }

  private func check(_ features: VirtioNetFeatures, _ length: Int) throws(BackendError) {
    guard length == 0 || (carriesHeader && VirtioNetHeader.lengths.contains(length)) else {
      throw failure(.unsupportedHeaderLength, "setFeatures")
    }
    let offered = try offeredFeatures()
    let possible = offered.isSuperset(of: features) && features.lackingDependencies.isEmpty
    guard possible, features.areSwitchable, features.isEmpty || length > 0 else {
      throw failure(.unsupportedFeatures, "setFeatures")
    }
  }

  private func apply(
    _ features: VirtioNetFeatures,
    _ length: Int,
    _ sending: inout TapSendSide,
    _ receiving: inout TapReceiveSide
  ) throws(BackendError) {
    var form = TapHeaderForm(inUse: length, onDevice: 0)
    if carriesHeader {
      form.onDevice = max(length, 10)
      do throws(TapSwitchFailure) {
        try switchDevice(to: form, features.tapOffloads, from: sending.form)
      } catch {
        if error.isUnknown { (sending.form, receiving.form) = (nil, nil) }
        throw error.reason
      }
    }
    if receiving.form?.inUse != length { dropStale(&receiving) }
    (sending.form, receiving.form) = (form, form)
    publish(headerLength: length)
  }

  /// Sets the header length, then the offloads; if the offloads are refused, the length is put back.
  private func switchDevice(
    to form: TapHeaderForm,
    _ offloads: TapOffloads,
    from old: TapHeaderForm?
  ) throws(TapSwitchFailure) {
    do throws(Errno) { try port.setHeaderLength(descriptor, to: form.onDevice) } catch {
      throw TapSwitchFailure(failure(.system, "TUNSETVNETHDRSZ", error))
    }
    do throws(Errno) { try port.setOffloads(descriptor, to: offloads) } catch {
      let restored = (try? port.setHeaderLength(descriptor, to: old?.onDevice ?? 10)) != nil
      let reason = failure(.system, "TUNSETOFFLOAD", error)
      throw TapSwitchFailure(reason, isUnknown: old == nil || !restored)
    }
  }
}
