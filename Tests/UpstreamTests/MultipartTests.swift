import JSON
import Testing
import Tools

@testable import Upstream

/// A part as a server finds it: read with nothing but RFC 2046.
private struct ReadPart: Equatable {
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var disposition: String { headers["content-disposition"] ?? "" }
    var type: String { headers["content-type"] ?? "" }

    static func all(in request: OutgoingRequest) throws -> [ReadPart] {
        let type = try #require(request.header("Content-Type"))
        let boundary = try #require(type.split(separator: "boundary=").last.map(String.init))
        let body = try #require(request.body)
        #expect(body.starts(with: Array("--\(boundary)".utf8)))
        var parts: [ReadPart] = []
        // Each delimiter begins a line of its own.
        let pieces = ([13, 10] + body).pieces(between: Array("\r\n--\(boundary)".utf8))
        try #require(pieces.first?.isEmpty == true && pieces.last == Array("--\r\n".utf8), "the end is not marked")
        for piece in pieces.dropFirst().dropLast() {
            try #require(piece.starts(with: [13, 10]))
            let halves = Array(piece.dropFirst(2)).pieces(between: [13, 10, 13, 10], limit: 2)
            try #require(halves.count == 2)
            var headers: [String: String] = [:]
            for line in String(decoding: halves[0], as: UTF8.self).split(separator: "\r\n") {
                let colon = try #require(line.firstIndex(of: ":"))
                headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].dropFirst())
            }
            parts.append(ReadPart(headers: headers, body: halves[1]))
        }
        return parts
    }
}

extension [UInt8] {
    fileprivate func pieces(between mark: [UInt8], limit: Int = .max) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        var position = 0
        while position + mark.count <= count, pieces.count + 1 < limit {
            if self[position] == mark[0], self[position..<(position + mark.count)].elementsEqual(mark) {
                pieces.append(Array(self[start..<position]))
                position += mark.count
                start = position
            } else {
                position += 1
            }
        }
        return pieces + [Array(self[start...])]
    }
}

struct MultipartTests {
    private func parts(
        _ value: String,
        _ parts: [CallRecipe.Body.Part] = [],
        type: String = "multipart/form-data"
    ) throws -> [ReadPart] {
        try ReadPart.all(in: try makeRequest(bodyRecipe(type, parts: parts), #"{"body":\#(value)}"#))
    }

    /// A fault of peers: a multipart body that goes out as JSON.
    @Test(arguments: ["multipart/form-data", "multipart/mixed", "multipart/related", "Multipart/Form-Data; boundary=x"])
    func `fault: multipart sent as JSON`(type: String) throws {
        let request = try makeRequest(bodyRecipe(type, members: ["a", "b"]), #"{"a":"x","b":{"c":1.0}}"#)
        let sent = try #require(request.header("Content-Type"))
        #expect(sent.lowercased().hasPrefix(type.lowercased().prefix { $0 != ";" }))
        #expect(sent.contains("boundary=slipway-") && !sent.contains("boundary=x"))
        let parts = try ReadPart.all(in: request)
        #expect(parts.map(\.disposition) == [#"form-data; name="_a""#, #"form-data; name="_b""#])
        #expect(parts.map(\.text) == ["x", #"{"c":1.0}"#])
    }

    @Test(
        arguments: [
            (#""x""#, ["text/plain"], ["x"]), (#""é""#, ["text/plain; charset=utf-8"], ["é"]),
            (#""""#, ["text/plain"], [""]),
            ("1.10", ["text/plain"], ["1.10"]), ("true", ["text/plain"], ["true"]), ("null", [], []), ("[]", [], []),
            (#"{"x":null}"#, ["application/json"], [#"{"x":null}"#]),
            (#"["x",2,null]"#, ["text/plain", "text/plain"], ["x", "2"]),
            (#"[{"x":1},[3]]"#, ["application/json", "application/json"], [#"{"x":1}"#, "[3]"]),
        ] as [(String, [String], [String])]
    )
    func `a part has the type of its value`(value: String, types: [String], texts: [String]) throws {
        let parts = try parts(#"{"a":\#(value)}"#)
        #expect(parts.map(\.type) == types)
        #expect(parts.map(\.text) == texts)
        #expect(parts.allSatisfy { $0.disposition == #"form-data; name="a""# })
    }

    @Test func `the document's types and headers of parts are followed`() throws {
        let encodings = [
            CallRecipe.Body.Part(
                name: "a",
                contentType: "application/json",
                headers: ["X-Kind": "k", "Content-Type": "no/no", "content-disposition": "no"]
            ),
            CallRecipe.Body.Part(name: "b", contentType: "application/xml; charset=utf-8"),
            CallRecipe.Body.Part(name: "c", contentType: "image/*"),
        ]
        let parts = try parts(#"{"a":"x","b":"<b/>","c":"y"}"#, encodings)
        #expect(parts.map(\.type) == ["application/json", "application/xml; charset=utf-8", "text/plain"])
        #expect(parts.map(\.text) == [#""x""#, "<b/>", "y"])
        #expect(parts[0].headers["x-kind"] == "k")
        #expect(parts[0].headers.count == 3)
        #expect(throws: RequestRefusal.self) { try self.parts(#"{"b":{"x":1}}"#, encodings) }
        let broken = CallRecipe.Body.Part(name: "a", headers: ["X": "1\r\nY: 2"])
        #expect(throws: RequestRefusal.self) { try self.parts(#"{"a":1}"#, [broken]) }
    }

    @Test func `a part that names a style is written by it, without escapes`() throws {
        let list = CallRecipe.Body.Part(name: "a", style: .form, explode: false)
        #expect(try parts(#"{"a":["x y","z"]}"#, [list]).map(\.text) == ["x y,z"])
        let deep = CallRecipe.Body.Part(name: "a", style: .deepObject)
        let parts = try parts(#"{"a":{"é":1,"b":{"c":"d"}}}"#, [deep])
        #expect(parts.map(\.disposition) == [#"form-data; name="a[é]""#, #"form-data; name="a[b][c]""#])
        #expect(parts.map(\.text) == ["1", "d"])
        let piped = CallRecipe.Body.Part(name: "a", style: .pipeDelimited)
        #expect(try self.parts(#"{"a":["x","y"]}"#, [piped]).map(\.text) == ["x|y"])
    }

    @Test func `a file has bytes, a type and a name`() throws {
        let file = CallRecipe.Body.Part(name: "file", isFile: true)
        let plain = try #require(try parts(#"{"file":"AAECAw=="}"#, [file]).first)
        #expect(plain.body == [0, 1, 2, 3])
        #expect(plain.type == "application/octet-stream")
        #expect(plain.disposition == #"form-data; name="file"; filename="file""#)
        let typed = try #require(try parts(#"{"file":"data:image/png;base64,AA=="}"#, [file]).first)
        #expect(typed.type == "image/png")
        #expect(typed.disposition == #"form-data; name="file"; filename="file.png""#)
        let said = CallRecipe.Body.Part(name: "file", contentType: "image/jpeg", isFile: true)
        #expect(try parts(#"{"file":"AA=="}"#, [said]).first?.disposition.hasSuffix(#""file.jpg""#) == true)
        #expect(try parts(#"{"file":"data:image/png,x"}"#, [said]).first?.type == "image/png")
        let refusal = #expect(throws: RequestRefusal.self) { try self.parts(#"{"file":"no base64!"}"#, [file]) }
        #expect(refusal?.message.hasPrefix(#"The member "file" of the argument "body" must be bytes"#) == true)
        #expect(throws: RequestRefusal.self) { try self.parts(#"{"file":7}"#, [file]) }
    }

    @Test func `several files are several parts of one name`() throws {
        let file = CallRecipe.Body.Part(name: "f", contentType: "text/csv", isFile: true)
        let parts = try parts(#"{"f":["AA==","data:text/html,x"]}"#, [file])
        #expect(parts.map(\.type) == ["text/csv", "text/html"])
        #expect(
            parts.map(\.disposition) == [
                #"form-data; name="f"; filename="f-1.csv""#, #"form-data; name="f"; filename="f-2.html""#,
            ]
        )
    }

    @Test func `the caller names the file`() throws {
        let file = CallRecipe.Body.Part(name: "_f", isFile: true, fileNameArgument: "fName")
        let recipe = bodyRecipe("multipart/form-data", members: ["f"], parts: [file])
        let hostile = JSONValue.string("a\"b\r\nX: y/é\u{0}.png").text
        let request = try makeRequest(recipe, #"{"f":"AA==","fName":\#(hostile)}"#)
        let part = try #require(try ReadPart.all(in: request).first)
        #expect(part.disposition == #"form-data; name="_f"; filename="a%22b%0D%0AX: y/é%00.png""#)
        #expect(part.headers.count == 2)
        let both = try makeRequest(recipe, #"{"f":["AA==","AA=="],"fName":["x.bin"]}"#)
        let names = try ReadPart.all(in: both).map(\.disposition)
        #expect(names == [#"form-data; name="_f"; filename="x.bin""#, #"form-data; name="_f"; filename="_f-2""#])
        let lone = #expect(throws: RequestRefusal.self) { try makeRequest(recipe, #"{"fName":"x"}"#) }
        #expect(lone?.kind == .argument("fName"))
    }

    @Test func `the name of a part cannot end its header`() throws {
        let part = try #require(try parts(#"{"a\"\r\nX: y":1}"#).first)
        #expect(part.disposition == #"form-data; name="a%22%0D%0AX: y""#)
        #expect(part.headers.count == 2)
    }

    @Test func `the boundary occurs in no part, not even in one that was made for it`() throws {
        let recipe = bodyRecipe("multipart/form-data")
        let first = try makeRequest(recipe, #"{"body":{"a":"x"}}"#)
        #expect(first == (try makeRequest(recipe, #"{"body":{"a":"x"}}"#)))
        let boundary = try #require(first.header("Content-Type")?.split(separator: "boundary=").last)
        // What follows the delimiter in the part would end the body, if the same boundary were used again.
        let second = try makeRequest(recipe, #"{"body":{"a":"x\r\n--\#(boundary)--\r\n"}}"#)
        #expect(second.header("Content-Type")?.contains(boundary) == false)
        #expect(try ReadPart.all(in: second).map(\.text) == ["x\r\n--\(boundary)--\r\n"])
    }

    @Test func `a boundary that occurs in a part is not taken`() {
        var proposed = ["a", "b", "c"]
        let boundary = MultipartBody.boundary(
            outside: [Array("x--slipway-a\r\n".utf8), Array("filename=slipway-b".utf8)],
            digest: { _ in proposed.removeFirst() }
        )
        #expect(boundary == "slipway-c")
    }

    @Test func `mixed and related have parts without names for a list, and related says the type of its root`() throws {
        let mixed = try makeRequest(bodyRecipe("multipart/mixed"), #"{"body":[{"a":1},"x"]}"#)
        #expect(
            try ReadPart.all(in: mixed).map(\.headers) == [
                ["content-type": "application/json"], ["content-type": "text/plain"],
            ]
        )
        let file = CallRecipe.Body.Part(name: "media", contentType: "image/png", isFile: true)
        let related = try makeRequest(
            bodyRecipe("multipart/related", parts: [file]),
            #"{"body":{"meta":{"a":1},"media":"AA=="}}"#
        )
        #expect(
            related.header("Content-Type")?.hasPrefix(#"multipart/related; type="application/json"; boundary="#) == true
        )
        #expect(try ReadPart.all(in: related).map(\.type) == ["application/json", "image/png"])
        #expect(throws: RequestRefusal.self) { try parts("[1]") }
        #expect(throws: RequestRefusal.self) { try parts("1", type: "multipart/mixed") }
    }

    @Test func `a body that needs no part may have none`() throws {
        let request = try makeRequest(bodyRecipe("multipart/form-data", members: ["a"], required: true), "{}")
        #expect(request.text?.hasPrefix("--slipway-") == true && request.text?.hasSuffix("--\r\n") == true)
        #expect(try makeRequest(bodyRecipe("multipart/form-data", members: ["a"]), "{}").body == nil)
    }

    @Test(arguments: 0..<50)
    func `whatever values and names there are, a server reads them back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            object[random.text(upTo: 8)] = .string(random.text(upTo: 40))
        }
        let request = try makeRequest(
            bodyRecipe("multipart/form-data"),
            JSONValue.object(["body": .object(object)]).text
        )
        let parts = try #require(object.isEmpty ? [] : try ReadPart.all(in: request))
        #expect(parts.map(\.text) == object.map { $0.value.string })
    }
}
