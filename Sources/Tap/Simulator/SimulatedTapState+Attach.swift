internal import NetBackend
internal import SystemPackage

extension SimulatedTapState {
  /// The most queues that one interface has.
  private static var maximumQueues: Int { 256 }

  /// Attaches a descriptor to an interface, which is created if it does not exist.
  ///
  /// Source: Linux `tun_set_iff`, `tun_attach`.
  mutating func attach(
    _ descriptor: Int32,
    to name: String,
    _ flags: TapFlags
  ) throws(Errno) -> String {
    let slot = try slot(descriptor)
    guard descriptors[slot]?.kind == .control else { throw .inappropriateIOCTLForDevice }
    guard descriptors[slot]?.interface == nil else { throw .fileExists }
    guard name.utf8.count <= InterfaceName.maximumLength else { throw .fileNameTooLong }
    let existing = try? index(of: name)
    if let existing { try checkReuse(existing, flags) }
    let interface: Int
    if let existing { interface = existing } else { interface = try create(name, flags) }
    descriptors[slot]?.interface = interface
    interfaces[interface]?.queues.append(descriptor)
    return interfaces[interface]?.name ?? name
  }

  private mutating func checkReuse(_ index: Int, _ flags: TapFlags) throws(Errno) {
    guard var interface = interfaces[index] else { return }
    let kept: TapFlags = [.tap, .tun, .multiQueue]
    guard !interface.flags.isDisjoint(with: [.tap, .tun]),
      interface.flags.intersection(kept) == flags.intersection(kept)
    else { throw .invalidArgument }
    let limit = flags.contains(.multiQueue) ? Self.maximumQueues : 1
    guard interface.queues.count < limit else {
      throw limit == 1 ? .resourceBusy : .argListTooLong
    }
    let persistence = interface.flags.intersection(.persistent)
    interface.flags = flags.intersection(features).union(persistence)
    interfaces[index] = interface
  }

  /// Adds an interface, down and with an empty queue.
  mutating func create(_ name: String, _ flags: TapFlags) throws(Errno) -> Int {
    guard flags.contains(.tap) != flags.contains(.tun) else { throw .invalidArgument }
    let pattern = name.isEmpty ? (flags.contains(.tap) ? "tap%d" : "tun%d") : name
    let name = try numbered(pattern)
    let known = flags.intersection(features.union(.persistent))
    interfaces.append(SimulatedInterface(name: name, flags: known))
    return interfaces.count - 1
  }

  private func numbered(_ pattern: String) throws(Errno) -> String {
    guard (try? InterfaceName(pattern)) != nil else { throw .invalidArgument }
    guard let percent = pattern.firstIndex(of: "%") else { return pattern }
    let prefix = pattern[..<percent]
    let rest = pattern[percent...].dropFirst(2)
    guard pattern[percent...].hasPrefix("%d"), !rest.contains("%") else { throw .invalidArgument }
    for number in 0..<32_768 {
      let name = "\(prefix)\(number)\(rest)"
      if (try? index(of: name)) == nil { return name }
    }
    throw .tooManyOpenFilesInSystem
  }
}
