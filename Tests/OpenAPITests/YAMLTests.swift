import JSON
import OpenAPI
import Testing

/// YAML as the values that it says.
struct YAMLTests {
    /// The members of a small document beside its version.
    private func read(_ yaml: String, limits: DocumentLimits = DocumentLimits()) throws -> JSONValue {
        let document = try Document(reading: Array("openapi: 3.1.0\n\(yaml)".utf8), limits: limits)
        var object = document.root.object ?? [:]
        object["openapi"] = nil
        return .object(object)
    }

    @Test(arguments: [
        ("yes", #""yes""#), ("no", #""no""#), ("on", #""on""#), ("Off", #""Off""#), ("true", "true"), ("True", "true"),
        ("FALSE", "false"), ("null", "null"), ("~", "null"), ("", "null"), ("'true'", #""true""#), ("\"12\"", #""12""#),
        ("12", "12"), ("+12", "12"), ("007", "7"), ("-0", "-0"), ("1.10", "1.10"), ("1.", "1.0"), (".5", "0.5"),
        ("-.5e3", "-0.5e3"), ("1e3", "1e3"), ("0o17", "15"), ("0x1F", "31"), ("0x-1", #""0x-1""#),
        ("0xFFFFFFFFFFFFFFFFFF", #""0xFFFFFFFFFFFFFFFFFF""#), ("9007199254740993", "9007199254740993"),
        (".inf", #"".inf""#), (".nan", #"".nan""#), ("2024-01-31", #""2024-01-31""#), ("1.2.3", #""1.2.3""#),
        ("1_000", #""1_000""#), ("!!str 12", #""12""#), ("!!int \"12\"", "12"), ("12:30", #""12:30""#),
    ])
    func `a scalar is what the core schema of YAML 1.2 says`(yaml: String, json: String) throws {
        let value = try read("x: \(yaml)")
        #expect(value.text == #"{"x":\#(json)}"#)
    }

    @Test func `names that are no strings become strings, and order is kept`() throws {
        #expect(try read("200: a\ntrue: b\n1.50: c\nnull: d").text == #"{"200":"a","true":"b","1.50":"c","null":"d"}"#)
    }

    @Test func `aliases stand for what they name`() throws {
        let yaml = "a: &a {x: 1}\nb: *a\nc: &k name\nd:\n  *k : 2\ne: [*a, *a]"
        let json = #"{"a":{"x":1},"b":{"x":1},"c":"name","d":{"name":2},"e":[{"x":1},{"x":1}]}"#
        #expect(try read(yaml).text == json)
    }

    @Test func `merged members give way to those that are written`() throws {
        let yaml = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  <<: *a\n  \"<<\": kept"
        let value = try read(yaml)
        #expect(value["c"]?.text == #"{"x":3,"y":1,"z":2}"#)
        #expect(value["d"]?.text == #"{"<<":"kept","x":1,"y":1}"#)
    }

    @Test func `an anchor inside a merged mapping does no harm`() throws {
        let yaml = "a:\n  <<: {x: &x [1, 2]}\nb: *x\npaths: {/a: {get: 1}}"
        #expect(try read(yaml)["b"]?.text == "[1,2]")
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3", 4, "occurs twice"),
        ("a: *nothing", 2, "names nothing"),
        ("a: &a [*a]", 2, "names nothing"),
        ("? [x]\n: 1", 2, "must be a scalar"),
        ("a: [1", 3, "expected ',' or ']'"),
        ("a: 1\n---\nb: 2", 3, "more than one"),
        ("a:\n  <<: 1", 3, "must be a mapping"),
        ("a: \"x", 2, "end of stream"),
        ("a:\n\t- 1", 3, "token"),
    ])
    func `what is wrong is said with its line`(yaml: String, line: Int, words: String) throws {
        let error = #expect(throws: DocumentError.self) { try read(yaml) }
        #expect(error?.code == .syntax)
        #expect(error?.line == line)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `aliases that multiply are refused`() throws {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            yaml += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(throws: DocumentError.self) { try read(yaml) }.map { #expect($0.code == .tooManyValues) }
    }

    @Test func `aliases as names that multiply are refused`() throws {
        var yaml = "a0: &a0 [x, x, x, x]\n"
        for level in 1...40 { yaml += "a\(level): &a\(level) {? [*a\(level - 1), *a\(level - 1)] : 1}\n" }
        #expect(throws: DocumentError.self) { try read(yaml) }
    }

    @Test func `merges that multiply are refused`() throws {
        var yaml = "a0: &a0 {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\nb:\n"
        for item in 0..<3000 { yaml += "  - {<<: [*a0, *a0], x: \(item)}\n" }
        #expect(throws: DocumentError.self) { try read(yaml) }.map { #expect($0.code == .tooManyValues) }
    }

    @Test func `aliases that add up to too many levels are refused`() throws {
        var yaml = "a0: &a0 " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "\n"
        for level in 1...50 {
            let (open, close) = (String(repeating: "[", count: 100), String(repeating: "]", count: 100))
            yaml += "a\(level): &a\(level) \(open)*a\(level - 1)\(close)\n"
        }
        #expect(throws: DocumentError.self) { try read(yaml) }.map { #expect($0.code == .tooDeep) }
    }
}
