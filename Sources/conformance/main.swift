internal import Glibc

// A namespace can be entered only while there is a single thread, so this comes before all else.
PrivateNetwork.enterIfAsked()
exit(Conformance.run(Array(CommandLine.arguments.dropFirst())))
