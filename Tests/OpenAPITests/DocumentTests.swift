import JSON
import OpenAPI
import Testing
import Vocabulary

/// Bytes that are a document, and bytes that are none.
struct DocumentTests {
    private func read(_ text: String, limits: DocumentLimits = DocumentLimits()) throws -> Document {
        try Document(reading: Array(text.utf8), limits: limits)
    }

    private func failure(_ bytes: [UInt8], limits: DocumentLimits = DocumentLimits()) -> DocumentError? {
        #expect(throws: DocumentError.self) { try Document(reading: bytes, limits: limits) }
    }

    @Test(arguments: [
        (#"{"openapi":"3.0.4"}"#, Document.Version.v30, Document.Format.json),
        (#"{"openapi":"3.1.0"}"#, .v31, .json),
        ("\u{FEFF}  {\"openapi\":\"3.1.1\"}", .v31, .json),
        ("openapi: 3.0.0", .v30, .yaml),
        ("openapi: 3.1", .v31, .yaml),
        ("{openapi: 3.1.0, paths: {}}", .v31, .yaml),
        (#"{"openapi":"3.2.0"}"#, .v32, .json),
        ("\u{FEFF}# comment\nopenapi: '3.0.3'\n", .v30, .yaml),
    ])
    func `versions and formats are told apart`(text: String, version: Document.Version, format: Document.Format) throws
    {
        let document = try read(text)
        #expect(document.version == version)
        #expect(document.format == format)
    }

    @Test(arguments: [
        (#"{"swagger":"1.2"}"#, DocumentError.Code.unsupportedVersion, "Swagger 1.2"),
        ("swagger: 3.0", .unsupportedVersion, "Swagger 3.0"),
        ("openapi: 2.0", .unsupportedVersion, "OpenAPI 2.0"),
        (#"{"openapi":"3.3.0"}"#, .unsupportedVersion, "OpenAPI 3.3.0"),
        (#"{"openapi":"3.10.0"}"#, .unsupportedVersion, "OpenAPI 3.10.0"),
        (#"{"openapi":true}"#, .notOpenAPI, "must be text"),
        (#"{"info":{}}"#, .notOpenAPI, "no \"openapi\" field"),
        ("- openapi: 3.1.0", .notOpenAPI, "of type array"),
        ("just some words", .notOpenAPI, "of type string"),
        ("<!DOCTYPE html>\n<html></html>", .notOpenAPI, "HTML"),
        ("", .syntax, "empty"),
        (" \n\t", .syntax, "empty"),
        ("# only a comment", .syntax, "empty"),
        (#"{"openapi":"3.1.0","#, .syntax, "not JSON"),
        (#"{"openapi":"3.1.0","a":1,"a":2}"#, .syntax, "twice"),
    ])
    func `what is no document is refused in one sentence`(text: String, code: DocumentError.Code, words: String) {
        let error = failure(Array(text.utf8))
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("{\"openapi\": \"3.1.0\",\n \"info\": , \"paths\": {}}", 2), (" { \"openapi\": 3.1.0 }", 1),
        ("[{\"a\": 1},\n\n x]", 3), ("[[1,], 2]", 1), ("{}\n}", 2), ("{{a: 1}: 2}", 1), ("{[1]: 2}", 1), ("{", 1),
        ("[", 1),
    ])
    func `what begins as JSON does is JSON, and its fault has a line`(text: String, line: Int) {
        let error = failure(Array(text.utf8))
        #expect(error?.code == .syntax)
        #expect(error?.message.hasPrefix("The document is not JSON: ") == true, "\(error?.message ?? "")")
        #expect(error?.line == line)
    }

    @Test(arguments: [
        "{openapi: 3.1.0, paths: {}}", "{\n  'openapi': 3.1.0}", "\u{FEFF}{openapi: '3.1.0', a: [\"b\"]}",
    ])
    func `a flow mapping of YAML is read as YAML`(text: String) throws {
        #expect(try read(text).format == .yaml)
    }

    @Test func `binary garbage is refused`() {
        var state: UInt64 = 42
        for length in [1, 10, 1000, 100_000] {
            let bytes = (0..<length).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            #expect(failure(bytes) != nil)
            #expect(failure(Array("openapi: ".utf8) + bytes) != nil)
        }
        #expect(failure(Array("openapi: 3.1.0\na: \u{1}".utf8))?.code == .syntax)
    }

    @Test(arguments: ["[", "{\"a\":", "- ", "a:\n "])
    func `ten thousand levels are refused and not run into`(level: String) {
        let nested = String(repeating: level, count: 10_000)
        #expect(failure(Array("openapi: 3.1.0\nx: \(nested)".utf8)) != nil)
        #expect(failure(Array("{\"openapi\":\"3.1.0\",\"x\":\(nested)".utf8)) != nil)
    }

    @Test func `two hundred levels of indentation are read`() throws {
        var yaml = "openapi: 3.1.0\n"
        for level in 0..<150 { yaml += String(repeating: " ", count: level) + "a:\n" }
        #expect(try read(yaml).root["a"] != nil)
    }

    @Test func `one line of a megabyte is read`() throws {
        let text = String(repeating: "x", count: 1 << 20)
        #expect(try read("openapi: 3.1.0\nx: \(text)").root["x"]?.string == text)
        #expect(try read(#"{"openapi":"3.1.0","x":"\#(text)"}"#).root["x"]?.string == text)
    }

    @Test(arguments: [
        "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      tags: [x, y]\n    # more\n    put: {deprecated: true}\n",
        "{\n\"openapi\": \"3.1.0\", \"paths\":\n {\"/a\":\n {\"get\":\n {\"tags\": [\"\\\"x\", 1.5]},\n\n \"put\": {\"deprecated\": true}}}}",
    ])
    func `places have lines and columns`(text: String) throws {
        let document = try read(text)
        func line(_ pointer: String) -> Int? {
            document.located(Diagnostic(.note, code: "x", message: "", pointer: pointer)).line
        }
        #expect(line("/paths/~1a") == 3)
        #expect(line("/paths/~1a/get") == 4)
        #expect(line("/paths/~1a/get/tags/1") == 5)
        #expect(line("/paths/~1a/put/deprecated") == 7)
        #expect(line("/paths/~1a/put/missing/deeper") == 7)
    }

    @Test func `the line of a value behind aliases and merges is right`() throws {
        let text = """
            openapi: 3.1.0
            x-common: &common
              parameters: []
              get: &get
                tags: [a, b]
            paths:
              /a:
                <<: *common
                put: {}
              /b:
                get: *get
                post: {}
            """
        let document = try read(text)
        func line(_ pointer: String) -> Int? {
            document.located(Diagnostic(.note, code: "x", message: "", pointer: pointer)).line
        }
        #expect(line("/paths/~1a/put") == 9)
        #expect(line("/paths/~1a/get") == 4)
        #expect(line("/paths/~1b") == 10)
        #expect(line("/paths/~1b/get") == 11)
        #expect(line("/paths/~1b/get/tags/1") == 5)
        #expect(line("/paths/~1b/post") == 12)
    }

    @Test(arguments: ["openapi: 3.1.0\npaths: {}", "---\nopenapi: 3.1.0", "{\"openapi\":\"3.1.0\"}"])
    func `a byte order mark is no part of the text`(text: String) throws {
        let document = try Document(reading: [0xEF, 0xBB, 0xBF] + Array(text.utf8))
        #expect(document.version == .v31)
    }
}
