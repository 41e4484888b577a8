import Testing

@Suite("Wrong usage is refused in one sentence")
struct UsageTests {
  @Test(
    "with status 64 and the reason",
    arguments: [
      (["frob"], "Unexpected argument 'frob'"),
      (["run"], "name the backend to test, as in --backend sim:tap"),
      (["run", "--bakend", "x"], "Unknown option '--bakend'. Did you mean '--backend'?"),
      (["run", "--backend", "sim:tpa"], "unknown backend 'sim:tpa' (did you mean 'sim:tap'?)"),
      (["run", "--backend", "sim:nothing"], "known are sim:tap, sim:vmnet, "),
      (["run", "--backend", "sim:tap,vnet=off"], "sim:tap takes no options, so not 'vnet' either"),
      (["run", "--backend", "sim:tap,vnet"], "'vnet' is not of the form key=value"),
      (["run", "--backend", "sim:tap,a=1,a=2"], "'a' is given twice"),
      (["run", "--backend", "mutant:nonsense"], "unknown mutant 'nonsense'"),
      (["run", "--backend", "tap"], "'tap' names no interface; add a number, as in tap0"),
      (["run", "--backend", "tapestry"], "unknown backend 'tapestry'"),
      (["run", "--backend", "tap/0"], "'tap/0' cannot be an interface"),
      (["run", "--backend", "tap0123456789abc"], "'tap0123456789abc' cannot be an interface"),
      (["run", "--backend", ""], "unknown backend ''"),
      (["run", "--backend", "netmap"], "'netmap' is no netmap port: expected netmap:IF, as in"),
      (["run", "--backend", "netmap:"], "'netmap:' is no netmap port: expected netmap:IF"),
      (["run", "--backend", "netmap:a/y"], "'netmap:a/y' is no netmap port"),
      (["run", "--backend", "netmap:vale0:1"], "'netmap:vale0:1' is no netmap port"),
      (
        ["run", "--backend", "vale"], "'vale' is no netmap port: expected valeN:PORT, as in vale0:1"
      ),
      (["run", "--backend", "vale0"], "'vale0' is no netmap port: expected valeN:PORT"),
      (["run", "--backend", "vale0:"], "'vale0:' is no netmap port"),
      (["run", "--backend", "vale0:1234567890"], "at most 15 bytes"),
      (["run", "--backend", "vale0:1,slots=8"], "valeN:PORT takes no options"),
      (["run", "--backend", "valentine"], "unknown backend 'valentine'"),
      (["run", "--backend", "netmpa:eth0"], "(did you mean 'netmap:eth0'?)"),
      (["run", "--backend", "vael0:1"], "(did you mean 'vale0:1'?)"),
      (["run", "--backend", "sim:tap", "--profile", "strickt"], "unknown profile 'strickt'"),
      (["run", "--backend", "sim:tap", "--profile", "strct"], "(did you mean 'strict'?)"),
      (["run", "--backend", "sim:tap", "--report", "jnuit"], "unknown report format"),
      (["run", "--backend", "sim:tap", "--report", "json:"], "names no file behind the colon"),
      (["run", "--backend", "sim:tap", "--report", "json:/no/such/x"], "a folder that exists"),
      (["run", "--backend", "sim:tap", "--report", "json:/"], "a folder that exists"),
      (["run", "--backend", "sim:tap", "--report", "json", "--report", "junit"], "two reports"),
      (["run", "--backend", "sim:tap", "--seed", "many"], "'many' is invalid for '--seed"),
      (["run", "--backend", "sim:tap", "--color", "red"], "'red' is invalid for '--color"),
      (["run", "--backend", "sim:tap", "--shard", "9/8"], "is not a shard such as 2/8"),
      (["run", "--backend", "sim:tap", "recieve/none"], "matches no scenario"),
      (["run", "--backend", "sim:tap", "level:musst"], "is not one of must, should, may"),
      (["run", "--backend", "sim:tap", "--skip", "no/such"], "matches no scenario"),
      (["list", "--format", "xml"], "'xml' is invalid for '--format"),
      (["explain"], "Missing expected argument '<id>'"),
      (["explain", "receive/short-buffer-is-report"], "unknown requirement"),
      (["explain", "receive/short-buffer-is-reportd"], "(did you mean 'receive/short-buffer"),
      (["explain", "receive/short-buffer-is-reported", "--case", "99"], "so no case 99"),
      (["explain", "receive/short-buffer-is-reported", "--case", "0"], "so no case 0"),
      (["explain", "receive/short-buffer-is-reported", "--case", "x"], "'x' is invalid for"),
      (["replay"], "Missing expected argument '<file|dir>'"),
      (["explain-ring"], "Missing expected argument '<file>'"),
      (["explain-ring", "x", "--ring", "tx"], "'tx' is invalid for '--ring"),
      (["explain-ring", "x", "--policy", "xen"], "'xen' is invalid for '--policy"),
      (["schema", "evnt"], "unknown schema 'evnt' (did you mean 'event'?)"),
      (["doctor", "--backend", "eth"], "unknown backend 'eth'"),
    ]
  )
  func refused(arguments: [String], sentence: String) throws {
    let command = Command(arguments)
    try command.start()
    let result = command.result()
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.errors.contains(sentence))
    #expect(result.errors.hasPrefix("conformance: "))
    #expect(result.errors.filter { $0 == "\n" }.count == 1, "one line")
  }

  @Test(
    "An input file that is missing or malformed has status 66 and its place",
    arguments: [
      (["run", "--backend", "sim:tap", "@no-such-file"], "no-such-file: expected"),
      (["run", "--backend", "sim:tap", "--fixtures", "no-such"], "no-such: expected a directory"),
      (["run", "--backend", "sim:tap", "--fixtures", "empty"], "empty: expected YAML files"),
      (["run", "--backend", "sim:tap", "--fixtures", "bad"], "bad/x.yaml:3:1: expected"),
      (["run", "--backend", "sim:tap", "--fixtures", "astray"], "astray/x.yaml:7:14: expected"),
      (["run", "--backend", "sim:tap", "--failed"], ".conformance/last: expected"),
      (["replay", "no-such"], "no-such: expected"),
      (["replay", "empty"], "empty/script.yaml: expected"),
      (["replay", "bad/x.yaml", "--backend", "sim:tap"], "bad/x.yaml:3:1: expected"),
      (["replay", "astray/x.yaml", "--backend", "sim:tap"], "found \"receive/no-such\""),
    ]
  )
  func badInput(arguments: [String], sentence: String) throws {
    let folder = try Scratch()
    try folder.write("", to: "empty/readme.txt")
    try folder.write("schema: 1\ncase: x\nstpes: []\n", to: "bad/x.yaml")
    let astray = Fixture.passing + "requirement: receive/no-such\n"
    try folder.write(astray, to: "astray/x.yaml")
    let command = Command(arguments, in: folder)
    try command.start()
    let result = command.result()
    #expect(result.status == 66)
    #expect(result.output == "")
    #expect(result.errors.contains(sentence), "\(result.errors)")
  }

  @Test("A file that does not tell its backend needs one to be named")
  func replayWithoutBackend() throws {
    let folder = try Scratch()
    try folder.write(Fixture.passing, to: "x.yaml")
    let result = try Command.run("replay", "x.yaml", in: folder)
    #expect(result.status == 64)
    #expect(result.errors.contains("name one with --backend"))
  }

  @Test("What was not written is not passed off as written", arguments: ["json", "events"])
  func fullDisk(format: String) throws {
    let result = try Command.run(
      "run",
      "receive/*",
      "--backend",
      "sim:tap",
      "--report",
      "\(format):/dev/full"
    )
    #expect(result.status == 70)
    #expect(result.errors.contains("/dev/full: cannot write: No space left on device"))
  }
}
