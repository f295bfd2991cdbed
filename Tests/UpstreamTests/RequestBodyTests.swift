import JSON
import Testing
import Tools
import Upstream

/// A recipe whose body is one argument, `body`, or flat arguments of these names.
func bodyRecipe(
    _ type: String,
    members: [String]? = nil,
    parts: [CallRecipe.Body.Part] = [],
    required: Bool = false,
    binary: Bool = false
) -> CallRecipe {
    var recipe = CallRecipe.of("POST", "/p")
    let flat = members?.map { CallRecipe.Body.Member(argument: $0, name: "_\($0)", isRequired: false) }
    recipe.body = CallRecipe.Body(
        content: flat.map { .members($0) } ?? .argument("body"),
        contentType: type,
        isRequired: required,
        parts: parts,
        isBinary: binary
    )
    return recipe
}

extension OutgoingRequest {
    var text: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}

struct BodyKindTests {
    /// A fault of peers: numbers that change their text on the way.
    @Test(arguments: ["1.10", "9007199254740993", "1e400", "-0", "1E3", "0.1000000000000000055"])
    func `fault: numbers that change their text`(number: String) throws {
        let whole = try makeRequest(bodyRecipe("application/json"), #"{"body":{"n":\#(number),"l":[\#(number)]}}"#)
        #expect(whole.text == #"{"n":\#(number),"l":[\#(number)]}"#)
        let flat = try makeRequest(bodyRecipe("application/json", members: ["n"]), #"{"n":\#(number)}"#)
        #expect(flat.text == #"{"_n":\#(number)}"#)
        let form = try makeRequest(
            bodyRecipe("application/x-www-form-urlencoded", members: ["n"]),
            #"{"n":[\#(number),{"x":\#(number)}]}"#
        )
        let escaped = "%7B%22x%22%3A\(number)%7D"
        #expect(form.text == "_n=\(number)&_n=\(escaped)")
        let multipart = try makeRequest(bodyRecipe("multipart/form-data"), #"{"body":{"n":\#(number)}}"#)
        #expect(multipart.text?.contains("\r\n\r\n\(number)\r\n") == true)
        let recipe = CallRecipe.of("GET", "/{n}", [.path("n"), .query("q"), .header("h"), .cookie("c")])
        let request = try makeRequest(recipe, #"{"n":\#(number),"q":\#(number),"h":\#(number),"c":\#(number)}"#)
        #expect(request.path == "/\(number)")
        #expect(request.query == "q=\(number)")
        #expect(request.header("h") == number)
        #expect(request.header("Cookie") == "c=\(number)")
    }

    @Test func `flat arguments make an object in the order of the members, null where it was given`() throws {
        let recipe = bodyRecipe("application/json", members: ["z", "a", "m"])
        let request = try makeRequest(recipe, #"{"m":null,"a":{"y":1,"x":2},"z":1.0}"#)
        #expect(request.text == #"{"_z":1.0,"_a":{"y":1,"x":2},"_m":null}"#)
        #expect(try makeRequest(recipe, "{}").body == nil)
        let required = try makeRequest(bodyRecipe("application/json", members: ["z"], required: true), "{}")
        #expect(required.text == "{}")
    }

    @Test func `a member that a body needs is named by its argument`() throws {
        var recipe = bodyRecipe("application/json", members: ["a", "b"])
        recipe.body?.content = .members([
            .init(argument: "a", name: "a", isRequired: false), .init(argument: "body_b", name: "b", isRequired: true),
        ])
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(recipe, #"{"a":1}"#) }
        #expect(refusal?.kind == .argument("body_b"))
        #expect(try makeRequest(recipe, "{}").body == nil)
    }

    @Test(arguments: ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "application/xml"])
    func `an optional body of null sends neither body nor type`(type: String) throws {
        let request = try makeRequest(bodyRecipe(type), #"{"body":null}"#)
        #expect(request.body == nil)
        #expect(request.header("Content-Type") == nil)
        #expect(throws: RequestRefusal.self) { try makeRequest(bodyRecipe(type, required: true), #"{"body":null}"#) }
    }

    @Test(arguments: [
        ("text/plain", #""hé""#, "hé"), ("text/plain", "1.50", "1.50"), ("text/plain", "true", "true"),
        ("application/xml", #""<a>é</a>""#, "<a>é</a>"), ("application/graphql", #""{a}""#, "{a}"),
        ("application/yaml", #"{"a":[1.0]}"#, #"{"a":[1.0]}"#), ("application/yaml", #""a: 1""#, "a: 1"),
        ("application/x-ndjson", #"[{"a":1.0},null]"#, "{\"a\":1.0}\nnull\n"),
        ("application/json-seq", "[1,2]", "\u{1E}1\n\u{1E}2\n"),
        ("application/vnd.api+json; charset=utf-8", #""x""#, #""x""#),
    ])
    func `text is sent as its type says`(type: String, value: String, expected: String) throws {
        let request = try makeRequest(bodyRecipe(type), #"{"body":\#(value)}"#)
        #expect(request.text == expected)
        #expect(request.header("Content-Type") == type)
    }

    @Test(arguments: [
        ("application/xml", #"{"a":1}"#, "give the whole XML text as a string"), ("text/xml", "1", "XML"),
        ("text/plain", "{}", "must be a string"), ("text/csv", "[1]", "must be a string"),
        ("application/graphql", "1", "must be a string"), ("image/*", #""x""#, "is sent as image/*"),
        ("text/plain; charset=iso-8859-1", #""日""#, "charset"), ("text/plain; charset=utf-16", #""a""#, "charset"),
    ])
    func `what a type has no place for is refused in a sentence`(type: String, value: String, words: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(bodyRecipe(type), #"{"body":\#(value)}"#)
        }
        #expect(refusal?.kind == .argument("body"))
        #expect(refusal?.message.contains(words) == true)
    }

    @Test func `another charset is written in it`() throws {
        let request = try makeRequest(bodyRecipe("text/plain; charset=ISO-8859-1"), #"{"body":"é"}"#)
        #expect(request.body == [0xE9])
    }

    @Test(arguments: [
        ("*/*", #"{"a":1}"#, "application/json", #"{"a":1}"#), ("", "1", "application/json", "1"),
        ("text/*", #""x""#, "text/plain; charset=utf-8", "x"),
    ])
    func `a range is sent as a type that it has`(range: String, value: String, type: String, text: String) throws {
        let request = try makeRequest(bodyRecipe(range), #"{"body":\#(value)}"#)
        #expect(request.header("Content-Type") == type)
        #expect(request.text == text)
    }
}

struct BinaryBodyTests {
    @Test(
        arguments: [
            ("AAECAw==", [0, 1, 2, 3]), ("AAECAw", [0, 1, 2, 3]), ("-_8=", [251, 255]), ("+/8=", [251, 255]),
            ("AAEC\r\nAw==", [0, 1, 2, 3]), ("", []), ("data:image/png;base64,AAECAw==", [0, 1, 2, 3]),
            ("DATA:;BASE64,AAECAw%3D%3D", [0, 1, 2, 3]), ("data:,a%20b+c", [97, 32, 98, 43, 99]),
            ("data:text/plain;charset=utf-8,%C3%A9", [0xC3, 0xA9]),
        ] as [(String, [UInt8])]
    )
    func `bytes are read from base64 and from data URLs`(text: String, bytes: [UInt8]) throws {
        let recipe = bodyRecipe("application/octet-stream", binary: true)
        let request = try makeRequest(recipe, JSONValue.object(["body": .string(text)]).text)
        #expect(request.body == bytes)
        #expect(request.header("Content-Type") == "application/octet-stream")
    }

    @Test(arguments: [
        #""A""#, #""AAEC*w==""#, #""AAECAw=""#, #""AAECAw===""#, #""AAECA===""#, #""=AAE""#, #""AAECAx==""#, #""-/8=""#,
        #""hello world!""#, #""data:image/png;base64,???""#, #""data:image/png""#, #""data:nothing,x""#, "7", "{}",
        #""data:image/*;base64,AA==""#,
    ])
    func `what is no base64 is refused and the argument is named`(value: String) throws {
        let recipe = bodyRecipe("application/octet-stream", binary: true)
        let refusal = #expect(throws: RequestRefusal.self) { try makeRequest(recipe, #"{"body":\#(value)}"#) }
        #expect(refusal?.kind == .argument("body"))
        #expect(refusal?.message.contains(#"The argument "body""#) == true)
    }

    @Test(arguments: [
        ("*/*", "AA==", "application/octet-stream"), ("*/*", "data:image/png;base64,AA==", "image/png"),
        ("image/*", "data:image/webp;base64,AA==", "image/webp"),
        ("image/png", "data:image/webp;base64,AA==", "image/png"),
    ])
    func `the document says the type, and a data URL where the document leaves it open`(
        type: String,
        text: String,
        expected: String
    ) throws {
        let request = try makeRequest(bodyRecipe(type, binary: true), #"{"body":"\#(text)"}"#)
        #expect(request.header("Content-Type") == expected)
        #expect(request.body == [0])
    }

    @Test(arguments: ["AA==", "data:text/plain;base64,AA=="])
    func `a range of types needs one of them`(text: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(bodyRecipe("image/*", binary: true), #"{"body":"\#(text)"}"#)
        }
        #expect(refusal?.message.contains("data:image/") == true)
    }
}

struct FormBodyTests {
    private func form(_ value: String, _ parts: [CallRecipe.Body.Part] = []) throws -> String? {
        try makeRequest(bodyRecipe("application/x-www-form-urlencoded", parts: parts), #"{"body":\#(value)}"#).text
    }

    @Test(arguments: [
        (#"{"a":"x y&z=é","b":1.0,"c":true}"#, "a=x%20y%26z%3D%C3%A9&b=1.0&c=true"),
        (#"{"a":["x","y,z",null]}"#, "a=x&a=y%2Cz"), (#"{"a":null,"b":[],"c":""}"#, "c="),
        (#"{"a":{"b":[1,null]}}"#, "a=%7B%22b%22%3A%5B1%2Cnull%5D%7D"),
        (#"{"a":[{"b":1},[2]]}"#, "a=%7B%22b%22%3A1%7D&a=%5B2%5D"), ("{}", ""),
    ])
    func `members are written by the kind of their values`(value: String, expected: String) throws {
        #expect(try form(value) == expected)
    }

    @Test(
        arguments: [
            (.form, true, false, #"["x","y"]"#, "a=x&a=y"), (.form, false, false, #"["x","y,z"]"#, "a=x,y%2Cz"),
            (.form, nil, false, #"{"R":1,"G":2}"#, "R=1&G=2"), (nil, false, false, #"{"R":1,"G":2}"#, "a=R,1,G,2"),
            (.spaceDelimited, false, false, #"["x","y"]"#, "a=x%20y"),
            (.pipeDelimited, nil, false, #"["x","y"]"#, "a=x%7Cy"),
            (.tabDelimited, nil, false, #"["x","y"]"#, "a=x%09y"), (.form, true, true, #""x/y?z""#, "a=x/y?z"),
            (.deepObject, nil, false, #"{"R":{"x":1},"G":[2,3]}"#, "a%5BR%5D%5Bx%5D=1&a%5BG%5D=2&a%5BG%5D=3"),
            (nil, nil, true, #""x/y""#, "a=x/y"),
        ] as [(CallRecipe.Parameter.Style?, Bool?, Bool, String, String)]
    )
    func `an encoding that names a style is followed`(
        style: CallRecipe.Parameter.Style?,
        explode: Bool?,
        reserved: Bool,
        value: String,
        expected: String
    ) throws {
        let part = CallRecipe.Body.Part(
            name: "a",
            contentType: reserved && style == nil ? nil : "application/xml",
            style: style,
            explode: explode,
            allowsReserved: reserved
        )
        #expect(try form(#"{"a":\#(value)}"#, [part]) == expected)
    }

    @Test func `an encoding that names a media type is followed`() throws {
        let json = CallRecipe.Body.Part(name: "a", contentType: "application/json")
        #expect(try form(#"{"a":"x","b":"x"}"#, [json]) == "a=%22x%22&b=x")
        #expect(try form(#"{"a":["x",1]}"#, [json]) == "a=%22x%22&a=1")
        let xml = CallRecipe.Body.Part(name: "a", contentType: "application/xml")
        #expect(try form(#"{"a":"<x/>"}"#, [xml]) == "a=%3Cx%2F%3E")
        let refusal = #expect(throws: RequestRefusal.self) { try form(#"{"a":{"x":1}}"#, [xml]) }
        #expect(refusal?.message.hasPrefix(#"The member "a" of the argument "body""#) == true)
    }

    @Test(arguments: ["1", "[]", #""a=b""#])
    func `what is no object is no form`(value: String) throws {
        #expect(throws: RequestRefusal.self) { try form(value) }
    }
}
