import Archive
import ArgumentParser
import Foundation
import JSON
import NIOHTTP1
import Testing
import Vocabulary

@testable import Commands

struct PushTests {
    private static let deployment: JSONValue = [
        "id": "d1", "seq": 4, "status": "completed", "tool_count": 21, "diagnostics": ["error": 1, "warning": 2],
    ]

    private func withFiles(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        try await body(folder.path)
    }

    private func script(
        deployment: JSONValue = deployment,
        logs: [JSONValue] = [],
        toolsets: [JSONValue] = []
    ) -> FakeServer.Script {
        answers([
            "assets.uploadOpenAPI": ["asset": ["id": "a1"]], "deployments.evolve": ["deployment": deployment],
            "deployments.get": ["deployment": Self.deployment],
            "deployments.logs": ["logs": .array(logs), "next_cursor": nil],
            "tools.list": ["tools": [["urn": "u", "tokens": 5], ["urn": "v", "tokens": 7]], "next_cursor": nil],
            "toolsets.list": ["toolsets": .array(toolsets), "next_cursor": nil],
        ])
    }

    @Test func `files go up as they are, and are deployed together`() async throws {
        try await withFiles(["Pet Store.yaml": "openapi: 3.1.0\n", "books.json": "{}"]) { folder in
            let outcome = try await slipway(
                "push",
                "\(folder)/Pet Store.yaml",
                "\(folder)/books.json",
                answering: script()
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            let uploads = outcome.requests("assets.uploadOpenAPI")
            #expect(uploads.map(\.query) == ["name=Pet%20Store.yaml", "name=books.json"])
            #expect(uploads.map(\.text) == ["openapi: 3.1.0\n", "{}"])
            #expect(uploads.map { $0.headers["Content-Type"] } == [["application/yaml"], ["application/json"]])
            #expect(
                outcome.requests("deployments.evolve").map(\.json) == [
                    [
                        "upsert": [
                            ["slug": "pet-store", "kind": "openapi", "asset_id": "a1"],
                            ["slug": "books", "kind": "openapi", "asset_id": "a1"],
                        ]
                    ]
                ]
            )
            #expect(
                outcome.output == """
                    pet-store: 2 tools, about 12 tokens
                    books: 2 tools, about 12 tokens
                    Deployment 4 is completed: 21 tools with 1 error and 2 warnings.
                    """
            )
            #expect(outcome.errors.contains("slipway toolsets create books --source books"))
        }
    }

    @Test(arguments: [
        ("petstore.yaml", "petstore"), ("Pet Store.v2.json", "pet-store-v2"), ("petstore.yaml.zip", "petstore"),
        ("api.zip", "api"), ("plain", "plain"), (".hidden", "hidden"), ("https://example.com/a/books.yml", "books"),
        ("a\\b\\books.yaml", "books"), ("api.v2.zip", "api-v2"),
    ])
    func `a source is named after its file, by push and by the pages alike`(name: String, source: String) {
        #expect(Slug(ofDocumentNamed: name)?.text == source)
    }

    @Test func `diagnostics are shown with their place`() async throws {
        let logs: [JSONValue] = [
            ["level": "info", "message": "started"],
            [
                "level": "warning", "message": "Odd.", "code": "odd", "source": "pets", "pointer": "/paths", "line": 3,
                "column": 5,
            ],
            ["level": "error", "message": "Wrong.", "code": nil, "source": "other", "pointer": "", "line": nil],
        ]
        try await withFiles(["p.yml": "x"]) { folder in
            let outcome = try await slipway(
                "push",
                "\(folder)/p.yml",
                "--source",
                "pets",
                answering: script(logs: logs)
            )
            #expect(
                outcome.output.hasPrefix(
                    """
                    \(folder)/p.yml:3:5: warning: Odd. [odd] at /paths
                    1 diagnostic of sources that were not pushed: see deployments.logs.

                    """
                )
            )
            let failed: JSONValue = ["id": "d1", "seq": 5, "status": "failed"]
            let refused = try await slipway(
                "push",
                "\(folder)/p.yml",
                answering: script(deployment: failed, logs: logs)
            )
            #expect(refused.output.contains("other: error: Wrong."))
        }
    }

    @Test func `of many warnings of one code the first are shown, and the number of the rest`() async throws {
        let odd: JSONValue = ["level": "warning", "message": "Odd.", "code": "odd", "source": "p"]
        let note: JSONValue = ["level": "info", "message": "Skipped.", "code": "skipped", "source": "p"]
        let wrong: JSONValue = ["level": "error", "message": "Wrong.", "code": "wrong", "source": "p"]
        try await withFiles(["p.yml": "x"]) { folder in
            let logs = [note] + Array(repeating: odd, count: 13) + Array(repeating: wrong, count: 13)
            let outcome = try await slipway("push", "\(folder)/p.yml", answering: script(logs: logs))
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count { $0.hasSuffix("warning: Odd. [odd]") } == 10)
            #expect(lines.count { $0.hasSuffix("error: Wrong. [wrong]") } == 13)
            #expect(lines.first?.hasSuffix("note: Skipped. [skipped]") == true)
            #expect(lines.contains("3 more of [odd]; deployments.logs has them all."))
        }
    }

    @Test func `a failed deployment ends with status 1`() async throws {
        let failed: JSONValue = ["id": "d1", "seq": 5, "status": "failed"]
        try await withFiles(["p.yml": "x"]) { folder in
            let outcome = try await slipway("push", "\(folder)/p.yml", answering: script(deployment: failed))
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("slipway: deployment 5 failed, and nothing that is served has changed"))
            #expect(!outcome.calls.contains("toolsets.list"))
        }
    }

    @Test func `a pending deployment is waited for`() async throws {
        try await withFiles(["p.yml": "x"]) { folder in
            let pending: JSONValue = ["id": "d1", "status": "pending"]
            let outcome = try await slipway("push", "\(folder)/p.yml", answering: script(deployment: pending))
            #expect(outcome.status == 0)
            #expect(outcome.requests("deployments.get").map(\.query) == ["id=d1"])
        }
    }

    @Test func `toolsets that have the source are named`() async throws {
        let toolsets: [JSONValue] = [
            ["slug": "one", "editing_mode": "iteration", "tool_urns": ["tools:http:p:a"]],
            ["slug": "two", "editing_mode": "staging", "tool_urns": ["tools:http:p:a"]],
            ["slug": "three", "editing_mode": "staging", "tool_urns": ["tools:http:pp:a"]],
        ]
        try await withFiles(["p.yml": "x"]) { folder in
            let outcome = try await slipway("push", "\(folder)/p.yml", answering: script(toolsets: toolsets))
            #expect(
                outcome.errors == """
                    Toolset one serves it now.
                    Toolset two has it in staging. Look: slipway status two
                    """
            )
        }
    }

    @Test func `for programs it is one JSON value`() async throws {
        try await withFiles(["p.yml": "x"]) { folder in
            let outcome = try await slipway("push", "\(folder)/p.yml", "--json", answering: script())
            let answer = try JSONValue(parsing: outcome.output)
            #expect(answer["deployment"] == Self.deployment)
        }
    }

    @Test func `what cannot be pushed is refused before anything is sent`() async throws {
        try await withFiles(["a.yaml": "x", "a.json": "{}", "---.yaml": "x"]) { folder in
            for (words, sentence) in [
                (["\(folder)/none.yaml"], "there is no file"),
                (["https://you@example.com/a.yaml"], "without a user name"),
                ([folder, "--main", "none.yaml"], "has no file none.yaml"),
                (["\(folder)/a.yaml", "--main", "a.yaml"], "--main names a file of a folder"),
                (["\(folder)/a.yaml", "\(folder)/a.json"], "would both be the source a"),
                (["\(folder)/a.yaml", "\(folder)/a.json", "--source", "b"], "--source names one source"),
                (["\(folder)/a.yaml", "--source", "Not A Slug"], "cannot name a source"),
                (["\(folder)/---.yaml"], "no source can be named after"),
            ] {
                let command = try #require(try SlipwayCommand.parseAsRoot(["push"] + words) as? PushCommand)
                let failure = await #expect(throws: CommandFailure.self) {
                    try await PushedDocument.read(command.files, source: command.source, main: command.main)
                }
                #expect(failure?.sentence.contains(sentence) == true, "\(words)")
            }
        }
    }

    /// Writes files in folders, and pushes some of them.
    private func uploaded(_ files: [String: String], _ words: String...) async throws -> (Outcome, [ZipArchive]) {
        var outcome: Outcome?
        try await withFiles([:]) { folder in
            for (name, text) in files {
                let file = URL(filePath: "\(folder)/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            let words = words.map { $0.hasPrefix("-") ? $0 : "\(folder)/\($0)" }
            outcome =
                switch words.count {
                case 1: try await slipway("push", words[0], answering: script())
                default: try await slipway("push", words[0], words[1], words[2], answering: script())
                }
        }
        let made = try #require(outcome)
        return (made, try made.requests("assets.uploadOpenAPI").map { try ZipArchive(unpacking: $0.body) })
    }

    private static let split = [
        "api/openapi.yaml": "openapi: 3.1.0\npaths: {/pets: {$ref: 'paths/all%20pets.yaml#/all'}}",
        "api/paths/all pets.yaml": "all: {get: {responses: {'200': {$ref: ../answers.json}}}}",
        "api/answers.json": "{}", "api/unused.yaml": "{}", "api/.git/config.yaml": "{}", "api/notes.md": "x",
    ]

    @Test func `a file goes up with those that it refers to, and no others`() async throws {
        let (outcome, archives) = try await uploaded(Self.split, "api/openapi.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(archives.map(\.main) == ["openapi.yaml"])
        #expect(archives[0].files.keys.sorted() == ["answers.json", "openapi.yaml", "paths/all pets.yaml"])
        let upload = outcome.requests("assets.uploadOpenAPI")[0]
        #expect(upload.query == "name=openapi.yaml.zip")
        #expect(upload.headers["Content-Type"] == ["application/zip"])
        #expect(outcome.requests("deployments.evolve")[0].json?["upsert"]?.array?[0]["slug"] == "openapi")
    }

    @Test func `a folder goes up with all of its documents, the same ones as the same bytes`() async throws {
        let (outcome, archives) = try await uploaded(Self.split, "api")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            archives[0].files.keys.sorted() == ["answers.json", "openapi.yaml", "paths/all pets.yaml", "unused.yaml"]
        )
        #expect(archives[0].main == nil)
        let (again, _) = try await uploaded(Self.split, "api")
        #expect(again.requests("assets.uploadOpenAPI")[0].body == outcome.requests("assets.uploadOpenAPI")[0].body)
        #expect(outcome.requests("assets.uploadOpenAPI")[0].query == "name=api.zip")
    }

    @Test func `a file outside of the folder is not sent, also where a link leads there`() async throws {
        let files = [
            "api/openapi.yaml": "openapi: 3.1.0\nx: {$ref: ../secret.yaml}", "secret.yaml": "password: x",
        ]
        let (outcome, _) = try await uploaded(files, "api/openapi.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("refers to ../secret.yaml, which is outside of its folder"))
        #expect(outcome.calls == [])
        try await withFiles(["secret.yaml": "password: x"]) { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/api", withIntermediateDirectories: true)
            try "openapi: 3.1.0\nx: {$ref: link.yaml}"
                .write(toFile: "\(folder)/api/openapi.yaml", atomically: true, encoding: .utf8)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/api/link.yaml",
                withDestinationPath: "../secret.yaml"
            )
            for path in ["\(folder)/api/openapi.yaml", "\(folder)/api"] {
                let linked = try await slipway("push", path, answering: script())
                #expect(linked.status == 1)
                #expect(linked.calls == [])
            }
        }
    }

    @Test func `files that are not there are left to the server to tell about`() async throws {
        try await withFiles(["a.yaml": "openapi: 3.1.0\nx: {$ref: none.yaml}"]) { folder in
            let outcome = try await slipway("push", "\(folder)/a.yaml", answering: script())
            #expect(
                outcome.requests("assets.uploadOpenAPI").map { $0.headers["Content-Type"] } == [["application/yaml"]]
            )
        }
    }

    @Test func `output schemas are asked for, refused, or left as they were`() async throws {
        try await withFiles(["p.yml": "x"]) { folder in
            func wish(_ flag: String) async throws -> JSONValue? {
                let outcome = try await slipway("push", "\(folder)/p.yml", flag, answering: script())
                return outcome.requests("deployments.evolve")[0].json?["upsert"]?.array?[0]["output_schemas"]
            }
            let wishes = [
                try await wish("--output-schemas"), try await wish("--no-output-schemas"), try await wish("--json"),
            ]
            #expect(wishes == [true, false, nil])
        }
    }

    @Test func `names that tools keep are told once`() async throws {
        let tools: JSONValue = [
            "tools": [["urn": "u", "offered_name": "newer"], ["urn": "v"], ["urn": "w", "offered_name": "other"]],
            "next_cursor": nil,
        ]
        let usual = script()
        try await withFiles(["p.yml": "x"]) { folder in
            let outcome = try await slipway("push", "\(folder)/p.yml") { request in
                request.call == "tools.list" ? .json(tools) : usual(request)
            }
            #expect(
                outcome.output.contains(
                    "p: the operationId of 2 tools changed; they keep their names; see their offered_name in tools.get."
                )
            )
        }
    }
}
