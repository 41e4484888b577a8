import CLinux
import NetBackend
import Pcap
import SystemPackage
import Tap

/// The real kernel, in the network namespace of the calling thread.
final class LinuxArm: KernelArm {
  let port: any TapPort = LinuxTap()
  private var injectors: [String: OffloadInjector] = [:]

  func inject(_ frame: [UInt8], _ header: VirtioNetHeader, into name: String) -> Int32 {
    do throws(PcapError) {
      let injector = if let known = injectors[name] { known } else { try OffloadInjector(name) }
      injectors[name] = injector
      return injector.inject(frame, header: header.encoded(length: 10))
    } catch {
      return Errno.operationNotSupportedByDevice.rawValue
    }
  }

  func removeInterface(_ name: String) -> Int32 {
    injectors[name] = nil
    return -(unsafe clinux_remove_interface(name))
  }

  func makePersistent(_ name: String, flags: TapFlags, headerLength: Int) throws(Errno) {
    let descriptor = try port.openControl()
    _ = try port.attach(descriptor, to: name, flags: flags)
    try port.setHeaderLength(descriptor, to: headerLength)
    _ = clinux_tun_set_persistent(descriptor, 1)
    try port.close(descriptor)
  }

  func setMTU(_ name: String, to mtu: Int) -> Int32 {
    let socket = clinux_interface_socket()
    defer { _ = clinux_close(socket) }
    return -(unsafe clinux_set_interface_mtu(socket, name, Int32(mtu)))
  }

  func isReadable(_ descriptor: Int32) -> Bool {
    clinux_wait_readable(descriptor, 0) & 1 == 1 && !isHungUp(descriptor)
  }

  func isHungUp(_ descriptor: Int32) -> Bool { clinux_wait_readable(descriptor, 0) == 3 }
}
