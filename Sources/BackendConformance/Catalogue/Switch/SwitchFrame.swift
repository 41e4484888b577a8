/// Addresses of stations behind the ports of one switch, and frames between them.
enum Station: UInt8 {
  /// Behind the first backend.
  case first = 0x0A
  /// Behind the second backend.
  case second = 0x0B
  /// Behind nobody.
  case nobody = 0x0C

  /// The address: locally administered, of one station.
  var address: [UInt8] { [0x02, 0, 0, 0, 0, rawValue] }

  /// Addresses of everybody, and of groups.
  static let groups: [[UInt8]] = [
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x01, 0x00, 0x5E, 0, 0, 1], [0x33, 0x33, 0, 0, 0, 1],
    [0x01, 0, 0, 0, 0, 0],
  ]
}

extension FramePattern {
  /// A frame of `length` bytes from a station to an address.
  static func from(
    _ source: [UInt8],
    to destination: [UInt8],
    length: Int = 60,
    seed: Int = 1
  ) -> FramePattern {
    var bytes = FramePattern(length, seed: seed).contents()
    bytes.replaceSubrange(0..<12, with: (destination + source).prefix(12))
    return FramePattern(bytes: bytes)
  }

  /// A frame of `length` bytes from one station to another.
  static func from(
    _ source: Station,
    to destination: Station,
    length: Int = 60,
    seed: Int = 1
  ) -> FramePattern {
    from(source.address, to: destination.address, length: length, seed: seed)
  }
}

extension Step {
  /// Opens both backends on one switch.
  static var openBoth: [Step] { [.open(), .open().on(1)] }

  /// Has the station behind the second backend send, so that the switch knows where it is.
  static var introduceSecond: [Step] {
    let hello = FramePattern.from(.second, to: .nobody, seed: 100)
    return [
      .send(hello).on(1), .collect(hello), .collect(hello).on(1), .receive(hello),
    ]
  }

  /// Sends from the first backend to the second, and sees that the frame gets there and nowhere else.
  static func passage(seed: Int, length: Int = 60) -> [Step] {
    let frame = FramePattern.from(.first, to: .second, length: length, seed: seed)
    return [.send(frame), .receive(frame).on(1), .peek.on(1), .collect(), .collect().on(1)]
  }
}

extension BenchOptions {
  /// Both backends and their far sides on one switch.
  static let oneSwitch = BenchOptions(options: ["oneSwitch": 1])

  /// The same with rings of so many slots.
  static func oneSwitch(slots: Int) -> BenchOptions {
    BenchOptions(options: ["oneSwitch": 1, "slots": slots])
  }
}
