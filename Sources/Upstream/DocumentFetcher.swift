/// Fetches a document by its address, under the same rules by which tools call APIs: each host is resolved, checked and
/// dialled as checked, that of each redirect too.
package struct DocumentFetcher: Sendable {
    private let client: UpstreamClient
    private let userAgent: String
    /// For all requests together.
    private let timeout: Duration
    private static let mostRedirects = 3

    /// A fetcher whose requests go out by `client`, which its owner shuts down; how much of an answer it keeps is how
    /// large a document may be.
    package init(client: UpstreamClient, userAgent: String, timeout: Duration = .seconds(30)) {
        self.client = client
        self.userAgent = userAgent
        self.timeout = timeout
    }

    /// Why there is no document.
    package enum Failure: Error, Sendable {
        /// The address, or one that it leads to, is none that can be fetched; a sentence.
        case badAddress(String)
        /// No answer came.
        case unanswered(UpstreamFailure)
        /// An answer came that is no document; a sentence.
        case wrongAnswer(String)
        /// The document is larger than what the client keeps.
        case tooLarge
    }

    /// What an address answered with status 200.
    package func document(at address: String) async throws(Failure) -> UpstreamAnswer {
        var url = try FetchedAddress(address)
        let end = ContinuousClock.now + timeout
        for _ in 0...Self.mostRedirects {
            let answer: UpstreamAnswer
            do throws(UpstreamFailure) {
                answer = try await client.perform(request(to: url), timeout: end - ContinuousClock.now)
            } catch {
                throw .unanswered(error)
            }
            switch answer.status {
            case 200:
                if answer.isTruncated { throw .tooLarge }
                return answer
            case 301, 302, 303, 307, 308:
                guard let location = answer.headers["location"] else {
                    throw .wrongAnswer("\(url.server.authority) redirects without saying where.")
                }
                url = try url.redirected(to: location)
            default:
                throw .wrongAnswer(
                    "\(url.server.authority) answered with status \(answer.status), not with a document."
                )
            }
        }
        throw .wrongAnswer("The address redirects more than \(Self.mostRedirects) times.")
    }

    private func request(to url: FetchedAddress) -> OutgoingRequest {
        OutgoingRequest(
            method: "GET",
            server: url.server,
            path: url.path,
            query: url.query,
            headers: [
                .init("Accept", "application/yaml, application/json, application/zip, */*;q=0.5"),
                .init("User-Agent", userAgent),
            ]
        )
    }
}

/// An absolute address, its fragment left out: it is not for servers.
struct FetchedAddress: Hashable {
    /// Scheme, host and port alone: a slash at the end of a path means something here.
    let server: ServerAddress
    /// Percent-encoded; empty, or with a `/` at its start.
    let path: String
    let query: String?

    init(_ text: String) throws(DocumentFetcher.Failure) {
        let whole = text.prefix { $0 != "#" }
        let base = whole.prefix { $0 != "?" }
        let isQueried = base.endIndex < whole.endIndex
        query = isQueried ? PercentEncoding.url.encode(String(whole[base.endIndex...].dropFirst())) : nil
        let authority = base.firstRange(of: "://")?.upperBound ?? base.startIndex
        let end = base[authority...].firstIndex(of: "/") ?? base.endIndex
        path = PercentEncoding.url.encode(String(base[end...]))
        do throws(ServerAddress.Malformed) {
            // What is wrong with a path is found in the whole.
            _ = try ServerAddress(String(base))
            server = try ServerAddress(String(base[..<end]))
        } catch {
            throw .badAddress("The address cannot be fetched, since \(error.clause).")
        }
    }

    /// Where an answer leads to (RFC 9110, section 10.2.2). From https it may not go on without TLS.
    func redirected(to location: String) throws(DocumentFetcher.Failure) -> FetchedAddress {
        let target: String
        if location.startsWithScheme {
            target = location
        } else if location.hasPrefix("//") {
            target = "\(server.scheme.rawValue):\(location)"
        } else if location.hasPrefix("/") {
            target = server.origin + location
        } else {
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
            target = "\(server.origin)\(folder)\(location)"
        }
        let next = try FetchedAddress(target)
        guard server.scheme == .http || next.server.scheme == .https else {
            throw .badAddress("\(server.authority) redirects from https to http, which is not followed.")
        }
        return next
    }
}
