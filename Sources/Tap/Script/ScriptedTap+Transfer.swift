internal import CallScript
public import Glibc
public import SystemPackage

extension ScriptedTap {
  /// Writes one frame, vnet header first; returns the bytes written.
  public func write(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    let total = (try? unsafe elements.checkedTotal()) ?? .max
    let effect = script.effect(on: .write)
    return try recorded(.write, descriptor, total, effect) { () throws(Errno) in
      try unsafe base.write(descriptor, elements: elements)
    }
  }

  /// Reads one frame, vnet header first; returns the bytes read.
  public func read(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    let total = (try? unsafe elements.checkedTotal()) ?? .max
    let effect = script.effect(on: .read)
    return try recorded(.read, descriptor, total, effect) { () throws(Errno) in
      guard case .finds(let frame) = effect else {
        return try unsafe base.read(descriptor, elements: elements)
      }
      let bytes = [UInt8](repeating: 0, count: headers[descriptor]) + frame
      try unsafe elements.scatter(bytes, at: 0)
      return min(total, bytes.count)
    }
  }

  private func recorded(
    _ name: CallName,
    _ descriptor: Int32,
    _ total: Int,
    _ effect: CallFault.Effect?,
    _ body: () throws(Errno) -> Int
  ) throws(Errno) -> Int {
    var call = SystemCall(name, on: descriptor, argument: total)
    defer { script.ended(call) }
    do throws(Errno) {
      switch effect {
      case .fails(let errno): throw errno
      case .returns(let count): call.result = count
      case .finds, nil: call.result = try body()
      }
      return call.result
    } catch {
      call.result = -Int(error.rawValue)
      throw error
    }
  }
}
