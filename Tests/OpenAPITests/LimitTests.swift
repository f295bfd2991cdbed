import JSON
import OpenAPI
import Synchronization
import Testing
import Vocabulary

/// Each limit has a code of its own.
struct LimitTests {
    private static let limits = DocumentLimits(
        bytes: 200,
        values: 20,
        depth: 5,
        references: 2,
        operations: 3,
        files: 3,
        totalBytes: 300
    )

    private func code(_ text: String, limits: DocumentLimits = limits) -> String? {
        #expect(throws: DocumentError.self) { try Document(reading: Array(text.utf8), limits: limits) }?.code.rawValue
    }

    private static let many = Array(repeating: "1", count: 30).joined(separator: ",")
    private static let references = Array(repeating: "{\"$ref\": \"#/a\"}", count: 3).joined(separator: ",")

    @Test(arguments: [
        (String(repeating: " ", count: 201), "too_large"),
        ("openapi: 3.1.0\nx: [\(many)]", "too_many_values"),
        ("{\"openapi\":\"3.1.0\",\"x\":[\(many)]}", "too_many_values"),
        ("openapi: 3.1.0\nx: [[[[[[1]]]]]]", "too_deep"),
        ("{\"openapi\":\"3.1.0\",\"x\":[[[[[[1]]]]]]}", "too_deep"),
        ("{\"openapi\":\"3.1.0\",\"x\":\"[[[[[[[\",}", "syntax_error"),
        ("openapi: 3.1.0\nx: [\(references)]", "too_many_references"),
        ("openapi: 3.1.0\npaths: {/a: {get: {}, put: {}, post: {}, patch: {}}}", "too_many_operations"),
        (
            "openapi: 3.2.0\npaths: {/a: {query: {}, additionalOperations: {A: {}, B: {}, C: {}}}}",
            "too_many_operations"
        ),
    ])
    func `a document that breaks a limit says which`(text: String, expected: String) {
        #expect(code(text) == expected)
    }

    @Test(
        arguments: [
            (["a.yaml": "1", "b.yaml": "1", "c.yaml": "1", "d.yaml": "1"], "too_many_files", nil),
            (["a.yaml": String(repeating: " ", count: 301)], "too_large", nil),
            (
                ["openapi.yaml": "openapi: 3.1.0\nx: {$ref: a.yaml}", "a.yaml": "[\(many)]"],
                "too_many_values", "a.yaml"
            ),
            (
                [
                    "openapi.yaml": "openapi: 3.1.0\nx: {$ref: a.yaml}\ny: [1,1,1,1,1]",
                    "a.yaml": "[1,1,1,1,1,1,1,1,1,1,1,1]",
                ],
                "too_many_values", "a.yaml"
            ),
            (
                ["openapi.yaml": "openapi: 3.1.0\nx: {$ref: a.yaml}", "a.yaml": "[\(references)]"],
                "too_many_references", "a.yaml"
            ),
            (["openapi.yaml": "openapi: 3.1.0\nx: {$ref: a.yaml}", "a.yaml": "[[[[[[1]]]]]]"], "too_deep", "a.yaml"),
        ] as [([String: String], String, String?)]
    )
    func `a set of files that breaks a limit says which, and where`(
        files: [String: String],
        code: String,
        file: String?
    ) {
        let error = #expect(throws: DocumentError.self) {
            try Document(reading: files.mapValues { Array($0.utf8) }, limits: Self.limits)
        }
        #expect(error?.code.rawValue == code)
        #expect(error?.file == file)
    }

    @Test(arguments: [0, 1, 2, 3])
    func `once the time is over, reading ends`(steps: Int) throws {
        let left = Mutex(steps)
        let time = TimeLimit {
            left.withLock { left in
                left -= 1
                return left < 0
            }
        }
        let items = Array(repeating: "x", count: 20_000).joined(separator: ", ")
        let error = #expect(throws: DocumentError.self) {
            try Document(reading: Array("openapi: 3.1.0\nx: [\(items)]".utf8), timeLimit: time)
        }
        #expect(error?.code == .tooSlow)
    }

    @Test func `operations that are read too late say so, and none disappears`() throws {
        let isOver = Mutex(false)
        let time = TimeLimit { isOver.withLock { $0 } }
        let document = try Document(
            reading: Array("openapi: 3.1.0\npaths: {/a: {get: {}, put: {}}}".utf8),
            timeLimit: time
        )
        #expect(document.listing.operations.allSatisfy { $0.faults.isEmpty })
        isOver.withLock { $0 = true }
        #expect(document.listing.operations.map { $0.faults.map(\.code) } == [[.tooSlow], [.tooSlow]])
        #expect(throws: DocumentError.self) { try document.timeLimit.check() }
    }

    @Test func `a document of five megabytes and a thousand operations is read`() throws {
        var text = "{\"openapi\":\"3.1.0\",\"paths\":{"
        let description = String(repeating: "what it does, ", count: 290)
        for number in 0..<1000 {
            text += number > 0 ? "," : ""
            text += """
                "/things\(number)/{id}":{"post":{"operationId":"make\(number)","description":"\(description)","parameters":[
                {"name":"id","in":"path","required":true,"schema":{"type":"string"}},
                {"name":"q","in":"query","schema":{"$ref":"#/components/schemas/S\(number)"}}],
                "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S\(number)"}}}},
                "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{
                "$ref":"#/components/schemas/S\((number + 1) % 1000)"}}}}}}}
                """
        }
        text += "},\"components\":{\"schemas\":{"
        for number in 0..<1000 {
            let properties = (0..<12).map { "\"p\($0)\":{\"type\":\"string\",\"description\":\"a property of many\"}" }
            text += number > 0 ? "," : ""
            text += "\"S\(number)\":{\"type\":\"object\",\"properties\":{\(properties.joined(separator: ","))}}"
        }
        text += "}}}"
        #expect(text.utf8.count > 5_000_000)
        let listing = try Document(reading: Array(text.utf8)).listing
        #expect(listing.operations.count == 1000)
        #expect(
            listing.operations.allSatisfy { $0.faults.isEmpty && $0.parameters.count == 2 && $0.responses.count == 1 }
        )
    }
}
