import Foundation
import JSON
import Testing

/// Real breaks of a document, the whole way: the document is pushed, and the review of a toolset in staging mode tells each
/// by its rule and level.
struct BreakingDocumentTests {
    /// An edit of the library's document with what a review tells of it.
    struct Break: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let old: String
        let new: String
        /// `level rule`.
        let told: String

        init(_ name: String, _ old: String, _ new: String, _ told: String) {
            testDescription = name
            self.old = old
            self.new = new
            self.told = told
        }
    }

    /// The library of the tutorial, with a few things more that can break.
    private static func document() throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/examples/library.yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        for (old, new) in [
            (limit, limit + sort), (note, nullableNote),
            ("      operationId: getBook\n", "      operationId: getBook\n      security: []\n"),
        ] {
            try #require(text.contains(old))
            text = text.replacing(old, with: new)
        }
        return text
    }

    @Test func `each break of a document is told by its rule and level`() async throws {
        let document = try Self.document()
        try await TestServer.with { server in
            try await server.push(document, as: "library")
            let names = ["searchBooks", "getBook", "listLoans", "borrowBook", "returnBook"]
            let urns = JSONValue(names.map { "tools:http:library:\($0)" })
            for (call, fields) in [
                ("toolsets.create", ["slug": "books", "tool_urns": urns, "output_schemas": true]),
                ("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
            ] as [(String, JSONValue)] {
                let answer = try await server.post(call, fields)
                #expect(answer.status < 300, "\(answer.json)")
            }
            for change in Self.breaks {
                try #require(document.contains(change.old), "\(change.testDescription)")
                try await server.push(document.replacing(change.old, with: change.new), as: "library")
                let answer = try await server.get("toolsets.reviewStagingVersion", "slug=books")
                let review = try #require(answer.json["review"], "\(answer.json)")
                let told = (review["project"]?.array ?? []).map {
                    "\($0["level"]?.string ?? "") \($0["rule"]?.string ?? "")"
                }
                #expect(told.contains(change.told), "\(change.testDescription): \(told)")
                #expect(review["yours"] == [], "\(change.testDescription)")
                let worst = ["breaking", "risky", "safe"].first { level in told.contains { $0.hasPrefix(level) } }
                #expect(change.told.hasPrefix(worst ?? "none"), "\(change.testDescription): \(told)")
            }
            try await server.push(document, as: "library")
            let review = try await server.get("toolsets.reviewStagingVersion", "slug=books").json["review"]
            #expect(review?["project"] == [])
        }
    }

    private static let limit = """
                  schema: {type: integer, minimum: 1, maximum: 50, default: 10}

        """
    private static let sort = """
                - name: sort
                  in: query
                  schema: {type: string, enum: [title, author, year]}

        """
    private static let note = "note: {type: string, maxLength: 200}"
    private static let nullableNote = #"note: {type: [string, "null"], maxLength: 200}"#
    private static let limitHead = """
                - name: limit
                  in: query
                  description: How many books to answer at most.

        """

    private static let breaks: [Break] = arguments + values + calls + results

    private static let arguments = [
        Break(
            "an argument that is required is added",
            limitHead,
            "        - {name: branch, in: query, required: true, schema: {type: string}}\n" + limitHead,
            "breaking input.property.required-added"
        ),
        Break("an argument is removed", limitHead + limit, "", "breaking input.property.closed-removed"),
        Break("an argument is renamed", "- name: limit", "- name: page_size", "breaking input.property.renamed"),
        Break(
            "an argument becomes required",
            limitHead,
            limitHead + "          required: true\n",
            "breaking input.property.required-set"
        ),
        Break(
            "a member of a body becomes required",
            "required: [isbn]\n              properties",
            "required: [isbn, note]\n              properties",
            "breaking input.property.required-set"
        ),
        Break(
            "an argument moves",
            "- name: limit\n          in: query",
            "- name: limit\n          in: header",
            "risky exec.param.moved"
        ),
    ]

    private static let values = [
        Break(
            "a type is another",
            "schema: {type: integer}\n      responses",
            "schema: {type: string}\n      responses",
            "breaking input.type.changed"
        ),
        Break(
            "a value of an enum is removed",
            "[title, author, year]",
            "[title, author]",
            "breaking input.enum.value-removed"
        ),
        Break(
            "an enum is introduced",
            "{type: string, minLength: 2}",
            "{type: string, minLength: 2, enum: [old, new]}",
            "breaking input.enum.introduced"
        ),
        Break(
            "a pattern is introduced",
            "{type: string, minLength: 2}",
            "{type: string, minLength: 2, pattern: '^[a-z]+$'}",
            "breaking input.pattern.introduced"
        ),
        Break("a pattern is another", "{13}", "{10}", "risky input.pattern.changed"),
        Break("a longest length is lowered", "maxLength: 200", "maxLength: 100", "breaking input.bound.tightened"),
        Break("a least number is raised", "minimum: 1,", "minimum: 5,", "breaking input.bound.tightened"),
        Break(
            "a bound is introduced",
            "isbn: {type: string, description",
            "isbn: {type: string, maxLength: 13, description",
            "risky input.bound.introduced"
        ),
        Break(
            "a format is introduced",
            "isbn: {type: string, description",
            "isbn: {type: string, format: uuid, description",
            "risky input.format.introduced"
        ),
        Break("null is forbidden", nullableNote, note, "breaking input.null.forbidden"),
        Break("a default is another", "default: 10", "default: 20", "risky input.default.changed"),
        Break(
            "a type is narrowed",
            nullableNote,
            #"note: {type: "null", maxLength: 200}"#,
            "breaking input.type.narrowed"
        ),
    ]

    private static let calls = [
        Break(
            "the server is another",
            "https://library.example",
            "https://books.example",
            "breaking exec.host.changed"
        ),
        Break(
            "the server has no TLS",
            "https://library.example",
            "http://library.example",
            "breaking exec.host.scheme-downgraded"
        ),
        Break(
            "the path of the server is another",
            "https://library.example",
            "https://library.example/v2",
            "risky exec.path.changed"
        ),
        Break(
            "the credential is another",
            "type: apiKey\n      in: header\n      name: X-Library-Card",
            "type: http\n      scheme: bearer",
            "breaking auth.scheme.changed"
        ),
        Break("a credential is needed", "      security: []\n", "", "breaking auth.scheme.added"),
        Break(
            "a parameter of a path is removed",
            "  /books/{isbn}:\n    get:",
            "  /books/newest:\n    get:",
            "breaking input.property.closed-removed"
        ),
        Break(
            "an operation is removed",
            "    delete:\n      operationId: returnBook",
            "    x-delete:\n      operationId: returnBook",
            "breaking set.tool.removed"
        ),
        Break(
            "a method is another",
            "    delete:\n      operationId",
            "    post:\n      operationId",
            "risky exec.method.changed"
        ),
        Break(
            "a call that read deletes",
            "    get:\n      operationId: getBook",
            "    delete:\n      operationId: getBook",
            "breaking exec.method.delete-introduced"
        ),
        Break(
            "a body is of another media type",
            "        content:\n          application/json:\n            schema:\n              type: object",
            "        content:\n          application/x-www-form-urlencoded:\n            schema:\n              type: object",
            "risky exec.body.media-changed"
        ),
        Break("a description is another", "Ends a loan.", "Ends all loans.", "risky tool.description.changed"),
    ]

    private static let results = [
        Break(
            "a member of results that is always there is removed",
            "required: [isbn, title]\n      properties:\n        isbn: {type: string}\n        title: {type: string}",
            "required: [isbn]\n      properties:\n        isbn: {type: string}",
            "breaking output.property.required-removed"
        ),
        Break(
            "a member of results is removed",
            "        author: {type: string}\n",
            "",
            "risky output.property.optional-removed"
        ),
        Break(
            "a member of results is of another type",
            "copies_on_shelf: {type: integer}",
            "copies_on_shelf: {type: string}",
            "breaking output.type.changed"
        ),
        Break(
            "a member of results is not always there",
            "required: [id, isbn, due]",
            "required: [id, isbn]",
            "risky output.property.required-lifted"
        ),
        Break(
            "a result has another form",
            "type: array\n                items: {$ref: \"#/components/schemas/Loan\"}",
            "type: object\n                additionalProperties: {$ref: \"#/components/schemas/Loan\"}",
            "breaking output.schema.root-changed"
        ),
    ]
}
