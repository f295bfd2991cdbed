/// When a call is made again by itself: where the method is safe, and the answer says when.
struct RetryPolicy: Sendable {
    /// How often a call is made again, beside the first time.
    let limit: Int
    /// What is waited for at most.
    let longest: Duration

    static let usual = RetryPolicy(limit: 2, longest: .seconds(5))

    /// How long to wait before the call is made again; nothing where it is not. `remaining` is what is left of the
    /// call's time; `now` is in seconds since 1970.
    func wait(
        after answer: UpstreamAnswer,
        to request: OutgoingRequest,
        retries: Int,
        remaining: Duration,
        now: Int
    ) -> Duration? {
        guard request.isSafe, retries < limit, [429, 503].contains(answer.status),
            let wait = answer.retryAfter(now: now), wait <= longest, wait < remaining
        else { return nil }
        return wait
    }
}

extension OutgoingRequest {
    /// Whether the method asks for nothing but an answer (RFC 9110, section 9.2.1; QUERY: draft-ietf-httpbis-safe-method-w-body).
    var isSafe: Bool { ["GET", "HEAD", "OPTIONS", "QUERY"].contains(method) }
}

extension UpstreamAnswer {
    /// How long the API asks to wait (RFC 9110, section 10.2.3); nothing where it does not say, or not legibly.
    func retryAfter(now: Int) -> Duration? {
        guard let text = headers["retry-after"]?.trimmed, !text.isEmpty, text.utf8.count <= 40 else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return Int(text).map { .seconds($0) } }
        return HTTPDate.seconds(text).map { .seconds(max(0, $0 - now)) }
    }
}

/// Dates of HTTP, in the three forms that every reader must accept (RFC 9110, section 5.6.7).
enum HTTPDate {
    /// Seconds since 1970; nothing where the text is no date.
    static func seconds(_ text: String) -> Int? {
        let words = text.split { " ,-".contains($0) }.map(String.init)
        switch words.count {
        case 6 where words[5] == "GMT":
            // Sun, 06 Nov 1994 08:49:37 GMT, or Sunday, 06-Nov-94 08:49:37 GMT
            guard var year = Int(words[3]) else { return nil }
            if words[3].utf8.count == 2 { year += year < 70 ? 2000 : 1900 }
            return seconds(day: words[1], month: words[2], year: year, time: words[4])
        case 5:
            // Sun Nov  6 08:49:37 1994
            return Int(words[4]).flatMap { seconds(day: words[2], month: words[1], year: $0, time: words[3]) }
        default: return nil
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func seconds(day: String, month: String, year: Int, time: String) -> Int? {
        let clock = time.split(separator: ":").compactMap { Int($0) }
        guard let day = Int(day), (1...31).contains(day), let month = months.firstIndex(of: month), clock.count == 3,
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]),
            (1970...9999).contains(year)
        else { return nil }
        // Days since 1970-03-01 minus those before: years begin in March, so that the leap day is their last.
        let shifted = month >= 2 ? year : year - 1
        let days =
            shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (((month + 10) % 12) * 153 + 2) / 5 + day
        return (days - 719_469) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
