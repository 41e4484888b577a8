import Glibc
import SystemPackage

/// Prints one figure: name, value and unit, without spaces within.
func report(_ name: String, _ value: Double, _ unit: String) {
  let rounded = unit == "ratio" ? (value * 100).rounded() / 100 : value.rounded()
  write("\(name) \(rounded) \(unit)\n", to: .standardOutput)
}

/// Writes text at once, so that a figure is seen when it is measured.
func write(_ text: String, to descriptor: FileDescriptor) {
  _ = try? descriptor.writeAll(text.utf8)
}

// Words name what to measure; a path is that of the command, which is measured as a whole.
let words = CommandLine.arguments.dropFirst()
let command = words.first { $0.contains("/") }
let wanted = Set(words.filter { !$0.contains("/") })
let runsAll = wanted.isEmpty

do {
  // First: a program that is started counts the memory of the one that starts it as its own.
  if let command, runsAll || wanted.contains("run") { RunBenchmark(command: command).run(report) }
  if runsAll || wanted.contains("copy") { CopyBenchmark.run(report) }
  if runsAll || wanted.contains("step") { StepBenchmark.run(report) }
  if runsAll || wanted.contains("netmap") { try NetmapBenchmark.run(report) }
  if runsAll || wanted.contains("vale") { try ValeBenchmark.run(report) }
  if runsAll || wanted.contains("xen") { ChainBenchmark.run(report) }
  // Last: it enters a namespace of its own.
  if runsAll || wanted.contains("tap") { try TapBenchmark().run(report) }
} catch {
  write("bench: \(error)\n", to: .standardError)
  exit(77)
}
