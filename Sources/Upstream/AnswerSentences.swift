import NIOHTTP1

extension UpstreamAnswer {
    /// `404 Not Found`.
    var statusText: String {
        let phrase = HTTPResponseStatus(statusCode: status).reasonPhrase
        return phrase.isEmpty ? String(status) : "\(status) \(phrase)"
    }

    /// What a model reads about an answer that is not a success: what happened, what the API says, what to do.
    func errorSentence(to request: OutgoingRequest, body: AnswerBody, excerpt: Int) -> String {
        let start = "The API answered \(statusText) to \(request.summary)"
        if (300..<400).contains(status) { return start + redirectClause(from: request) }
        return start + body.excerpt(limit: excerpt, isTruncated: isTruncated) + "\n" + hint(for: request)
    }

    private func redirectClause(from request: OutgoingRequest) -> String {
        let end =
            "redirects are not followed. The API's server URL may have to be set to the new place; "
            + "other arguments will not help."
        guard let location = headers["location"], location.startsWithScheme || location.hasPrefix("//") else {
            return headers["location"] == nil ? "; " + end : " and pointed to another path of the same host; " + end
        }
        let absolute = location.hasPrefix("//") ? "\(request.server.scheme.rawValue):\(location)" : location
        let place = absolute.prefix { $0 != "?" && $0 != "#" }
        guard let target = try? ServerAddress(String(place)) else { return " and pointed elsewhere; " + end }
        return " and pointed to \(target.scheme.rawValue)://\(target.authority); " + end
    }

    private func hint(for request: OutgoingRequest) -> String {
        switch status {
        case 400, 422: "Correct the arguments and call again."
        case 401: "The API did not accept the environment's credentials, or needs some; other arguments will not help."
        case 403: "The environment's credentials may not do this; other arguments are unlikely to help."
        case 404, 410: "Check the identifiers among the arguments: what they name does not exist."
        case 405, 406, 415, 501: "The API does not offer this as its document says; other arguments will not help."
        case 409, 412, 423: "The state of what was named is in the way: read it again before another attempt."
        case 413, 414: "Send less: shorten the arguments."
        case 429: "Too many calls: " + waitHint("wait a while") + " before calling again."
        case 408, 425, 500...: request.repeatHint + (headers["retry-after"] == nil ? "" : " First \(waitHint("wait")).")
        default: "Check the arguments before calling again."
        }
    }

    /// `wait 30 seconds`, by Retry-After (RFC 9110, section 10.2.3).
    private func waitHint(_ usual: String) -> String {
        guard let text = headers["retry-after"]?.trimmed, !text.isEmpty, text.utf8.count <= 40 else { return usual }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return "wait \(text) seconds" }
        return "wait until \(text)"
    }
}

extension OutgoingRequest {
    /// `GET /pets/7`: without the query, which may hold a credential.
    var summary: String { "\(method) \(path)" }

    /// Whether the same call may be made again after one whose end is not known (RFC 9110, section 9.2.2).
    var repeatHint: String {
        if isSafe || ["PUT", "DELETE"].contains(method) {
            return "The same call may be tried again later."
        }
        return "The call may have had an effect: find out before you make it again."
    }
}
