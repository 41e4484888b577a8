internal import CLinux
internal import Glibc

// A namespace can be entered only while there is a single thread, so this comes before all else.
PrivateNetwork.enterIfAsked()
// What threads free lies unused in a heap of their own; no more of them run at once than share these.
clinux_limit_heaps(2)
exit(Conformance.run(Array(CommandLine.arguments.dropFirst())))
