import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fetches a document by its address, once, from the machine where the command runs.
enum DocumentDownload {
    private static let mostRedirects = 3
    private static let largest = 64 << 20
    private static let patience = TimeAmount.seconds(60)

    static func isAddress(_ text: String) -> Bool {
        ["http://", "https://"].contains(where: text.lowercased().hasPrefix)
    }

    /// The bytes that the address answers with status 200, of up to three redirects; from https none to http.
    ///
    /// - Throws: ``CommandFailure`` that says why there is no document.
    static func bytes(at address: String) async throws -> [UInt8] {
        let configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<[UInt8], any Error>
        do {
            result = .success(try await bytes(at: address, by: http))
        } catch {
            result = .failure(error)
        }
        try await http.shutdown()
        return try result.get()
    }

    private static func bytes(at address: String, by http: HTTPClient) async throws -> [UInt8] {
        let deadline = NIODeadline.now() + patience
        var address = address
        for _ in 0...mostRedirects {
            let response: HTTPClientResponse
            do {
                var request = HTTPClientRequest(url: try checked(address))
                request.headers.add(name: "Accept", value: "application/yaml, application/json, */*;q=0.5")
                request.headers.add(name: "User-Agent", value: "slipway/\(SlipwayCommand.version)")
                response = try await http.execute(request, deadline: deadline)
                if response.status == .ok {
                    return Array(buffer: try await response.body.collect(upTo: largest))
                }
            } catch let failure as CommandFailure {
                throw failure
            } catch is NIOTooManyBytesError {
                throw CommandFailure("what \(address) answers has more than \(largest >> 20) MiB.")
            } catch {
                throw CommandFailure("\(address) cannot be fetched: \(error)")
            }
            guard (301...308).contains(response.status.code), let location = response.headers.first(name: "Location")
            else { throw CommandFailure("\(address) answers \(response.status.code), not with a document.") }
            address = try next(after: address, location: location)
        }
        throw CommandFailure("\(address) is the end of more than \(mostRedirects) redirects; push the last address.")
    }

    /// A key in an address would stand in logs and in this shell's history.
    private static func checked(_ address: String) throws -> String {
        let rest = address[(address.firstRange(of: "://")?.upperBound ?? address.startIndex)...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard isAddress(address), !authority.isEmpty, !authority.contains("@") else {
            throw CommandFailure("\"\(address)\" is no http or https address without a user name.")
        }
        return String(address.prefix { $0 != "#" })
    }

    private static func next(after address: String, location: String) throws -> String {
        let origin = address.prefix { $0 != ":" } + "://"
        let host = address.dropFirst(origin.count).prefix { !"/?#".contains($0) }
        let target: String
        if location.contains("://") {
            target = location
        } else if location.hasPrefix("//") {
            target = "\(address.prefix { $0 != ":" }):\(location)"
        } else if location.hasPrefix("/") {
            target = "\(origin)\(host)\(location)"
        } else {
            let path = address.dropFirst(origin.count + host.count).prefix { !"?#".contains($0) }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
            target = "\(origin)\(host)\(folder)\(location)"
        }
        guard !address.lowercased().hasPrefix("https://") || !target.lowercased().hasPrefix("http://") else {
            throw CommandFailure("\(address) redirects to \(target) without TLS, which is not followed.")
        }
        return target
    }
}
