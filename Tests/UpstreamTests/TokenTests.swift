import Foundation
import JSON
import Synchronization
import Testing
import Tools
import Vocabulary

@testable import Upstream

private let secret = "s3cr3t:/+ ü"
private let variables = ["PETS_ID": "client 1", "PETS_SECRET": secret]

/// A token endpoint, an OpenID configuration and an API at one address.
private struct Provider: Sendable {
    var token: @Sendable (_ request: String, _ number: Int) -> FakeUpstream.Reply = { _, number in
        .answer("200 OK", #"{"access_token":"t\#(number)","token_type":"Bearer","expires_in":3600}"#)
    }
    /// The statuses of the API, by the token; 200 where there is none.
    var api: [String: String] = [:]
    var configuration = #"{"token_endpoint":"http://127.0.0.1:PORT/tok%20en?x=1"}"#
    /// Done as the API is called.
    var onCall: @Sendable () -> Void = {}

    func reply(port: @escaping @Sendable () -> Int) -> FakeUpstream.Reply {
        let count = Mutex(0)
        let me = self
        return .choice { request in
            if request.hasPrefix("POST /tok") {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                return me.token(request, number)
            }
            if request.hasPrefix("GET /.well-known/openid-configuration ") {
                return .answer("200 OK", me.configuration.replacing("PORT", with: String(port())))
            }
            me.onCall()
            let used = request.split(separator: "Authorization: Bearer ").dropFirst().first?.prefix { $0 != "\r\n" }
            return .answer(used.flatMap { me.api[String($0)] } ?? "200 OK", #"{"ok":true}"#)
        }
    }
}

/// What a test has in hand.
private struct Desk {
    let caller: ToolCaller
    let upstream: FakeUpstream
    let time: FakeClock

    static func with(
        _ provider: Provider = Provider(),
        timeout: Duration = .seconds(30),
        time: FakeClock = FakeClock(),
        _ body: (Desk) async throws -> Void
    ) async throws {
        let port = Mutex(0)
        let reply = provider.reply(port: { port.withLock { $0 } })
        try await FakeUpstream.with(reply: reply) { upstream in
            port.withLock { $0 = upstream.port }
            try await withClient { client in
                let caller = ToolCaller(
                    client: client,
                    userAgent: "Slipway/1.0",
                    timeout: timeout,
                    clock: time.clock
                )
                try await body(Desk(caller: caller, upstream: upstream, time: time))
            }
        }
    }

    func call(
        _ method: String = "GET",
        kind: CallRecipe.SecurityScheme.Kind = .clientCredentials(tokenURL: "/token", scopes: ["a", "b:c"]),
        path: String = "/pets",
        variables: [String: String] = variables
    ) async -> ToolCallOutcome {
        let names = ["PETS_TOKEN", "PETS_ID", "PETS_SECRET"]
        let scheme = CallRecipe.SecurityScheme(name: "o", kind: kind, variables: names)
        let server = "http://127.0.0.1:\(upstream.port)/v1"
        let hasID = path.contains("{id}")
        let recipe = CallRecipe.of(method, path, server: server, hasID ? [.path("id")] : [], security: [[scheme]])
        return await caller.call(recipe, arguments: hasID ? ["id": ".."] : [:], variables: variables)
    }

    var tokenRequests: [String] { upstream.requests.filter { $0.hasPrefix("POST /tok") } }
    var calls: [String] { upstream.requests.filter { $0.contains(" /v1/pets ") } }
}

@Suite(.timeLimit(.minutes(2)))
struct TokenTests {
    @Test func `a token is got as RFC 6749 says, used, and kept`() async throws {
        try await Desk.with { desk in
            for _ in 0..<3 { #expect(await desk.call().text == #"{"ok":true}"#) }
            #expect(desk.tokenRequests.count == 1)
            let request = try #require(desk.tokenRequests.first)
            #expect(request.hasPrefix("POST /token HTTP/1.1\r\n"))
            let pair = Data("client%201:s3cr3t%3A%2F%2B%20%C3%BC".utf8).base64EncodedString()
            #expect(request.contains("\r\nAuthorization: Basic \(pair)\r\n"))
            #expect(request.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"))
            #expect(request.hasSuffix("\r\n\r\ngrant_type=client_credentials&scope=a%20b%3Ac"))
            #expect(desk.calls.count == 3)
            #expect(desk.calls.allSatisfy { $0.contains("\r\nAuthorization: Bearer t1\r\n") })
        }
    }

    @Test func `a token is not used to its very end`() async throws {
        try await Desk.with { desk in
            _ = await desk.call()
            desk.time.advance(by: .seconds(3569))
            _ = await desk.call()
            #expect(desk.tokenRequests.count == 1)
            desk.time.advance(by: .seconds(2))
            _ = await desk.call()
            #expect(desk.tokenRequests.count == 2)
            #expect(desk.calls.last?.contains("Bearer t2\r\n") == true)
        }
    }

    @Test(arguments: [
        (#"{"access_token":"t"}"#, 299, 1), (#"{"access_token":"t"}"#, 301, 2),
        (#"{"access_token":"t","expires_in":"100"}"#, 79, 1), (#"{"access_token":"t","expires_in":"100"}"#, 81, 2),
        (#"{"access_token":"t","expires_in":0}"#, 0, 2), (#"{"access_token":"t","token_type":"bearer"}"#, 1, 1),
    ])
    func `how long a token is used`(answer: String, seconds: Int, requests: Int) async throws {
        try await Desk.with(Provider(token: { _, _ in .answer("200 OK", answer) })) { desk in
            _ = await desk.call()
            desk.time.advance(by: .seconds(seconds))
            #expect(await !desk.call().isError)
            #expect(desk.tokenRequests.count == requests)
        }
    }

    /// Texts that a reader of numbers takes, and that are none of seconds.
    @Test(arguments: ["nan", "-nan", "inf", "-inf", "infinity", "0x1p3", "1e3", "-1", " 1", ""])
    func `a lifetime that is no number of seconds says nothing`(text: String) async throws {
        let answer = #"{"access_token":"t","expires_in":"\#(text)"}"#
        try await Desk.with(Provider(token: { _, _ in .answer("200 OK", answer) })) { desk in
            #expect(await !desk.call().isError)
            desk.time.advance(by: .seconds(299))
            #expect(await !desk.call().isError)
            #expect(desk.tokenRequests.count == 1)
            desk.time.advance(by: .seconds(2))
            #expect(await !desk.call().isError)
            #expect(desk.tokenRequests.count == 2)
        }
    }

    @Test(arguments: ["1e400", #""99999999999999999999""#, "3.2e7"])
    func `a lifetime beyond a year is a year`(text: String) async throws {
        let answer = #"{"access_token":"t","expires_in":\#(text)}"#
        try await Desk.with(Provider(token: { _, _ in .answer("200 OK", answer) })) { desk in
            _ = await desk.call()
            desk.time.advance(by: .seconds(31_535_960))
            _ = await desk.call()
            #expect(desk.tokenRequests.count == 1)
            desk.time.advance(by: .seconds(20))
            _ = await desk.call()
            #expect(desk.tokenRequests.count == 2)
        }
    }

    @Test func `a new token after a 401 has what is left of the call's time`() async throws {
        let time = FakeClock()
        // The second token never comes; the call must not wait for it as long as it might have from its start.
        let provider = Provider(
            token: { _, number in number == 1 ? .answer("200 OK", #"{"access_token":"t1"}"#) : .silence },
            api: ["t1": "401 Unauthorized"],
            onCall: { time.advance(by: .seconds(600) - .milliseconds(100)) }
        )
        try await Desk.with(provider, timeout: .seconds(600), time: time) { desk in
            let outcome = await desk.call()
            #expect(outcome.problem == .upstreamTimeout)
            #expect(outcome.text.hasPrefix("No token could be got for the call."))
            #expect(desk.calls.count == 1)
        }
    }

    @Test func `a call whose time is over asks for no new token`() async throws {
        let time = FakeClock()
        let provider = Provider(api: ["t1": "401 Unauthorized"], onCall: { time.advance(by: .seconds(31)) })
        try await Desk.with(provider, time: time) { desk in
            #expect(await desk.call().problem == .upstreamTimeout)
            #expect(desk.tokenRequests.count == 1)
        }
    }

    @Test(arguments: [
        CallRecipe.SecurityScheme.Kind.clientCredentials(tokenURL: "http://auth.example/t?x", scopes: []),
        .openIDConnect(url: "http://auth.example/.well-known/openid-configuration", scopes: []),
    ])
    func `no secret goes out without TLS for an API that has TLS`(kind: CallRecipe.SecurityScheme.Kind) throws {
        let names = ["PETS_TOKEN", "PETS_ID", "PETS_SECRET"]
        let scheme = CallRecipe.SecurityScheme(name: "o", kind: kind, variables: names)
        let recipe = CallRecipe.of(security: [[scheme]])
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(recipe, variables: variables) }
        #expect(refusal?.kind == .recipe)
        #expect(refusal?.message.contains("at http://auth.example, is without TLS") == true)
        #expect(refusal?.message.contains("set PETS_TOKEN") == true)
        #expect(try makeRequest(recipe, variables: ["PETS_TOKEN": "t"]).header("Authorization") == "Bearer t")
        let plain = CallRecipe.of(server: "http://api.example.com", security: [[scheme]])
        #expect(try makeRequest(plain, variables: variables).header("Authorization") == nil)
    }

    @Test func `the plain token wins where it is set`() async throws {
        try await Desk.with { desk in
            let outcome = await desk.call(variables: variables.merging(["PETS_TOKEN": "mine"]) { $1 })
            #expect(!outcome.isError)
            #expect(desk.tokenRequests.isEmpty)
            #expect(desk.calls.first?.contains("\r\nAuthorization: Bearer mine\r\n") == true)
        }
    }

    @Test func `an endpoint that takes no Basic is given the credentials in the body, from then on at once`()
        async throws
    {
        for refusal in ["401 Unauthorized", "400 Bad Request"] {
            let provider = Provider(token: { request, number in
                request.contains("client_secret=")
                    ? .answer("200 OK", #"{"access_token":"t\#(number)","expires_in":10}"#)
                    : .answer(refusal, #"{"error":"invalid_client"}"#)
            })
            try await Desk.with(provider) { desk in
                #expect(await !desk.call().isError)
                #expect(desk.tokenRequests.count == 2)
                let body = "&client_id=client%201&client_secret=s3cr3t%3A%2F%2B%20%C3%BC"
                let second = try #require(desk.tokenRequests.last)
                #expect(second.hasSuffix(body))
                #expect(!second.contains("Authorization:"))
                desk.time.advance(by: .seconds(60))
                #expect(await !desk.call().isError)
                #expect(desk.tokenRequests.count == 3)
            }
        }
    }

    @Test(arguments: ["GET", "POST"])
    func `a 401 of the API lets the token go, and a safe call is made once more`(method: String) async throws {
        try await Desk.with(Provider(api: ["t1": "401 Unauthorized"])) { desk in
            let outcome = await desk.call(method)
            #expect(outcome.isError == (method == "POST"))
            #expect(desk.calls.count == (method == "POST" ? 1 : 2))
            #expect(await !desk.call(method).isError)
            #expect(desk.tokenRequests.count == 2)
        }
    }

    @Test func `an API that takes no token at all is called twice and not for ever`() async throws {
        try await Desk.with(Provider(api: ["t1": "401 Unauthorized", "t2": "401 Unauthorized"])) { desk in
            let outcome = await desk.call()
            #expect(outcome.status == 401)
            #expect(outcome.text.hasSuffix("It was called twice, the second time with a new token."))
            #expect(desk.calls.count == 2)
        }
    }

    @Test(arguments: [
        (
            "400 Bad Request", #"{"error":"invalid_scope","error_description":"SECRET"}"#,
            "400 Bad Request (invalid_scope)"
        ),
        ("401 Unauthorized", #"{"error":"invalid_client"}"#, "check PETS_ID and PETS_SECRET in the environment"),
        ("400 Bad Request", #"{"error":"SECRET <b>"}"#, "400 Bad Request: check"),
        ("500 Internal Server Error", "SECRET", "500 Internal Server Error"),
        ("302 Found", "SECRET", "302 Found"),
        ("200 OK", "SECRET", "answered without a token"), ("200 OK", "{}", "answered without a token"),
        ("200 OK", #"{"access_token":"a b"}"#, "answered without a token"),
        ("200 OK", #"{"access_token":"t","token_type":"mac"}"#, "no bearer token"),
    ])
    func `a token endpoint that fails is a sentence, without its answer`(
        status: String,
        answer: String,
        words: String
    ) async throws {
        let text = answer.replacing("SECRET", with: secret)
        try await Desk.with(Provider(token: { _, _ in .answer(status, text) })) { desk in
            let outcome = await desk.call()
            #expect(outcome.problem == .upstreamFailed)
            #expect(outcome.content.count == 1)
            #expect(outcome.text.contains(words), "\(outcome.text)")
            #expect(!outcome.text.contains("s3cr3t"))
            #expect(!"\(String(describing: outcome.cause))".contains("s3cr3t"))
            #expect(desk.calls.isEmpty)
        }
    }

    @Test func `a token endpoint inside is refused by the guard`() async throws {
        try await Desk.with { desk in
            let outcome = await desk.call(kind: .clientCredentials(tokenURL: "http://10.0.0.1/token", scopes: []))
            #expect(outcome.problem == .upstreamRefused)
            #expect(outcome.text.contains("SLIPWAY_ALLOWED_UPSTREAMS"))
            #expect(desk.upstream.requests.isEmpty)
        }
    }

    @Test func `an argument that cannot be sent is told before a token is asked for`() async throws {
        try await Desk.with { desk in
            #expect(await desk.call(path: "/pets/{id}").problem == .invalid)
            #expect(desk.upstream.requests.isEmpty)
        }
    }

    @Test(arguments: [
        ([:], "set PETS_TOKEN, or PETS_ID and PETS_SECRET."), (["PETS_ID": "x"], "set PETS_TOKEN, or PETS_SECRET."),
    ])
    func `missing variables are named before any request`(variables: [String: String], words: String) async throws {
        try await Desk.with { desk in
            let outcome = await desk.call(variables: variables)
            #expect(outcome.problem == .variableMissing)
            #expect(outcome.text.contains(words))
            #expect(desk.upstream.requests.isEmpty)
        }
    }

    @Test func `OpenID Connect asks the configuration for the token endpoint`() async throws {
        try await Desk.with { desk in
            let url = "http://127.0.0.1:\(desk.upstream.port)/.well-known/openid-configuration"
            for _ in 0..<2 { #expect(await !desk.call(kind: .openIDConnect(url: url, scopes: [])).isError) }
            #expect(desk.upstream.requests.count == 4)
            #expect(desk.tokenRequests.first?.hasPrefix("POST /tok%20en?x=1 HTTP/1.1\r\n") == true)
            #expect(desk.tokenRequests.first?.hasSuffix("\r\n\r\ngrant_type=client_credentials") == true)
        }
        let post =
            #"{"token_endpoint":"http://127.0.0.1:PORT/tok","token_endpoint_auth_methods_supported":["client_secret_post"]}"#
        try await Desk.with(Provider(configuration: post)) { desk in
            _ = await desk.call(kind: .openIDConnect(url: "/.well-known/openid-configuration", scopes: []))
            #expect(desk.tokenRequests.first?.contains("client_secret=") == true)
        }
    }

    @Test(arguments: ["{}", "no", #"{"token_endpoint":7}"#, #"{"token_endpoint":"/relative"}"#])
    func `a configuration that names no endpoint is a sentence`(configuration: String) async throws {
        try await Desk.with(Provider(configuration: configuration)) { desk in
            let outcome = await desk.call(kind: .openIDConnect(url: "/.well-known/openid-configuration", scopes: []))
            #expect(outcome.text.contains("names no token endpoint"))
            #expect(desk.calls.isEmpty)
        }
    }
}
