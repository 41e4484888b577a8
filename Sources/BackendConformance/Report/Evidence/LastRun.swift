internal import FoundationEssentials

/// What failed in the last run: a file of slugs, one a line.
public struct LastRun: Sendable {
  private let path: String

  /// The file beneath the folder in which evidence is kept.
  public init(root: String) { path = root.hasSuffix("/") ? root + "last" : root + "/last" }

  /// The slugs that failed.
  public func failed() throws(InputFileError) -> [String] {
    try InputFile.text(path).split(separator: "\n").map(String.init)
  }

  /// Keeps the slugs that failed, each once.
  public func keep(_ slugs: some Sequence<String>) throws(EvidenceError) {
    let root = String(path.dropLast("/last".count))
    if !Evidence.isFolder(root) { try Folder.create(root) }
    try Folder.write(Set(slugs).sorted().map { $0 + "\n" }.joined(), to: path)
  }
}
