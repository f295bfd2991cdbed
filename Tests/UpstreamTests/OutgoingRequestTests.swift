import JSON
import Testing
import Tools
import Upstream

struct OutgoingRequestTests {
    @Test func `a request has method, address and the usual headers`() throws {
        let request = try makeRequest(.of("DELETE", "/pets"))
        #expect(request.method == "DELETE")
        #expect(request.url == "https://api.example.com/v1/pets")
        #expect(request.header("User-Agent") == "Slipway/1.0")
        #expect(request.header("Accept") == "application/json, */*;q=0.5")
        #expect(request.header("Content-Type") == nil)
        #expect(request.body == nil)
    }

    @Test(arguments: [
        #""..""#, #"".""#, #""../admin""#, #""a/../b""#, #""a\\..\\b""#, #"["..","x/.."]"#, #""x/.""#,
    ])
    func `a path value cannot climb`(_ value: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of("GET", "/pets/{id}", [.path("id")]), #"{"id":\#(value)}"#)
        }
        #expect(refusal?.kind == .argument("id"))
        #expect(
            refusal?.message
                == #"The argument "id" is a part of the path and must not be or hold a "." or ".." segment."#
        )
    }

    @Test func `a value and the text around it cannot make a segment that climbs`() throws {
        let pair = CallRecipe.of("GET", "/pets/{a}{b}/x", [.path("a"), .path("b")])
        #expect(throws: RequestRefusal.self) { try makeRequest(pair, #"{"a":".","b":"."}"#) }
        let label = CallRecipe.of("GET", "/pets/{a}", [.path("a", .label)])
        #expect(throws: RequestRefusal.self) { try makeRequest(label, #"{"a":"."}"#) }
    }

    @Test(arguments: [
        (CallRecipe.Parameter.path("id"), #"{"a":"."}"#, "a,."), (.path("id"), #"["..","x"]"#, "..,x"),
        (.path("id", .label), #""..""#, "..."), (.path("id", .matrix), #""..""#, ";id=.."),
    ])
    func `a dot that is not the whole segment is sent`(
        _ parameter: CallRecipe.Parameter,
        _ value: String,
        _ path: String
    )
        throws
    {
        #expect(try makeRequest(.of("GET", "/pets/{id}", [parameter]), #"{"id":\#(value)}"#).path == "/pets/\(path)")
    }

    @Test func `dots before a semicolon climb too`() throws {
        let recipe = CallRecipe.of("GET", "/pets/{id};v=1/x", [.path("id")])
        #expect(throws: RequestRefusal.self) { try makeRequest(recipe, #"{"id":".."}"#) }
    }

    @Test func `escapes stay in a path where the document allows what is reserved, and cannot climb`() throws {
        var parameter = CallRecipe.Parameter.path("id")
        parameter.allowsReserved = true
        let recipe = CallRecipe.of("GET", "/pets/{id}/x", [parameter])
        #expect(try makeRequest(recipe, #"{"id":"%41:b/c%"}"#).path == "/pets/%41:b%2Fc%25/x")
        for value in ["%2e%2E", "..%2Fa", "a%2f..", ".%5C"] {
            #expect(throws: RequestRefusal.self) { try makeRequest(recipe, #"{"id":"\#(value)"}"#) }
        }
    }

    @Test(arguments: [
        (CallRecipe.Parameter.Style.spaceDelimited, "a%20b%7Cc", "a b|c"), (.pipeDelimited, "a%7Cb%7Cc", "a|b|c"),
        (.tabDelimited, "a%09b%7Cc", "a\tb|c"),
    ])
    func `lists of paths and headers have the separators of Swagger`(
        _ style: CallRecipe.Parameter.Style,
        _ path: String,
        _ header: String
    ) throws {
        var field = CallRecipe.Parameter.header("X-List")
        field.style = style
        let recipe = CallRecipe.of("GET", "/pets/{ids}", [.path("ids", style), field])
        let request = try makeRequest(recipe, #"{"ids":["a","b|c"],"X-List":["a","b|c"]}"#)
        #expect(request.path == "/pets/\(path)")
        #expect(request.header("X-List") == header)
    }

    @Test(arguments: ["null", #""""#, "[]", "{}", #"[""]"#])
    func `an empty path value is refused`(_ value: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of("GET", "/pets/{id}", [.path("id")]), #"{"id":\#(value)}"#)
        }
        #expect(refusal?.message == #"The argument "id" is a part of the path and must not be empty."#)
    }

    @Test func `a required argument that is not there is named`() throws {
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(.of("GET", "/pets/{id}", [.path("id")])) }
        #expect(refusal?.message == #"The argument "id" is required and was not given."#)
    }

    @Test(arguments: ["TRACE", "CONNECT", "trace", "Connect", "GET / HTTP/1.1\r\nX: y", "A B", "A/B", "É", ""])
    func `methods that are not for APIs are not sent`(_ method: String) {
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(.of(method)) }
        #expect(refusal?.kind == .recipe)
    }

    @Test(arguments: ["Report", "M-SEARCH", "report", "X_1.~!"])
    func `a method of a document's own is sent as it is written`(_ method: String) throws {
        #expect(try makeRequest(.of(method)).method == method)
    }

    @Test func `what a path may hold as it is adds nothing to the path's own query`() throws {
        var parameter = CallRecipe.Parameter.path("id")
        parameter.allowsReserved = true
        let request = try makeRequest(.of("GET", "/pets/{id}?v={id}", [parameter]), #"{"id":"1&api_key=evil;b=%26"}"#)
        #expect(request.path == "/pets/1&api_key=evil;b=%26")
        #expect(request.query == "v=1%26api_key%3Devil%3Bb%3D%2526")
    }

    @Test func `a place in the path that no parameter fills is the recipe's fault`() throws {
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(.of("GET", "/pets/{id}")) }
        #expect(refusal?.kind == .recipe)
    }

    @Test func `the path of the document is encoded where it must be, and not twice`() throws {
        let request = try makeRequest(.of("GET", "/süß/a b/%20/{id}.json", [.path("id")]), #"{"id":7}"#)
        #expect(request.path == "/s%C3%BC%C3%9F/a%20b/%20/7.json")
    }

    @Test(arguments: [
        ("/responses?beta=true", "/responses", "beta=true"), ("/a?x=/b?c+d%20e&y", "/a", "x=/b?c+d%20e&y"),
        ("/a?x=ü [1]", "/a", "x=%C3%BC%20%5B1%5D"), ("/a?", "/a", nil), ("/a?x={id}&y=1", "/a", "x=%26z%3D1&y=1"),
    ])
    func `a path may have a query of its own, which goes first`(_ written: String, path: String, query: String?) throws
    {
        let parameters: [CallRecipe.Parameter] = [.path("id"), .query("q")]
        let request = try makeRequest(.of("GET", written, parameters), #"{"id":"&z=1"}"#)
        #expect(request.path == path)
        #expect(request.query == query)
        let more = try makeRequest(
            .of("GET", written, parameters, security: [[.key("key", in: .query, "PETS_KEY")]]),
            #"{"id":"&z=1","q":"v"}"#,
            variables: ["PETS_KEY": "k"]
        )
        #expect(more.query == (query.map { $0 + "&" } ?? "") + "q=v&key=k")
    }

    @Test(arguments: ["/a?{id}=x", "/a?k%65{id}=x", "/a?key={id}"])
    func `no argument takes a credential's place in the path's own query`(_ path: String) throws {
        let id = path.contains("%65") ? "y" : "key"
        let recipe = CallRecipe.of("GET", path, [.path("id")], security: [[.key("key", in: .query, "PETS_KEY")]])
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(recipe, #"{"id":"\#(id)"}"#, variables: ["PETS_KEY": "k"])
        }
        #expect(refusal?.kind == .argument("id"))
    }

    @Test(arguments: ["x\r\nHost: evil", "x\ny", "x\u{0}", "x\u{7F}"])
    func `a header value with control characters is refused`(_ value: String) throws {
        let arguments = JSONValue.object(["X-Name": .string(value)]).text
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of("GET", "/", [.header("X-Name")]), arguments)
        }
        #expect(refusal?.kind == .argument("X-Name"))
    }

    @Test(arguments: [
        "Host", "host", "Content-Length", "TRANSFER-ENCODING", "Connection", "Authorization", "Cookie", "X: y\r\nZ", "",
    ])
    func `an argument can never set a header that frames or authorises`(_ name: String) throws {
        let arguments = JSONValue.object(JSONObject([(name, "x")])).text
        #expect(throws: RequestRefusal.self) { try makeRequest(.of("GET", "/", [.header(name)]), arguments) }
        #expect(try makeRequest(.of("GET", "/", [.header(name)])).header(name) == nil)
    }

    @Test func `a header parameter replaces the usual header of its name`() throws {
        let request = try makeRequest(.of("GET", "/", [.header("user-agent")]), #"{"user-agent":"mine"}"#)
        #expect(request.headers.filter { $0.name.lowercased() == "user-agent" }.map(\.value) == ["mine"])
    }

    @Test func `Accept and Content-Type are not for parameters`() throws {
        let recipe = CallRecipe.of("POST", "/", [.header("Accept"), .header("Content-Type")], body: "application/json")
        let request = try makeRequest(recipe, #"{"Accept":"a/b","Content-Type":"c/d","body":1}"#)
        #expect(request.header("Accept") == "application/json, */*;q=0.5")
        #expect(request.header("Content-Type") == "application/json")
    }

    @Test func `trace headers are passed on where they are clean`() throws {
        let trace = TraceHeaders(traceparent: "00-a-b-01", tracestate: "x=1", baggage: "k=v\r\nX: y")
        let request = try makeRequest(.of(), trace: trace)
        #expect(request.header("traceparent") == "00-a-b-01")
        #expect(request.header("tracestate") == "x=1")
        #expect(request.header("baggage") == nil)
    }
}

struct RequestBodyTests {
    @Test func `a JSON body is the argument as it was given`() throws {
        let body = #"{"z":1.10,"a":[9007199254740993,1e400,null],"é":"\u000a/"}"#
        let request = try makeRequest(.of("POST", "/p", body: "application/merge-patch+json"), #"{"body":\#(body)}"#)
        let expected = #"{"z":1.10,"a":[9007199254740993,1e400,null],"é":"\n/"}"#
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(request.header("Content-Type") == "application/merge-patch+json")
    }

    @Test func `a body that was not given is not sent`() throws {
        let request = try makeRequest(.of("POST", "/p", body: "application/json"))
        #expect(request.body == nil)
        #expect(request.header("Content-Type") == nil)
    }

    @Test func `a body of null is sent`() throws {
        #expect(
            try makeRequest(.of("POST", "/p", body: "application/json"), #"{"body":null}"#).body == Array("null".utf8)
        )
    }

    @Test func `a form has a pair for each member and item`() throws {
        let recipe = CallRecipe.of("POST", "/p", body: "application/x-www-form-urlencoded")
        let request = try makeRequest(recipe, #"{"body":{"a":"x y&z","b":[1,2],"c":null}}"#)
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == "a=x%20y%26z&b=1&b=2")
    }
}

struct ServerAddressTests {
    @Test(arguments: [
        ("https://api.example.com/v1/", "https://api.example.com/v1/pets"),
        (" HTTP://API.Example.com:80\n", "http://api.example.com/pets"),
        ("https://api.example.com:8443", "https://api.example.com:8443/pets"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x/pets"),
        ("https://h/ü", "https://h/%C3%BC/pets"),
    ])
    func `the variable replaces the document's server`(_ setting: String, _ url: String) throws {
        #expect(try makeRequest(.of(), variables: ["PETS_SERVER_URL": setting]).url == url)
    }

    @Test(arguments: [
        "ftp://h", "h/v1", "//h/v1", "https://", "https:///v1", "https://user:secret@h", "https://h?x=1", "https://h#x",
        "https://h:0", "https://h:99999", "https://h:8a", "https://h\\@evil", "https://h h", "https://%31%32%37.0.0.1",
        "https://ｅxample.com", "https://[::1", "https://[127.0.0.1]", "https://[fe80::1%25eth0]", "https://{region}.h",
        "file:///etc/passwd", "https://h\r\nX: y",
    ])
    func `a server that is no plain URL names the variable and not its value`(_ setting: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of(), variables: ["PETS_SERVER_URL": setting])
        }
        #expect(refusal?.kind == .variables(["PETS_SERVER_URL"]))
        #expect(refusal?.message.contains("PETS_SERVER_URL") == true)
        #expect(refusal?.message.contains("secret") == false)
    }

    @Test(arguments: ["", "/v1"])
    func `a document without a server needs the variable`(_ server: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(.of(server: server)) }
        #expect(refusal?.kind == .variables(["PETS_SERVER_URL"]))
    }

    @Test func `no argument changes scheme, host or port`() throws {
        let recipe = CallRecipe.of("GET", "/{a}", [.path("a"), .query("q", reserved: true)])
        let request = try makeRequest(recipe, #"{"a":"@evil.example:1//x","q":"https://evil.example/?a#b"}"#)
        #expect(request.server == (try ServerAddress("https://api.example.com/v1")))
        #expect(request.url.hasPrefix("https://api.example.com/v1/%40evil.example%3A1%2F%2Fx?q=https://evil.example/"))
        #expect(!request.url.contains("#"))
    }
}
