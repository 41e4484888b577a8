public import CallScript
internal import SystemPackage

/// A port around another that makes calls go wrong as a ``CallScript`` says, and records them there.
public struct ScriptedTap<Base: TapPort>: TapPort {
  /// The port that carries out the calls.
  public let base: Base
  /// The faults, the record and the ledger.
  public let script: CallScript
  let headers = DeviceHeaderLengths()

  /// Creates a port around `base`.
  public init(_ base: Base, script: CallScript = CallScript()) {
    self.base = base
    self.script = script
  }

  /// Notes what an event loop was told about a descriptor.
  public func note(_ event: CallLoopEvent, _ descriptor: Int32) {
    let flags = event == .watched ? try? base.descriptorFlags(descriptor) : nil
    script.note(event, descriptor, flags: flags ?? [])
  }

  /// Makes a call, or what a fault puts in its place, and records it.
  ///
  /// - Parameters:
  ///   - value: The result of a call that does nothing and returns a number.
  ///   - number: The number that stands for a result in the record.
  func call<Result>(
    _ name: CallName,
    on descriptor: Int32 = -1,
    argument: Int = 0,
    value: (Int) -> Result,
    number: (Result) -> Int,
    _ body: () throws(Errno) -> Result
  ) throws(Errno) -> Result {
    var call = SystemCall(name, on: descriptor, argument: argument)
    do throws(Errno) {
      let result: Result
      switch script.effect(on: name) {
      case nil: result = try body()
      case .fails(let errno): throw errno
      case .returns(let count): result = value(count)
      case .finds: result = value(0)
      }
      call.result = number(result)
      script.ended(call)
      return result
    } catch {
      call.result = -Int(error.rawValue)
      script.ended(call)
      throw error
    }
  }

  /// Makes a call that has no result.
  func call(
    _ name: CallName,
    on descriptor: Int32,
    argument: Int = 0,
    _ body: () throws(Errno) -> Void
  ) throws(Errno) {
    try call(name, on: descriptor, argument: argument, value: { _ in }, number: { 0 }, body)
  }
}
