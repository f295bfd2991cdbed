import JSON
import Testing
import Tools
import Upstream
import Vocabulary

private let get = OutgoingRequest(
    method: "GET",
    server: ServerAddress.example,
    path: "/pets/7",
    query: "api_key=secret"
)
private let post = OutgoingRequest(method: "POST", server: ServerAddress.example, path: "/pets")

extension ServerAddress {
    fileprivate static var example: ServerAddress {
        guard let address = try? ServerAddress("https://api.example.com/v1") else { preconditionFailure("no URL") }
        return address
    }
}

private func outcome(
    _ status: Int,
    _ body: String = "",
    type: String? = "application/json",
    headers: [String: String] = [:],
    isTruncated: Bool = false,
    to request: OutgoingRequest = get
) -> ToolCallOutcome {
    var headers = headers
    headers["content-type"] = type
    let answer = UpstreamAnswer(status: status, headers: headers, body: Array(body.utf8), isTruncated: isTruncated)
    return ToolCallOutcome(answer, to: request)
}

struct ToolCallOutcomeTests {
    @Test func `JSON comes out as it came in`() {
        let result = outcome(200, #"{"b":1.0, "a":[]}"#)
        #expect(result.content == [.text(#"{"b":1.0, "a":[]}"#)])
        #expect(result.structured?["b"] == .number(JSONNumber("1.0") ?? JSONNumber(0)))
        #expect(!result.isError)
        #expect(result.status == 200)
    }

    @Test func `only complete JSON is structured`() {
        #expect(outcome(200, "[1]").structured == [1])
        #expect(outcome(200, "null").structured == .null)
        #expect(outcome(200, "{").structured == nil)
        #expect(outcome(200, "{}", type: "text/plain").structured == nil)
        #expect(outcome(200, "{}", isTruncated: true).structured == nil)
        #expect(outcome(200, "{}", type: "application/hal+json; charset=utf-8").structured != nil)
    }

    @Test func `success without content is said`() {
        #expect(
            outcome(204).text == "The call succeeded: the API answered 204 No Content to GET /pets/7, with no content."
        )
        #expect(!outcome(204).isError)
    }

    /// A fault of peers: an empty body that is answered with an item which no model can read.
    @Test(arguments: ["", " ", "\r\n"], [200, 201, 204])
    func `fault: an empty body answered with a null item`(body: String, status: Int) {
        let result = outcome(status, body)
        #expect(result.content.count == 1)
        #expect(result.text.hasSuffix("to GET /pets/7, with no content."))
        #expect(result.structured == nil)
    }

    @Test func `headers are shown where they tell a model something`() {
        let place = outcome(201, "{}", headers: ["location": "/pets/8", "etag": "x"], to: post)
        #expect(place.content == [.text("{}"), .text("Location: /pets/8")])
        let page = outcome(200, "[]", headers: ["link": "</pets?page=2>; rel=\"next\"", "retry-after": "3"])
        #expect(page.content.last == .text("Link: </pets?page=2>; rel=\"next\""))
        #expect(outcome(204, headers: ["etag": "\"7\""]).content.last == .text("ETag: \"7\""))
        #expect(outcome(202, "", headers: ["retry-after": "3"]).content.last == .text("Retry-After: 3"))
        #expect(outcome(200, "{}", headers: ["location": "a\r\nb", "link": "x"]).content == [.text("{}")])
    }

    @Test func `a mark before UTF-8 is no part of the answer`() {
        let result = outcome(200, "\u{FEFF}{\"a\":1}")
        #expect(result.content == [.text("{\"a\":1}")])
        #expect(result.structured == ["a": 1])
    }

    @Test func `a cut answer says so and asks for less`() {
        let result = outcome(200, "[1,2,", isTruncated: true)
        #expect(result.content.first == .text("[1,2,"))
        #expect(result.text.contains("[Cut: only the first 5 bytes of the answer were read."))
        let torn = UpstreamAnswer(
            status: 200,
            headers: ["content-type": "text/plain"],
            body: [0x61, 0xC3],
            isTruncated: true
        )
        #expect(ToolCallOutcome(torn, to: get).content.first == .text("a"))
    }

    @Test func `an error names call, status, body and what to do`() {
        let result = outcome(404, #"{"error":"no pet 7"}"#)
        #expect(result.isError)
        #expect(result.problem == .upstreamFailed)
        #expect(
            result.text == """
                The API answered 404 Not Found to GET /pets/7: {"error":"no pet 7"}
                Check the identifiers among the arguments: what they name does not exist.
                """
        )
    }

    @Test(arguments: [
        (400, "Correct the arguments"), (422, "Correct the arguments"), (401, "credentials"), (403, "credentials"),
        (429, "wait a while before calling again"), (500, "The same call may be tried again later."), (418, "Check"),
    ])
    func `each status has its hint`(_ status: Int, _ hint: String) {
        #expect(outcome(status, "no").text.contains(hint))
        #expect(outcome(status, "no").isError)
    }

    @Test func `Retry-After is passed on`() {
        #expect(outcome(429, headers: ["retry-after": "30"]).text.contains("wait 30 seconds before calling again"))
        #expect(outcome(503, headers: ["retry-after": "30"]).text.hasSuffix("First wait 30 seconds."))
    }

    @Test func `a failure of a call that may have had an effect is not to be repeated blindly`() {
        #expect(outcome(502, to: post).text.contains("The call may have had an effect"))
    }

    @Test func `a long body of an error is cut`() {
        let text = outcome(500, String(repeating: "é", count: 5000), type: "text/plain").text
        #expect(text.filter { $0 == "é" }.count == 2000)
        #expect(text.contains("é…"))
    }

    @Test func `no sentence shows the query`() {
        for status in [200, 204, 302, 400, 500] { #expect(!outcome(status).text.contains("secret")) }
    }

    @Test(arguments: [
        ("https://other.example/x?token=1", "pointed to https://other.example; redirects"),
        ("//other.example:81/x", "pointed to https://other.example:81; redirects"),
        ("/login", "pointed to another path of the same host; redirects"),
        ("/login?next=https://other.example", "pointed to another path of the same host; redirects"),
        ("http://user:pw@h/", "pointed elsewhere; redirects"),
    ])
    func `a redirect says where it pointed to and that it is not followed`(_ location: String, _ clause: String) {
        let result = outcome(302, "moved", headers: ["location": location])
        #expect(result.isError)
        #expect(result.text.contains(clause))
        #expect(!result.text.contains("token"))
    }

    @Test func `images and sound are bytes with a sentence before`() {
        let image = outcome(200, "\u{1}png", type: "image/png")
        #expect(
            image.content == [
                .text("The call succeeded: the API answered 200 OK to GET /pets/7, with 4 bytes of image/png."),
                .image([1, 0x70, 0x6E, 0x67], mediaType: "image/png"),
            ]
        )
        #expect(outcome(200, "x", type: "audio/mpeg").content.last == .audio([0x78], mediaType: "audio/mpeg"))
        #expect(
            outcome(200, "x", type: "application/pdf").content.last == .binary([0x78], mediaType: "application/pdf")
        )
        #expect(outcome(200, "x", type: "image/png", isTruncated: true).content.count == 1)
    }

    @Test func `a body without a type is text where it reads as text`() {
        #expect(outcome(200, "hé", type: nil).content == [.text("hé")])
        #expect(outcome(200, "a\u{0}", type: nil).content.count == 2)
        let latin = UpstreamAnswer(
            status: 200,
            headers: ["content-type": "text/plain; charset=ISO-8859-1"],
            body: [0x68, 0xE9]
        )
        #expect(ToolCallOutcome(latin, to: get).content == [.text("hé")])
    }

    @Test(
        arguments: [
            ("shift_jis", [0x82, 0xA0], "; charset=shift_jis"),
            ("UTF-16LE", [0x68, 0x00, 0x69, 0x00], "; charset=utf-16le"),
            ("iso-2022-jp", [0x1B, 0x24, 0x42], "; charset=iso-2022-jp"), ("a b<c>", [0xE9], ""),
        ] as [(String, [UInt8], String)]
    )
    func `text of a charset that is not read is bytes that name it`(charset: String, body: [UInt8], named: String) {
        let answer = UpstreamAnswer(
            status: 200,
            headers: ["content-type": "text/plain; charset=\(charset)"],
            body: body
        )
        let result = ToolCallOutcome(answer, to: get)
        #expect(result.content.last == .binary(body, mediaType: "text/plain\(named)"))
        #expect(result.text.contains("with \(body.count) bytes of text/plain\(named)."))
        #expect(!result.text.contains("\u{FFFD}"))
        #expect(outcome(200, "{\"a\":\t1}\n", type: "application/json; charset=\(charset)").structured == ["a": 1])
    }

    @Test func `an answer that is packed all the same is not unpacked`() {
        let result = outcome(200, "x", headers: ["content-encoding": "gzip"])
        #expect(result.content.last == .binary([0x78], mediaType: "application/gzip"))
    }
}

@Suite(.timeLimit(.minutes(2)))
struct ToolCallerTests {
    @Test func `a call goes from arguments to what a model reads`() async throws {
        try await FakeUpstream.with(reply: .answer("200 OK", #"{"id":7}"#)) { upstream in
            try await withClient { client in
                let caller = ToolCaller(client: client, userAgent: "Slipway/1.0")
                let result = await caller.call(
                    .of("GET", "/pets/{id}", [.path("id")], security: [[.bearer]]),
                    arguments: ["id": 7],
                    variables: ["PETS_SERVER_URL": "http://127.0.0.1:\(upstream.port)", "PETS_TOKEN": "t"]
                )
                #expect(result.text == #"{"id":7}"#)
                #expect(result.structured == ["id": 7])
                #expect(upstream.requests.first?.contains("\r\nAuthorization: Bearer t\r\n") == true)
            }
        }
    }

    @Test func `whatever goes wrong is an outcome with a sentence`() async throws {
        try await withClient(allowing: []) { client in
            let caller = ToolCaller(client: client, userAgent: "Slipway/1.0")
            let inside = await caller.call(.of(server: "http://127.0.0.1:1"), arguments: [:], variables: [:])
            #expect(inside.problem == .upstreamRefused)
            #expect(inside.isError)
            let missing = await caller.call(.of(security: [[.bearer]]), arguments: [:], variables: [:])
            #expect(missing.problem == .variableMissing)
            let wrong = await caller.call(.of("GET", "/{id}", [.path("id")]), arguments: ["id": ".."], variables: [:])
            #expect(wrong.problem == .invalid)
        }
    }
}
