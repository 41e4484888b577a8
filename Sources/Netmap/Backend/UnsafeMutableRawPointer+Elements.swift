public import NetBackend
public import RingMemory

// Frames between one piece of memory and a list of elements. Short ones are copied in the caller, without
// a call, so that what it has at hand stays in registers.

extension UnsafeMutableRawPointer {
  /// Copies all elements here, one behind the other; they are few bytes, for which there must be room.
  @inlinable
  @inline(__always)
  func gatherFew(_ elements: UnsafeBufferPointer<BufferElement>) {
    var target = unsafe self
    var index = 0
    while index < elements.count {
      let element = unsafe elements[unchecked: index]
      let length = unsafe Int(bitPattern: element.length)
      if let base = unsafe element.base { unsafe target.copyFew(from: base, count: length) }
      unsafe target += length
      index &+= 1
    }
  }

  /// Copies all elements here, one behind the other; there must be room for them.
  @inlinable
  @inline(__always)
  func gatherAny(_ elements: UnsafeBufferPointer<BufferElement>, _ total: Int) {
    if total <= fewBytes {
      unsafe gatherFew(elements)
    } else if elements.count == 1, let base = unsafe elements[unchecked: 0].base {
      unsafe copyMemory(from: base, byteCount: total)
    } else {
      unsafe gatherMany(elements)
    }
  }

  @inline(never)
  @usableFromInline
  func gatherMany(_ elements: UnsafeBufferPointer<BufferElement>) {
    var target = unsafe self
    for index in 0..<elements.count {
      let element = unsafe elements[unchecked: index]
      let length = unsafe Int(bitPattern: element.length)
      if let base = unsafe element.base { unsafe target.copyShort(from: base, count: length) }
      unsafe target += length
    }
  }
}

extension UnsafeRawPointer {
  /// Copies `count` bytes, which are few, from here to the elements; they must have room for them.
  @inlinable
  @inline(__always)
  func scatterFew(_ count: Int, to elements: UnsafeBufferPointer<BufferElement>) {
    var (source, left, index) = unsafe (self, count, 0)
    while left > 0, index < elements.count {
      let element = unsafe elements[unchecked: index]
      let length = unsafe Int(bitPattern: min(element.length, UInt(bitPattern: left)))
      if let base = unsafe element.base { unsafe base.copyFew(from: source, count: length) }
      unsafe source += length
      left &-= length
      index &+= 1
    }
  }

  /// Copies `count` bytes from here to the elements, which must have room for them.
  @inlinable
  @inline(__always)
  func scatterAny(_ count: Int, to elements: UnsafeBufferPointer<BufferElement>) {
    if count <= fewBytes {
      unsafe scatterFew(count, to: elements)
    } else if elements.count == 1, let base = unsafe elements[unchecked: 0].base {
      unsafe base.copyMemory(from: self, byteCount: count)
    } else {
      unsafe scatterMany(count, to: elements)
    }
  }

  @inline(never)
  @usableFromInline
  func scatterMany(_ count: Int, to elements: UnsafeBufferPointer<BufferElement>) {
    var (source, left, index) = unsafe (self, count, 0)
    while left > 0, index < elements.count {
      let element = unsafe elements[unchecked: index]
      let length = unsafe Int(bitPattern: min(element.length, UInt(bitPattern: left)))
      if let base = unsafe element.base { unsafe base.copyShort(from: source, count: length) }
      unsafe source += length
      left &-= length
      index &+= 1
    }
  }
}

extension UnsafeBufferPointer where Element == BufferElement {
  /// The element at an index, which must be one of the list's.
  @inlinable
  @inline(__always)
  subscript(unchecked index: Int) -> BufferElement {
    unsafe baseAddress.unsafelyUnwrapped[index]
  }
}
