import XMLCoder

/// The root of a JUnit document.
struct JUnitDocument: Encodable, DynamicNodeEncoding {
  let name = "conformance"
  let tests: Int
  let failures: Int
  let errors: Int
  let skipped: Int
  let time: Double
  let testsuite: [JUnitSuite]

  init(suites: [JUnitSuite]) {
    tests = suites.reduce(0) { $0 + $1.tests }
    failures = suites.reduce(0) { $0 + $1.failures }
    errors = suites.reduce(0) { $0 + $1.errors }
    skipped = suites.reduce(0) { $0 + $1.skipped }
    time = suites.reduce(0) { $0 + $1.time }
    testsuite = suites
  }

  private enum CodingKeys: String, CodingKey {
    case name, tests, failures, errors, skipped, time, testsuite
  }

  static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding {
    key.stringValue == CodingKeys.testsuite.rawValue ? .element : .attribute
  }
}

/// The scenarios of one section.
struct JUnitSuite: Encodable, DynamicNodeEncoding {
  let name: String
  let tests: Int
  let failures: Int
  let errors: Int
  let skipped: Int
  let time: Double
  let testcase: [JUnitCase]

  init(name: String, cases: [JUnitCase]) {
    self.name = name
    tests = cases.count
    failures = cases.count { $0.failure != nil }
    errors = cases.count { $0.error != nil }
    skipped = cases.count { $0.skipped != nil }
    time = cases.reduce(0) { $0 + $1.time }
    testcase = cases
  }

  static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding {
    key.stringValue == "testcase" ? .element : .attribute
  }
}
