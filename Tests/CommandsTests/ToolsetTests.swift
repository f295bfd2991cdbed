import JSON
import NIOHTTP1
import Testing

@testable import Commands

struct ToolsetTests {
    private static let staged: JSONValue = [
        "slug": "pets", "name": "Pets", "editing_mode": "staging", "view": "staging", "etag": "e1", "tokens": 120,
        "tool_urns": ["u", "v"], "resource_urns": ["resources:asset:guide"], "mcp_url": "http://h/mcp/pets",
        "mcp_enabled": true, "mcp_is_public": false,
        "current_release": ["number": 9, "tool_count": 3], "hold": nil,
        "staging": ["etag": "x", "base_release": 12, "changes": 2, "mcp_url": "http://h/mcp/pets/staging"],
    ]
    private static let iterating: JSONValue = [
        "slug": "books", "name": "Books", "editing_mode": "iteration", "view": "live", "tool_urns": ["w"],
        "mcp_url": "http://h/mcp/books", "mcp_is_public": true, "current_release": nil, "staging": nil,
    ]

    @Test func `a hold is told with its reason, and how it is lifted`() async throws {
        var held = Self.staged.object ?? [:]
        held["hold"] = [
            "from": 12, "to": 9, "reason": "it is slow", "actor": "key:ada", "since": "2026-11-22T17:08:30.125Z",
        ]
        let outcome = try await slipway(
            "status",
            "pets",
            answering: answers(["toolsets.get": ["toolset": .object(held)]])
        )
        #expect(
            outcome.output.contains(
                "\nHold             automations wait: rolled back from release 12 to 9 by key:ada: it is slow\n"
            )
        )
        #expect(outcome.errors.contains("to let automations publish: slipway lift-hold pets\n"))
    }

    @Test func `toolsets are a table`() async throws {
        let list: JSONValue = ["toolsets": [Self.staged, Self.iterating], "next_cursor": nil]
        let outcome = try await slipway("toolsets", answering: answers(["toolsets.list": list]))
        #expect(
            outcome.output == """
                TOOLSET  MODE       LIVE        STAGING    TOOLS  TOKENS  ADDRESS
                pets     staging    release 9   2 changes  2      120     http://h/mcp/pets
                books    iteration  every edit  -          1      -       http://h/mcp/books
                """
        )
        let listed: JSONValue = ["toolsets": [Self.iterating], "next_cursor": nil]
        let short = try await slipway("toolsets", answering: answers(["toolsets.list": listed]))
        #expect(short.output.hasPrefix("TOOLSET  MODE       LIVE        TOOLS  TOKENS  ADDRESS\n"))
        let json = try await slipway("toolsets", "--json", answering: answers(["toolsets.list": list]))
        #expect(try JSONValue(parsing: json.output) == list)
        #expect(json.errors.isEmpty)
    }

    @Test func `a toolset is made of sources and tools, each once`() async throws {
        let outcome = try await slipway(
            "toolsets",
            "create",
            "pets",
            "--source",
            "p",
            "--tool",
            "v",
            "--tool",
            "x",
            "--environment",
            "prod",
            "--public",
            answering: answers([
                "tools.list": ["tools": [["urn": "u"], ["urn": "v"]], "next_cursor": nil],
                "toolsets.create": ["toolset": Self.iterating],
            ])
        )
        #expect(
            outcome.requests("toolsets.create").map(\.json) == [
                [
                    "slug": "pets", "tool_urns": ["u", "v", "x"], "default_environment_slug": "prod",
                    "mcp_is_public": true,
                ]
            ]
        )
        #expect(outcome.output == "Toolset books is live with 1 tool: http://h/mcp/books")
        #expect(outcome.errors.isEmpty)
    }

    @Test func `a source without tools makes no toolset`() async throws {
        let empty: JSONValue = ["tools": [], "next_cursor": nil]
        let outcome = try await slipway(
            "toolsets",
            "create",
            "pets",
            "--source",
            "p",
            answering: answers(["tools.list": empty])
        )
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("no tools of a source \"p\"; push its document"))
    }

    @Test func `an edit says what it must still be`() async throws {
        let script = answers([
            "toolsets.get": ["toolset": Self.staged],
            "toolsets.update": ["toolset": Self.staged, "settings_changes": []],
        ])
        let outcome = try await slipway("toolsets", "edit", "pets", "--add", "w", "--remove", "u", answering: script)
        let request = try #require(outcome.requests("toolsets.update").first)
        #expect(request.json == ["slug": "pets", "tool_urns": ["v", "w"]])
        #expect(request.headers["If-Match"] == ["\"e1\""])
        #expect(outcome.output == "Edited the staging side of pets: 2 tools. Live stays release 9.")

        let wrong = try await slipway("toolsets", "edit", "pets", "--remove", "zz", answering: script)
        #expect(wrong.status == 1)
        #expect(!wrong.calls.contains("toolsets.update"))
    }

    @Test func `a side is shown with its tools`() async throws {
        let outcome = try await slipway(
            "toolsets",
            "show",
            "pets",
            "--view",
            "live",
            answering: answers(["toolsets.get": ["toolset": Self.staged]])
        )
        #expect(outcome.requests.map(\.query) == ["slug=pets&view=live"])
        #expect(outcome.output.contains("Live         release 9"))
        #expect(outcome.output.contains("TOOL  URN  TOKENS\n-     u    -\n-     v    -"))
        #expect(outcome.output.hasSuffix("RESOURCE\nresources:asset:guide"))
    }

    @Test func `the status of a toolset says what to do next`() async throws {
        let script = answers(["toolsets.get": ["toolset": Self.staged]])
        let outcome = try await slipway("status", "pets", "--project", "p", answering: script)
        #expect(
            outcome.output == """
                pets  Pets

                Mode             staging
                Live             release 9, 3 tools
                Staging          2 changes, based on release 12
                Address          http://h/mcp/pets
                Tokens           about 120, staging
                Output schemas   as each source says
                Staging address  http://h/mcp/pets/staging (key of scope reader)
                """
        )
        #expect(
            outcome.errors == """
                Next: to return to release 12: slipway rollback pets 12 --project p
                      to see what changes: slipway review pets --project p
                      to make staging live: slipway publish pets -m NOTES --project p
                      to discard changes: slipway discard pets --project p
                """
        )
    }

    @Test func `the status of the project is all in short`() async throws {
        let outcome = try await slipway(
            "status",
            answering: answers([
                "keys.verify": ["key": ["name": "me", "scopes": ["admin"], "project_slug": nil]],
                "deployments.active": ["deployment": ["seq": 4, "tool_count": 2, "sources": [["slug": "petstore"]]]],
                "toolsets.list": ["toolsets": [], "next_cursor": nil],
                "projects.list": ["projects": [["slug": "default"]], "next_cursor": nil],
            ])
        )
        #expect(outcome.output.contains("Project     default\n"))
        #expect(outcome.output.contains("Deployment  4, 2 tools of petstore\n\nThere are no toolsets yet."))
        #expect(outcome.errors == "Next: make a toolset: slipway toolsets create petstore --source petstore")
    }

    @Test func `the status of the project compares what is in staging`() async throws {
        var listed = try #require(Self.staged.object)
        listed["staging"] = ["etag": "x", "base_release": 12, "changes": nil]
        let outcome = try await slipway(
            "status",
            answering: answers([
                "keys.verify": ["key": ["name": "me", "scopes": ["reader"], "project_slug": "p"]],
                "deployments.active": ["deployment": ["seq": 4, "tool_count": 2, "sources": []]],
                "toolsets.list": ["toolsets": [.object(listed), Self.iterating], "next_cursor": nil],
                "toolsets.get": ["toolset": Self.staged],
            ])
        )
        #expect(outcome.requests("toolsets.get").map(\.query) == ["slug=pets"])
        #expect(outcome.output.contains("pets     staging    release 9   2 changes  2      120     http://h/mcp/pets"))
    }

    @Test func `a tool's answer is its text, and a failed one is status 1`() async throws {
        let result: JSONValue = [
            "content": [["type": "text", "text": "{\"id\":1}"], ["type": "image", "mimeType": "image/png"]]
        ]
        let outcome = try await slipway(
            "call",
            "pets",
            "get_pet",
            #"{"id":1}"#,
            "--staging",
            answering: answers(["instances.invokeTool": ["result": result, "call": [:]]])
        )
        #expect(
            outcome.requests.map(\.json) == [
                ["toolset_slug": "pets", "tool": "get_pet", "arguments": ["id": 1], "view": "staging"]
            ]
        )
        #expect(outcome.output == "{\"id\":1}\n[image, image/png: --json shows it]")
        #expect(outcome.status == 0)

        let pinned = try await slipway(
            "call",
            "pets",
            "get_pet",
            "--release",
            "3",
            answering: answers(["instances.invokeTool": ["result": result, "call": [:]]])
        )
        #expect(pinned.requests.map(\.json) == [["toolset_slug": "pets", "tool": "get_pet", "release": 3]])

        let failed: JSONValue = ["content": [["type": "text", "text": "no"]], "isError": true]
        let failure = try await slipway(
            "call",
            "pets",
            "get_pet",
            answering: answers(["instances.invokeTool": ["result": failed, "call": [:]]])
        )
        #expect(failure.status == 1)
        #expect(failure.output == "no")
    }

    @Test func `a client is told of a toolset`() async throws {
        let script = answers(["toolsets.get": ["toolset": Self.staged]])
        let outcome = try await slipway("install", "pets", "--client", "claude-code", "--staging", answering: script)
        #expect(
            outcome.output.hasPrefix(
                """
                Run in your shell:

                claude mcp add --transport http pets-staging http://h/mcp/pets/staging --header "Authorization: Bearer $SLIPWAY_PETS_STAGING_KEY"
                """
            )
        )
        #expect(outcome.errors.contains("It needs a key of scope reader; keep it in SLIPWAY_PETS_STAGING_KEY."))

        let json = try await slipway("install", "pets", "--client", "cursor", "--json", answering: script)
        let answer = try JSONValue(parsing: json.output)
        #expect(answer["methods"]?.array?.compactMap { $0["kind"]?.string } == ["link", "file"])
        #expect(answer["url"] == "http://h/mcp/pets")
    }

    @Test func `a client that can send no key gets no private toolset`() async throws {
        let script = answers(["toolsets.get": ["toolset": Self.staged]])
        let outcome = try await slipway("install", "pets", "--client", "chatgpt", answering: script)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("ChatGPT can send no key"))
        let none = try await slipway("install", "pets", "--client", "netscape", answering: script)
        #expect(none.status == 1)
        #expect(none.errors.contains("There is no client \"netscape\""))
        let iterating = answers(["toolsets.get": ["toolset": Self.iterating]])
        let side = try await slipway("install", "books", "--client", "json", "--staging", answering: iterating)
        #expect(side.status == 1)
        #expect(side.errors.contains("has no staging side"))
    }

    @Test(arguments: [("[1]", "JSON array"), ("{", "not JSON"), ("", "not JSON")])
    func `arguments that are no object are refused here`(text: String, word: String) {
        let failure = #expect(throws: CommandFailure.self) { try CallCommand.object(text) }
        #expect(failure?.sentence.contains(word) == true)
    }
}
