import Glibc

/// Prints one figure: name, value and unit, without spaces within.
func report(_ name: String, _ value: Double, _ unit: String) {
  let rounded = unit == "ratio" ? (value * 100).rounded() / 100 : value.rounded()
  print("\(name) \(rounded) \(unit)")
}

setvbuf(unsafe stdout, nil, _IOLBF, 0)
let wanted = Set(CommandLine.arguments.dropFirst())
let runsAll = wanted.isEmpty

do {
  if runsAll || wanted.contains("copy") { CopyBenchmark.run(report) }
  if runsAll || wanted.contains("step") { StepBenchmark.run(report) }
  // Last: it enters a namespace of its own.
  if runsAll || wanted.contains("tap") { try TapBenchmark().run(report) }
} catch {
  fputs("bench: \(error)\n", unsafe stderr)
  exit(77)
}
