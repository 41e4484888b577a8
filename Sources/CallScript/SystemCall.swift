/// One system call that a backend made.
public struct SystemCall: Equatable, Sendable {
  /// Which call it was.
  public var name: CallName
  /// The descriptor it was made on; -1 for a call that opens one.
  public var descriptor: Int32
  /// The length in bytes or the flags it was made with; 0 if it takes neither.
  public var argument: Int
  /// What it returned; `-errno` if it failed.
  public var result: Int

  /// Describes a call.
  public init(_ name: CallName, on descriptor: Int32 = -1, argument: Int = 0, result: Int = 0) {
    self.name = name
    self.descriptor = descriptor
    self.argument = argument
    self.result = result
  }
}
