internal import NetBackend
internal import SystemPackage
internal import Tap

/// Backends that open in a wrong state, or leave something behind when they fail to.
enum OpeningMutants {
  static let all = states + leaks + sharing

  private static let states = [
    Mutant(tap: "tap.opens-enabled", breaks: "open/receive-starts-disabled", observed: "callback") {
      request,
      port throws(BackendError) in
      let backend = try TapBackend(request, port: port)
      backend.enableReceive()
      return backend
    },
    Mutant(
      tap: "tap.calls-back-while-opening",
      breaks: "open/no-callback-before-return",
      observed: "a callback began while the backend was not open"
    ) { request, port throws(BackendError) in
      let backend = try TapBackend(request, port: port)
      request.onReceive()
      return backend
    },
    Mutant(
      tap: "tap.opens-with-header",
      breaks: "open/header-starts-empty",
      observed: "header of 10 bytes"
    ) { request, port throws(BackendError) in
      let backend = try TapBackend(request, port: port)
      try backend.setFeatures([], headerLength: 10)
      return backend
    },
    Mutant(
      tap: "tap.leaves-descriptor-blocking",
      breaks: "open/descriptors-are-non-blocking",
      observed: "watched while blocking",
      tampering: { port, _ in port.onNonBlocking = { _ throws(Errno) in } }
    ),
    Mutant(
      tap: "tap.lets-children-inherit",
      breaks: "open/descriptors-are-not-inherited",
      observed: "inherited by child processes",
      tampering: { port, _ in port.onCloseOnExec = { _ throws(Errno) in } }
    ),
  ]

  private static let leaks = [
    Mutant(
      tap: "tap.leaks-descriptor-if-attach-fails",
      breaks: "open/failure-releases-everything",
      observed: "1 open",
      tampering: leaksIfAttachFails
    ),
    Mutant(
      tap: "tap.leaks-descriptor-if-watch-fails",
      breaks: "open/refused-watch-releases-everything",
      observed: "1 open",
      failing: { error, _, port in
        if error.call == "watch" { _ = try? port.openControl() }
        return error
      }
    ),
    Mutant(
      tap: "tap.stays-attached-after-failure",
      breaks: "open/failure-is-not-sticky",
      observed: "busy",
      failing: { error, request, port in
        let flags: TapFlags = [.tap, .noProtocolInformation, .vnetHeader]
        if error.call != "open /dev/net/tun", let leaked = try? port.openControl() {
          _ = try? port.attach(leaked, to: request.name, flags: flags)
        }
        return error
      }
    ),
    Mutant(
      tap: "tap.leaks-helper-socket",
      breaks: "open/many-times",
      observed: "20 open",
      tampering: leaksSocket
    ),
  ]

  private static let leaksIfAttachFails: @Sendable (inout TamperedPort, Mutant.RightPort) -> Void =
    {
      port,
      right in
      let refused = Remembered(false)
      port.onAttach = { descriptor, name, flags throws(Errno) in
        do throws(Errno) { return try right.attach(descriptor, to: name, flags: flags) } catch {
          refused.value = true
          throw error
        }
      }
      port.onClose = { descriptor throws(Errno) in
        if !refused.value { try right.close(descriptor) }
      }
    }

  private static let leaksSocket: @Sendable (inout TamperedPort, Mutant.RightPort) -> Void = {
    port,
    right in
    let sockets = Remembered<Set<Int32>>([])
    port.onSocket = { () throws(Errno) in
      let socket = try right.openSocket()
      sockets.value.insert(socket)
      return socket
    }
    port.onClose = { descriptor throws(Errno) in
      if !sockets.value.contains(descriptor) { try right.close(descriptor) }
    }
  }

  private static let lengths = SharedByLoop<Int>()

  private static let sharing = [
    Mutant(
      tap: "tap.opens-for-several-queues",
      breaks: "open/device-in-use-is-busy",
      observed: "opened as tap",
      tampering: { port, right in
        port.onAttach = { descriptor, name, flags throws(Errno) in
          try right.attach(descriptor, to: name, flags: flags.union(.multiQueue))
        }
      }
    ),
    Mutant(
      tap: "tap.shares-header-length",
      breaks: "open/instances-are-independent",
      observed: "header of 12 bytes",
      changing: { request in
        lengths[request.loop, default: 0] = 0
        return TamperedBackend.Changes {
          $0.set = { base, features, length throws(BackendError) in
            try base.setFeatures(features, headerLength: length)
            lengths[request.loop, default: 0] = length
          }
          $0.headerLength = { _ in lengths[request.loop, default: 0] }
        }
      }
    ),
  ]
}
