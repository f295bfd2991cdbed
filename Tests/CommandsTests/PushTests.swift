import ArgumentParser
import Foundation
import JSON
import NIOHTTP1
import Testing

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
            "tools.list": ["tools": [["urn": "u"], ["urn": "v"]], "next_cursor": nil],
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
                    pet-store: 2 tools
                    books: 2 tools
                    Deployment 4 is completed: 21 tools with 1 error and 2 warnings.
                    """
            )
            #expect(outcome.errors.contains("slipway toolsets create books --source books"))
        }
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
                outcome.output.hasPrefix("\(folder)/p.yml:3:5: warning: Odd. [odd] at /paths\nother: error: Wrong.\n")
            )
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
                (["https://example.com/a.yaml"], "push takes files for now"),
                (["\(folder)/none.yaml"], "there is no file"), ([folder], "cannot be read as a file"),
                (["\(folder)/a.yaml", "\(folder)/a.json"], "would both be the source a"),
                (["\(folder)/a.yaml", "\(folder)/a.json", "--source", "b"], "--source names one source"),
                (["\(folder)/a.yaml", "--source", "Not A Slug"], "cannot name a source"),
                (["\(folder)/---.yaml"], "no source can be named after"),
            ] {
                let command = try #require(try SlipwayCommand.parseAsRoot(["push"] + words) as? PushCommand)
                let failure = #expect(throws: CommandFailure.self) {
                    try PushedDocument.read(command.files, source: command.source)
                }
                #expect(failure?.sentence.contains(sentence) == true, "\(words)")
            }
        }
    }
}
