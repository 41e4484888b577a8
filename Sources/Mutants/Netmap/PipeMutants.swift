internal import NetBackend
internal import Netmap
internal import SystemPackage

/// Netmap backends that are no use at the ends of a pipe.
enum PipeMutants {
  static let all = [
    Mutant(
      netmap: "netmap.loses-what-a-slow-receiver-leaves",
      breaks: "pipe/slow-receiver-holds-the-sender",
      observed: "60 bytes, no error",
      sending: { (_, base, frame) throws(BackendError) in
        try base.send(bytes: frame.bytes) ?? frame.bytes.count
      }
    ),
    Mutant(
      netmap: "netmap.cuts-chains-in-a-pipe",
      breaks: "pipe/chains-arrive-whole",
      observed: "64 bytes, no error",
      sending: { (rings, base, frame) throws(BackendError) in
        let cut = rings.transmit.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base) { (number, _) in
          number == 0 && cut.count > 2 ? .moreFragments : []
        }
      }
    ),
    Mutant(
      netmap: "netmap.leaves-announcing-to-others",
      breaks: "pipe/either-end-is-announced",
      observed: "0 seen",
      port: { port in port.onTransmit = { (_, _) throws(Errno) in } }
    ),
  ]
}
