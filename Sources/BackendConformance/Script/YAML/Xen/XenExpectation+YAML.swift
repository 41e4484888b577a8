import Yams

extension XenExpectation {
  /// The key of the outcome, and what stands after it.
  var field: (key: String, value: Node) { ("xen", .text(description)) }
}
