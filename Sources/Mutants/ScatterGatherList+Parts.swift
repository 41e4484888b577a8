internal import NetBackend

extension ScatterGatherList {
  /// The bytes of each element.
  var parts: [[UInt8]] {
    unsafe withUnsafeElements { elements in
      unsafe elements.map {
        unsafe Array(UnsafeRawBufferPointer(start: $0.base, count: Int($0.length)))
      }
    }
  }

  /// Where the first element lies, and how long it is.
  var firstElement: (address: UInt, length: UInt) {
    unsafe withUnsafeElements { elements in
      unsafe (UInt(bitPattern: elements.first?.base), elements.first?.length ?? 0)
    }
  }
}

extension MutableScatterGatherList {
  /// The length of the first element in bytes.
  var firstLength: UInt {
    unsafe withUnsafeElements { elements in unsafe elements.first?.length ?? 0 }
  }

  /// The room in front of the first empty element, in bytes.
  var lengthUpToEmpty: Int {
    unsafe withUnsafeElements { elements in
      unsafe elements.prefix { unsafe $0.length > 0 }.reduce(0) {
        unsafe $0 + Int(clamping: $1.length)
      }
    }
  }

  /// Stores a whole frame.
  ///
  /// - Parameter required: The room that is asked for, if it is not the frame's length.
  func deliver(_ frame: [UInt8], required: Int? = nil) throws(BackendError) -> Int {
    guard required ?? frame.count <= capacity else {
      throw BackendError(.noSpace(required: frame.count), call: "receive", subject: "tap0")
    }
    store(frame)
    return frame.count
  }
}
