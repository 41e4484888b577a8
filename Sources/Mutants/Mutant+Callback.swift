internal import NetBackend
internal import Tap

extension Mutant {
  /// A tap backend that is right but for what happens between it and the callback.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    callback: any WrongCallback.Type
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      callback.willOpen(request)
      let (target, original) = (CallbackTarget(), request.onReceive)
      var request = request
      request.onReceive = {
        guard let backend = target.backend else { return original() }
        backend.callBack(original)
      }
      let wrong = callback.init(try TapBackend(request, port: port), request)
      target.point(to: wrong)
      return wrong
    }
  }
}
