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
        #expect(try makeRequest(recipe, #"{"color":\#(row.value)}"#).query == row.expected)
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
}
