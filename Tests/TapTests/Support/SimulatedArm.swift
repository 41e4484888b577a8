import NetBackend
import SystemPackage
import Tap

/// The simulated kernel.
struct SimulatedArm: KernelArm {
  let kernel = SimulatedTapKernel()
  var port: any TapPort { kernel.port }

  func inject(_ frame: [UInt8], _ header: VirtioNetHeader, into name: String) -> Int32 {
    code { () throws(Errno) in
      try kernel.inject(SimulatedTapFrame(frame, header: header), into: name)
    }
  }

  func removeInterface(_ name: String) -> Int32 {
    code { () throws(Errno) in try kernel.removeInterface(name) }
  }

  func makePersistent(_ name: String, flags: TapFlags, headerLength: Int) throws(Errno) {
    try kernel.createInterface(name, flags: flags, headerLength: headerLength)
  }

  func setMTU(_ name: String, to mtu: Int) -> Int32 {
    code { () throws(Errno) in try kernel.setMTU(name, to: mtu) }
  }

  func isReadable(_ descriptor: Int32) -> Bool { kernel.isReadable(descriptor) }

  func isHungUp(_ descriptor: Int32) -> Bool { kernel.isHungUp(descriptor) }

  private func code(_ body: () throws(Errno) -> Void) -> Int32 {
    do throws(Errno) {
      try body()
      return 0
    } catch {
      return error.rawValue
    }
  }
}
