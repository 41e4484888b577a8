internal import BackendConformance
internal import ArgumentParser
internal import Foundation
internal import Glibc

/// A run from its options to its exit status.
struct Session {
  private let backend: SelectedBackend
  private let selected: [Suite.Selected]
  private let options: PlayOptions
  private let profile: Profile
  private let reports: [ReportRequest]
  /// What is played for each requirement.
  var playlist = Playlist()
  /// Whether a run in which nothing ran is a success.
  var allowsEmpty = false
  /// The failures that are known, if a file of them was named.
  var knownFailures: KnownFailureFile?
  /// Where evidence is saved; `nil` to save none.
  var evidenceRoot: String?
  /// The evidence that is played again; a failure points back to it.
  var replayed: String?

  /// Checks what can be wrong before anything is opened.
  init(
    _ backend: SelectedBackend,
    _ selected: [Suite.Selected],
    _ options: PlayOptions,
    recordedProfile: String? = nil
  ) throws(CommandFailure) {
    self.backend = backend
    self.selected = selected
    self.options = options
    profile = try KnownProfiles.profile(options.profile ?? recordedProfile)
    reports = try ReportRequest.all(options.report)
  }

  /// Plays, reports, and ends with the status that the outcome has.
  func run() throws {
    let place = try backend.enter()
    let interruption = Interruption()
    _ = signal(SIGPIPE, SIG_IGN)
    let ready = try backend.makeReady(at: place)
    defer { ready.finish() }
    throw ExitCode(try play(on: ready, interruption).rawValue)
  }

  private func play(
    on ready: ReadyBackend,
    _ interruption: Interruption
  ) throws(CommandFailure) -> ExitStatus {
    let suite = suite(of: ready.factories, interruption)
    let outlets = try RunReports(
      reports,
      text: TextReport(color: options.color.isColored, verbose: options.verbose),
      total: suite.count
    )
    outlets.receive(.runStart(description))
    let outcome = suite.run(emit: outlets.receive)
    let status = try conclude(outcome, interruption)
    outlets.receive(.runEnd(exit: Int(status.rawValue), summary: outcome.summary))
    outlets.finish()
    if let failure = outlets.failure { throw failure }
    return status
  }

  private var description: RunDescription {
    RunDescription(
      suiteVersion: Suite.version,
      backend: backend.name,
      profile: profile.name,
      seed: options.seed.value,
      host: HostFacts.byName
    )
  }

  private func suite(
    of factories: [TestbenchFactory],
    _ interruption: Interruption
  ) -> Suite {
    var suite = Suite(selected: selected, factories: factories, profile: profile)
    suite.scripts = { [playlist] in playlist.scripts(for: $0) }
    if let knownFailures { suite.adjust = knownFailures.adjust }
    suite.shouldStop = { interruption.isAsked }
    suite.saveEvidence = evidenceSaver
    // One more than can run, as now and then one waits.
    suite.threads = ProcessInfo.processInfo.activeProcessorCount + 1
    return suite
  }

  private var evidenceSaver: (PlayedScenario) -> String? {
    if let replayed { return { _ in replayed } }
    guard let evidenceRoot else { return { _ in nil } }
    let store = EvidenceStore(root: evidenceRoot, run: description)
    return { scenario in
      do throws(EvidenceError) {
        return try store.save(scenario)
      } catch {
        StandardError.note("evidence was not saved: \(error)")
        return nil
      }
    }
  }

  /// Tells what a person must know besides the reports, and returns the status to end with.
  private func conclude(
    _ outcome: Suite.Outcome,
    _ interruption: Interruption
  ) throws(CommandFailure) -> ExitStatus {
    for fault in outcome.suiteFaults { StandardError.note("a fault of the suite: \(fault)") }
    keepFailures(outcome)
    if let status = interruption.status, outcome.wasStopped {
      StandardError.note("interrupted; what was written is valid")
      return status
    }
    let status = ExitStatus(
      outcome.summary,
      hasStaleEntries: try knownFailures?.conclude(among: slugs) ?? false,
      suiteFaults: !outcome.suiteFaults.isEmpty,
      allowsEmpty: allowsEmpty
    )
    if status == .nothingRan { StandardError.note("nothing ran; --allow-empty permits that") }
    return status
  }

  private var slugs: Set<String> {
    Set((Catalogue.all + playlist.requirements).map(\.slug))
  }

  private func keepFailures(_ outcome: Suite.Outcome) {
    guard let evidenceRoot, !outcome.wasStopped else { return }
    do throws(EvidenceError) {
      try LastRun(root: evidenceRoot).keep(outcome.failures.map(\.result.requirement.slug))
    } catch {
      StandardError.note("what failed was not kept for --failed: \(error)")
    }
  }
}
