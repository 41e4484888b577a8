internal import CLinux
internal import Glibc

// A namespace can be entered only while there is a single thread, so this comes before all else.
PrivateNetwork.enterIfAsked()
// The allocator gives up to eight heaps to a processor, and what is freed into one stays with it. As many
// as processors keep threads apart, which are one more, and the memory small.
clinux_limit_heaps(Int32(clamping: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
exit(Conformance.run(Array(CommandLine.arguments.dropFirst())))
