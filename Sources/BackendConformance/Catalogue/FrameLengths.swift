/// Lengths of frames in bytes at which backends have been seen to go wrong.
enum FrameLengths {
  /// From the shortest frame to the longest that every far side can inject.
  ///
  /// Around the Ethernet header, the shortest frame on a wire, a full frame with and without a VLAN
  /// tag, the buffers of netmap, pages, jumbo frames, and the largest packet of IP.
  static let common = [
    14, 15, 59, 60, 61, 1513, 1514, 1515, 1518, 2047, 2048, 2049, 4095, 4096, 4097, 9014, 9018,
    16_384, 32_768, 65_535,
  ]

  /// Longer than that: the largest packet of IP behind an Ethernet header, with and without a tag.
  static let longest = [65_536, 65_549, 65_550, 65_553]

  /// Where two elements of the longest frames are cut.
  static let few = [14, 60, 1514, 9014, 65_535]
}
