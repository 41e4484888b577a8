import BackendConformance
import Testing

@Suite("Script files that play a netback's frontend")
struct XenScriptFileTests {
  @Test("A file says all that a script of slots, pages and keys can")
  func wholeFile() throws {
    let text = """
      schema: 1
      case: two packets
      steps:
        - connectFrontend: {feature-sg: null, request-rx-copy: "0"}
        - putSlots:
            ring: transmit
            slots:
              - {size: 150, flags: 0xc, id: 7, offset: 64}
              - {extra: 1, payload: fa0001000000}
              - {size: 50, page: 3, grant: 8}
            frame: {length: 150, seed: 2}
        - showSlots: {ring: transmit}
        - responses: {ring: transmit}
          expect: {responses: [{id: 7, status: 0}, {status: 1}, {status: -1}]}
        - putSlots: {ring: receive, queue: 1, slots: [{buffer: 5}, {buffer: }, {bytes: 0102}]}
        - putSlots: {ring: control, slots: [{control: 3, id: 9, data: [40], page: 2}]}
        - writeStore: {directory: frontend, key: state, value: }
        - receivedFrames: 1
          expect: {frames: 60}
      """
    let segmentation = XenSlot.segmentation(250)
    let expected = Script("two packets") {
      Guest.connect(["feature-sg": nil, "request-rx-copy": "0"])
      Guest.transmit(
        [
          .more(150, flags: 8, id: 7, offset: 64), segmentation, .last(50, page: 3, grant: 8),
        ],
        FramePattern(150, seed: 2)
      )
      Guest.responses([.okay(7), .null, .error()])
      Guest.put([.buffer(5), .buffer(), .bytes([1, 2])], in: .receive(1))
      Guest.put([.control(3, id: 9, data: [40], page: 2)], in: .control)
      Guest.write("state", nil)
      Guest.received([FramePattern(60)], queue: 1)
    }
    #expect(try Script(yaml: text, file: "a.yaml") == expected)
  }

  @Test("What an action usually shows need not be written, and what a question is answered must")
  func usualOutcomes() throws {
    let script = Script("short") {
      Guest.connect()
      Guest.post([.buffer(1)])
      Guest.raise(times: 3)
    }
    let text = """
      schema: 1
      case: short
      steps:
      - connectFrontend:
      - putSlots: {ring: receive, slots: [{buffer: 1}]}
      - showSlots: {ring: receive}
      - raiseChannel: {ring: transmit, times: 3}

      """
    #expect(script.yaml == text)
    #expect(try Script(yaml: text, file: "short.yaml") == script)
  }

  static let head = "schema: 1\ncase: x\nsteps:\n"

  @Test(
    "A malformed file is refused with the place, what was expected and what was found",
    arguments: [
      (
        "- putSlots: {ring: transmti, slots: []}",
        "f:4:20: expected transmit or receive or control, "
          + #"found "transmti"; did you mean "transmit"?"#
      ),
      (
        "- putSlots: {slots: []}",
        "f:4:13: expected the key ring, found no such key"
      ),
      (
        "- putSlots: {ring: transmit, slots: [{flags: 1}]}",
        "f:4:38: expected exactly one of size, extra, buffer, control, bytes, found none"
      ),
      (
        "- putSlots: {ring: transmit, slots: [{size: 1, buffer: 1}]}",
        "f:4:38: expected exactly one of size, extra, buffer, control, bytes, "
          + "found size and buffer"
      ),
      (
        "- putSlots: {ring: transmit, slots: [{extra: 1, id: 7}]}",
        #"f:4:49: expected one of the keys extra, flags, payload, found "id""#
      ),
      (
        "- putSlots: {ring: transmit, slots: [{size: 65536}]}",
        #"f:4:45: expected a whole number from 0 to 65535, found "65536""#
      ),
      (
        "- putSlots: {ring: transmit, slots: [{size: 1, page: 1024}]}",
        #"f:4:54: expected a whole number from 0 to 1023, found "1024""#
      ),
      (
        "- putSlots: {ring: transmit, slots: [{extra: 1, payload: '00000000000000'}]}",
        "f:4:58: expected at most 6 bytes, found 7"
      ),
      (
        "- putSlots: {ring: control, slots: [{control: 1, data: [1, 2, 3, 4]}]}",
        "f:4:56: expected at most 3 numbers, found 4"
      ),
      (
        "- showSlots: {ring: receive, queue: 1024}",
        #"f:4:37: expected a whole number from 0 to 1023, found "1024""#
      ),
      (
        "- raiseChannel: {ring: receive, times: 65537}",
        #"f:4:40: expected a whole number from 0 to 65536, found "65537""#
      ),
      (
        "- pageBytes: {ring: receive, page: 0, offset: 4000, count: 97}",
        #"f:4:60: expected a whole number from 0 to 96, found "97""#
      ),
      (
        "- storePage: {ring: receive, page: 0, offset: 4095, bytes: '0102'}",
        "f:4:60: expected at most 1 byte, found 2"
      ),
      (
        "- writeStore: {directory: backend, key: mac}",
        "f:4:15: expected the key value, found no such key"
      ),
      (
        "- writeStore: {directory: backend, key: mac, value: []}",
        "f:4:53: expected text or nothing, found a list"
      ),
      ("- connectFrontend: 1", #"f:4:20: expected a mapping, found "1""#),
      ("- copies: 1", #"f:4:11: expected nothing after copies, found "1""#),
      ("- storeStates:", "f:4:3: expected the key expect, found no such key"),
      (
        "- storeStates:\n  expect: {states: [x]}",
        #"f:5:21: expected a whole number, found "x""#
      ),
      (
        "- responses: {ring: transmit}\n  expect: {responses: [{stauts: 0}]}",
        "f:5:25: expected one of the keys id, status, offset, flags, type, payload, data, "
          + #"found "stauts"; did you mean "status"?"#
      ),
      (
        "- failGrant: {ring: transmit, page: -2, operation: copy, status: -1}",
        #"f:4:37: expected a whole number from -1 to 1023, found "-2""#
      ),
    ]
  )
  func malformed(step: String, message: String) {
    let error = #expect(throws: InputFileError.self) {
      try Script(yaml: Self.head + step, file: "f")
    }
    #expect(error?.description == message)
  }
}
