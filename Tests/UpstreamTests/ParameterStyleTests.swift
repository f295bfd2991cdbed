import JSON
import Testing
import Tools
import Upstream

private typealias Style = CallRecipe.Parameter.Style

/// A row of the tables of OpenAPI 3.1.1, 4.8.12.4.
struct StyleCase: Sendable, CustomTestStringConvertible {
    let style: CallRecipe.Parameter.Style
    let explode: Bool
    let value: String
    let expected: String

    init(_ style: CallRecipe.Parameter.Style, _ explode: Bool, _ value: String, _ expected: String) {
        self.style = style
        self.explode = explode
        self.value = value
        self.expected = expected
    }

    var testDescription: String { "\(style)\(explode ? "*" : "") \(value)" }
}

private let list = #"["blue","black","brown"]"#
private let map = #"{"R":100,"G":200,"B":150}"#

struct ParameterStyleTests {
    @Test(arguments: [
        StyleCase(.simple, false, #""blue""#, "blue"),
        StyleCase(.simple, false, list, "blue,black,brown"),
        StyleCase(.simple, true, list, "blue,black,brown"),
        StyleCase(.simple, false, map, "R,100,G,200,B,150"),
        StyleCase(.simple, true, map, "R=100,G=200,B=150"),
        StyleCase(.label, false, #""blue""#, ".blue"),
        StyleCase(.label, false, list, ".blue,black,brown"),
        StyleCase(.label, true, list, ".blue.black.brown"),
        StyleCase(.label, false, map, ".R,100,G,200,B,150"),
        StyleCase(.label, true, map, ".R=100.G=200.B=150"),
        StyleCase(.matrix, false, #""blue""#, ";color=blue"),
        StyleCase(.matrix, false, list, ";color=blue,black,brown"),
        StyleCase(.matrix, true, list, ";color=blue;color=black;color=brown"),
        StyleCase(.matrix, false, map, ";color=R,100,G,200,B,150"),
        StyleCase(.matrix, true, map, ";R=100;G=200;B=150"),
        StyleCase(.matrix, false, #""""#, ";color"),
        StyleCase(.matrix, true, #""""#, ";color"),
        StyleCase(.matrix, true, #"["","x"]"#, ";color;color=x"),
        StyleCase(.matrix, true, #"{"R":"","G":1}"#, ";R;G=1"),
        StyleCase(.matrix, false, #"["",null,"x"]"#, ";color=,x"),
        StyleCase(.label, false, #"["","x"]"#, ".,x"),
        StyleCase(.simple, false, #"["x",{"a":[1.0]}]"#, "x,%7B%22a%22%3A%5B1.0%5D%7D"),
        StyleCase(.simple, false, #""a,b c/d?e#f%2Fg;h=é""#, "a%2Cb%20c%2Fd%3Fe%23f%252Fg%3Bh%3D%C3%A9"),
        StyleCase(.simple, false, #"["a,b","c"]"#, "a%2Cb,c"),
        StyleCase(.simple, false, #""..a""#, "..a"),
        StyleCase(.simple, false, #""%2e%2e""#, "%252e%252e"),
        StyleCase(.simple, false, #""a\r\nHost: x\u0000""#, "a%0D%0AHost%3A%20x%00"),
        StyleCase(.simple, false, "1.10", "1.10"),
        StyleCase(.simple, false, "9007199254740993", "9007199254740993"),
        StyleCase(.simple, false, "true", "true"),
    ])
    func `a path value is written as its style says`(_ row: StyleCase) throws {
        let recipe = CallRecipe.of("GET", "/p/{color}/x", [.path("color", row.style, explode: row.explode)])
        let request = try makeRequest(recipe, #"{"color":\#(row.value)}"#)
        #expect(request.path == "/p/\(row.expected)/x")
        #expect(request.url == "https://api.example.com/v1/p/\(row.expected)/x")
    }

    @Test(arguments: [
        StyleCase(.form, true, #""blue""#, "color=blue"),
        StyleCase(.form, false, #""blue""#, "color=blue"),
        StyleCase(.form, true, #""""#, "color="),
        StyleCase(.form, true, list, "color=blue&color=black&color=brown"),
        StyleCase(.form, false, list, "color=blue,black,brown"),
        StyleCase(.form, true, map, "R=100&G=200&B=150"),
        StyleCase(.form, false, map, "color=R,100,G,200,B,150"),
        StyleCase(.spaceDelimited, false, list, "color=blue%20black%20brown"),
        StyleCase(.spaceDelimited, false, map, "color=R%20100%20G%20200%20B%20150"),
        StyleCase(.spaceDelimited, true, list, "color=blue&color=black&color=brown"),
        StyleCase(.pipeDelimited, false, list, "color=blue%7Cblack%7Cbrown"),
        StyleCase(.pipeDelimited, false, map, "color=R%7C100%7CG%7C200%7CB%7C150"),
        StyleCase(.deepObject, true, map, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        StyleCase(
            .deepObject,
            true,
            #"{"a":{"b":1},"c":[2,3],"d":null}"#,
            "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D=2&color%5Bc%5D=3"
        ),
        StyleCase(.form, false, #""""#, "color="),
        StyleCase(.form, false, #"["","x"]"#, "color=,x"),
        StyleCase(.tabDelimited, false, list, "color=blue%09black%09brown"),
        StyleCase(.tabDelimited, false, map, "color=R%09100%09G%09200%09B%09150"),
        StyleCase(.pipeDelimited, true, list, "color=blue&color=black&color=brown"),
        StyleCase(.deepObject, true, #"{"a":{"b":[]},"c":{}}"#, ""),
        StyleCase(.form, true, #""a b+c&d=e#f/é""#, "color=a%20b%2Bc%26d%3De%23f%2F%C3%A9"),
        StyleCase(.form, false, #"["a,b","c"]"#, "color=a%2Cb,c"),
        StyleCase(.form, true, #"["a",null,"b"]"#, "color=a&color=b"),
        StyleCase(.form, true, "1e3", "color=1e3"),
        StyleCase(.form, true, "1.0", "color=1.0"),
        StyleCase(.form, true, "false", "color=false"),
        StyleCase(.form, true, #"[{"a":1}]"#, "color=%7B%22a%22%3A1%7D"),
    ])
    func `a query value is written as its style says`(_ row: StyleCase) throws {
        let recipe = CallRecipe.of("GET", "/p", [.query("color", row.style, explode: row.explode)])
        #expect(try makeRequest(recipe, #"{"color":\#(row.value)}"#).query ?? "" == row.expected)
    }

    @Test(arguments: ["null", "[]", "{}"])
    func `a query value that says nothing is left out`(_ value: String) throws {
        let recipe = CallRecipe.of("GET", "/p", [.query("color"), .query("size")])
        #expect(try makeRequest(recipe, #"{"color":\#(value),"size":2}"#).query == "size=2")
        #expect(try makeRequest(recipe, #"{"color":\#(value)}"#).query == nil)
    }

    @Test func `allowReserved keeps what cannot end the value`() throws {
        let recipe = CallRecipe.of("GET", "/p", [.query("q", reserved: true)])
        let request = try makeRequest(recipe, #"{"q":"a/b:c?d,e;f=g%2Fh 100% &x=1#y[z]+"}"#)
        #expect(request.query == "q=a/b:c?d,e;f=g%2Fh%20100%25%20%26x=1%23y%5Bz%5D%2B")
    }

    @Test func `allowReserved in a path keeps what a segment may hold`() throws {
        var parameter = CallRecipe.Parameter.path("id")
        parameter.allowsReserved = true
        let request = try makeRequest(.of("GET", "/{id}", [parameter]), #"{"id":"a:b@c,d/e?f#g%2e"}"#)
        #expect(request.path == "/a:b@c,d%2Fe%3Ff%23g%2e")
    }

    @Test(arguments: [
        (CallRecipe.Parameter.Location.path, "%22a%22"), (.query, "v=%22a%22"), (.header, #""a""#),
        (.cookie, "v=%22a%22"),
    ])
    func `content is written in every place`(location: CallRecipe.Parameter.Location, expected: String) throws {
        var parameter = CallRecipe.Parameter.query("v", contentType: "application/json")
        parameter.location = location
        parameter.style = location == .path || location == .header ? .simple : .form
        let request = try makeRequest(.of("GET", location == .path ? "/{v}" : "/", [parameter]), #"{"v":"a"}"#)
        let written = [String(request.path.dropFirst()), request.query, request.header("v"), request.header("Cookie")]
        #expect(written.contains(expected))
    }

    @Test func `content of text is the text, and nothing else fits it`() throws {
        let text = CallRecipe.of("GET", "/", [.query("v", contentType: "text/plain")])
        #expect(try makeRequest(text, #"{"v":"a b"}"#).query == "v=a%20b")
        #expect(try makeRequest(text, #"{"v":1.0}"#).query == "v=1.0")
        #expect(throws: RequestRefusal.self) { try makeRequest(text, #"{"v":{}}"#) }
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", #"{"a":"x y","b":[1.0,2],"c":null}"#, "a=x%20y&b=1.0&b=2"),
        ("application/json", #"{"a":1.0}"#, "%7B%22a%22%3A1.0%7D"), ("text/plain", #""a=b""#, "a%3Db"),
        ("application/x-www-form-urlencoded", "{}", nil), ("application/json", "null", nil),
    ])
    func `a querystring parameter is the whole query`(type: String, value: String, expected: String?) throws {
        var parameter = CallRecipe.Parameter.query("v", contentType: type)
        parameter.location = .querystring
        #expect(try makeRequest(.of("GET", "/p", [parameter]), #"{"v":\#(value)}"#).query == expected)
        let key = CallRecipe.of("GET", "/p", [parameter], security: [[.key("key", in: .query, "PETS_KEY")]])
        let request = try makeRequest(key, #"{"v":\#(value)}"#, variables: ["PETS_KEY": "k"])
        #expect(request.query == (expected.map { $0 + "&" } ?? "") + "key=k")
    }

    @Test(arguments: [("application/x-www-form-urlencoded", #"{"key":1}"#), ("text/plain", #""a=b&k%65y=1""#)])
    func `a querystring parameter takes no credential's place`(type: String, value: String) throws {
        var parameter = CallRecipe.Parameter.query("v", contentType: type)
        parameter.location = .querystring
        let recipe = CallRecipe.of("GET", "/p", [parameter], security: [[.key("key", in: .query, "PETS_KEY")]])
        #expect(throws: RequestRefusal.self) {
            try makeRequest(recipe, #"{"v":\#(value)}"#, variables: ["PETS_KEY": "k"])
        }
    }

    @Test func `characters beyond ASCII go out as UTF-8 in a header`() throws {
        let recipe = CallRecipe.of("GET", "/p", [.header("X-Name")])
        #expect(try makeRequest(recipe, #"{"X-Name":"é 100% 日"}"#).header("X-Name") == "é 100% 日")
    }

    @Test func `a parameter with content is one JSON text`() throws {
        let recipe = CallRecipe.of("GET", "/p", [.query("filter", contentType: "application/json")])
        let request = try makeRequest(recipe, #"{"filter":{"b":1.0,"a":"x"}}"#)
        #expect(request.query == "filter=%7B%22b%22%3A1.0%2C%22a%22%3A%22x%22%7D")
    }

    @Test(arguments: [
        StyleCase(.simple, false, #""a b, \"c\"""#, "a b, \"c\""),
        StyleCase(.simple, false, list, "blue,black,brown"),
        StyleCase(.simple, false, map, "R,100,G,200,B,150"),
        StyleCase(.simple, true, map, "R=100,G=200,B=150"),
        StyleCase(.simple, false, "1.50", "1.50"),
    ])
    func `a header value is written plainly`(_ row: StyleCase) throws {
        let recipe = CallRecipe.of("GET", "/p", [.header("X-Color", explode: row.explode)])
        #expect(try makeRequest(recipe, #"{"X-Color":\#(row.value)}"#).header("X-Color") == row.expected)
    }

    @Test func `cookies are joined into one header`() throws {
        let recipe = CallRecipe.of("GET", "/p", [.cookie("a"), .cookie("b", explode: false)])
        let request = try makeRequest(recipe, #"{"a":"x; y","b":["1","2"]}"#)
        #expect(request.header("Cookie") == "a=x%3B%20y; b=1,2")
    }

    @Test func `cookies of style cookie are not escaped, and cannot be left`() throws {
        var plain = CallRecipe.Parameter.cookie("a")
        plain.style = .cookie
        let recipe = CallRecipe.of("GET", "/p", [plain, .cookie("b")])
        #expect(try makeRequest(recipe, #"{"a":"x=y/z,\" %","b":"/"}"#).header("Cookie") == #"a=x=y/z," %; b=%2F"#)
        #expect(try makeRequest(recipe, #"{"a":["1","2"]}"#).header("Cookie") == "a=1; a=2")
        #expect(try makeRequest(recipe, #"{"a":{"x":1,"y":2}}"#).header("Cookie") == "x=1; y=2")
        for value in ["x; b=1", "x\r\ny", "é", "\u{7F}"] {
            let arguments = JSONValue.object(["a": .string(value)]).text
            #expect(throws: RequestRefusal.self) { try makeRequest(recipe, arguments) }
        }
    }

    /// A fault of peers: values of the path that climb, or that break out of the request line.
    @Test(arguments: ["../x", "..", "a/../b", "x\r\nHost: evil", "%2e%2e/", "..%2f..", "\\..\\"])
    func `fault: path parameters with dots or line breaks`(value: String) throws {
        let recipe = CallRecipe.of("GET", "/pets/{id}/toys", [.path("id")])
        let arguments = JSONValue.object(["id": .string(value)]).text
        guard let request = try? makeRequest(recipe, arguments) else { return }
        let segments = request.path.split(separator: "/", omittingEmptySubsequences: false)
        #expect(segments.count == 4 && segments[1] == "pets" && segments[3] == "toys")
        #expect(![".", ".."].contains(segments[2]))
        #expect(request.path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C })
    }
}
