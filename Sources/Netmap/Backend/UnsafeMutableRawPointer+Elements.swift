public import NetBackend

// Frames between one piece of memory and a list of elements. Short elements are copied without a call, so
// that what is at hand stays in registers.

extension UnsafeMutableRawPointer {
  /// Copies all elements here, one behind the other; there must be room for them.
  @inline(__always)
  func gather(_ elements: UnsafeBufferPointer<BufferElement>) {
    guard var element = elements.baseAddress else { return }
    let end = unsafe element + elements.count
    var target = unsafe self
    while unsafe element < end {
      let length = unsafe Int(bitPattern: element.pointee.length)
      if let base = unsafe element.pointee.base {
        unsafe target.copyShort(from: base, count: length)
      }
      unsafe target += length
      unsafe element += 1
    }
  }

  /// Copies all elements here, one behind the other; together they are at most `fewBytes` bytes.
  @inlinable
  @inline(__always)
  func gatherFew(_ elements: UnsafeBufferPointer<BufferElement>) {
    guard var element = elements.baseAddress else { return }
    let end = unsafe element + elements.count
    var target = unsafe self
    while unsafe element < end {
      let length = unsafe Int(bitPattern: element.pointee.length)
      if let base = unsafe element.pointee.base {
        unsafe target.copyFew(from: base, count: length)
      }
      unsafe target += length
      unsafe element += 1
    }
  }
}

extension UnsafeRawPointer {
  /// Copies at most `fewBytes` bytes from here to the elements, which must have room for them.
  @inline(__always)
  func scatterFew(_ count: Int, to elements: UnsafeBufferPointer<BufferElement>) {
    guard var element = elements.baseAddress else { return }
    var (source, left) = unsafe (self, UInt(bitPattern: count))
    while left > 0 {
      let length = unsafe min(element.pointee.length, left)
      if let base = unsafe element.pointee.base {
        unsafe base.copyFew(from: source, count: Int(bitPattern: length))
      }
      unsafe source += Int(bitPattern: length)
      left &-= length
      unsafe element += 1
    }
  }

  /// Copies `count` bytes from here to the elements, which must have room for them.
  @inline(__always)
  func scatter(_ count: Int, to elements: UnsafeBufferPointer<BufferElement>) {
    guard var element = elements.baseAddress else { return }
    var (source, left) = unsafe (self, UInt(bitPattern: count))
    while left > 0 {
      let length = unsafe min(element.pointee.length, left)
      if let base = unsafe element.pointee.base {
        unsafe base.copyShort(from: source, count: Int(bitPattern: length))
      }
      unsafe source += Int(bitPattern: length)
      left &-= length
      unsafe element += 1
    }
  }
}

extension UnsafeBufferPointer where Element == BufferElement {
  /// The sum of the lengths in bytes; the largest number there is if one of them is no length of an
  /// element.
  @inlinable
  @inline(__always)
  var sumOfLengths: UInt {
    guard var element = baseAddress else { return 0 }
    let end = unsafe element + self.count
    var (sum, bits): (UInt, UInt) = (0, 0)
    while unsafe element < end {
      sum &+= unsafe element.pointee.length
      bits |= unsafe element.pointee.length
      unsafe element += 1
    }
    // No sum of numbers of 32 bits, of which there is one for every 16 bytes of memory, overflows.
    return bits <= UInt(UInt32.max) ? sum : .max
  }

  /// Whether the elements have room for `count` bytes, which are some.
  @inline(__always)
  func hasRoom(for count: Int) -> Bool {
    guard var element = baseAddress else { return false }
    let end = unsafe element + self.count
    var left = UInt(bitPattern: count)
    while unsafe element < end {
      let length = unsafe element.pointee.length
      if length >= left { return true }
      left &-= length
      unsafe element += 1
    }
    return false
  }

  /// Says that a frame of `length` bytes, which the elements hold, lies in one buffer; neither kernel nor
  /// switch fills these two bytes of its header.
  @inline(never)
  func storeBufferCount(of length: Int) {
    guard length >= 12 else { return }
    unsafe withUnsafeBytes(of: UInt16(1).littleEndian) { count in
      // The elements are the caller's for the length of the call.
      _ = unsafe MutableScatterGatherList(unsafeElements: self).store(count, at: 10)
    }
  }

  /// The element at an index, which must be one of the list's.
  @inlinable
  @inline(__always)
  subscript(unchecked index: Int) -> BufferElement {
    unsafe baseAddress.unsafelyUnwrapped[index]
  }
}
