internal import CPcap
internal import Glibc

/// Facts about the machine, for reports and for the doctor.
enum HostFacts {
  /// The facts by name, in a fixed order.
  static var all: KeyValuePairs<String, String> {
    [
      "system": kernel.system,
      "kernel": kernel.release,
      "machine": kernel.machine,
      "libpcap": captureLibrary,
    ]
  }

  /// The facts by name.
  static var byName: [String: String] {
    Dictionary(all.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The version of libpcap, without the name that its own text begins with.
  private static var captureLibrary: String {
    // SAFETY: the library returns a string that is never freed.
    unsafe String(cString: pcap_lib_version()).split(separator: " ").first {
      $0.first?.isNumber == true
    }
    .map(String.init) ?? "unknown"
  }

  private static let kernel = readKernel()

  private static func readKernel() -> (system: String, release: String, machine: String) {
    var facts = utsname()
    guard unsafe uname(&facts) == 0 else { return ("unknown", "unknown", "unknown") }
    return (text(of: facts.sysname), text(of: facts.release), text(of: facts.machine))
  }

  /// The text in one of the fixed arrays of `utsname`, up to its terminating zero.
  private static func text<Bytes: BitwiseCopyable>(of bytes: Bytes) -> String {
    unsafe withUnsafeBytes(of: bytes) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
