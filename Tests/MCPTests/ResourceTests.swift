import JSON
import MCP
import Testing

/// Resources, where the eras agree or differ about them.
struct ResourceTests {
    private static let methods = ["resources/list", "resources/templates/list", "resources/read"]
    private let content = SampleContent(offersResources: true)

    /// The outcome and body of a request of that revision.
    private func answer(_ method: String, _ params: String = "{}", in revision: Revision) async throws -> Answer {
        guard revision.isModern else { return await legacy(method, params, in: revision, to: content) }
        let members = params.dropFirst().dropLast()
        let uri = try JSONValue(parsing: params)["uri"]?.string
        return await ModernCall(
            method: method,
            members: members.isEmpty ? "" : "\(members),",
            name: uri,
            content: content
        ).send()
    }

    @Test(arguments: Revision.allCases) func `resources are advertised where there are any`(
        revision: Revision
    ) async throws {
        let answer =
            revision.isModern
            ? await ModernCall(method: "server/discover", content: content).send()
            : await legacy("initialize", #"{"protocolVersion":"\#(revision.rawValue)"}"#, to: content)
        let capabilities = try answer.json["result"]?["capabilities"]
        #expect(capabilities?["resources"] == ["subscribe": false, "listChanged": true])
    }

    @Test(arguments: Revision.allCases) func `the bytes of the list are copied`(revision: Revision) async throws {
        let answer = try await answer("resources/list", in: revision)
        #expect(answer.text.contains(#""resources":[ {"uri":"sample:guide", "in":"\#(revision.rawValue)"} ]"#))
    }

    @Test(arguments: Revision.allCases) func `there are no templates, and the list says so`(
        revision: Revision
    ) async throws {
        let result = try await answer("resources/templates/list", in: revision).json["result"]
        #expect(result?["resourceTemplates"] == [])
    }

    @Test(arguments: Revision.allCases) func `text comes as text, and bytes as base64`(revision: Revision) async throws
    {
        let text = try await answer("resources/read", #"{"uri":"sample:guide"}"#, in: revision).json["result"]
        #expect(
            text?["contents"] == [["uri": "sample:guide", "mimeType": "text/plain", "text": "Read \u{1F436}\n"]]
        )
        let blob = try await answer("resources/read", #"{"uri":"sample:logo"}"#, in: revision).json["result"]
        #expect(blob?["contents"] == [["uri": "sample:logo", "mimeType": "image/png", "blob": "AP8Q"]])
    }

    @Test(arguments: Revision.allCases) func `an unknown URI has the code of its era and its URI`(
        revision: Revision
    ) async throws {
        let answer = try await answer("resources/read", #"{"uri":"sample:none"}"#, in: revision)
        #expect(try answer.outcome == "200 \(revision.isModern ? -32602 : -32002)")
        #expect(try answer.json["error"]?["data"] == ["uri": "sample:none"])
        #expect(try answer.json["error"]?["message"] == "There is no resource \"sample:none\" here.")
    }

    @Test(arguments: Revision.allCases) func `a read without a URI is -32602`(revision: Revision) async throws {
        #expect(try await answer("resources/read", "{}", in: revision).outcome == "200 -32602")
    }

    @Test func `a very long URI is not repeated whole`() async throws {
        let uri = "sample:" + String(repeating: "x", count: 100_000)
        #expect(await legacy("resources/read", #"{"uri":"\#(uri)"}"#, to: content).text.utf8.count < 800)
    }

    @Test func `an error behind a read is told to the log and not to the caller`() async throws {
        let answer = await legacy("resources/read", #"{"uri":"sample:broken"}"#, to: content)
        #expect(try answer.outcome == "200 -32603")
        #expect(answer.cause is SampleContent.Broken)
    }

    @Test(arguments: ["resources/list", "resources/templates/list"])
    func `a cursor is unknown, since there is one page`(method: String) async throws {
        #expect(try await legacy(method, #"{"cursor":"x"}"#, to: content).outcome == "200 -32602")
    }

    @Test func `lists and contents say how long they keep`() async throws {
        for (method, params) in [
            ("resources/list", "{}"), ("resources/templates/list", "{}"),
            ("resources/read", #"{"uri":"sample:guide"}"#),
        ] {
            let modern = try await answer(method, params, in: .july2026).json["result"]
            #expect(modern?["ttlMs"] == 60_000)
            #expect(modern?["cacheScope"] == "private")
            #expect(modern?["resultType"] == "complete")
            let legacy = try await answer(method, params, in: .november2025).json["result"]
            #expect(legacy?["ttlMs"] == nil)
        }
    }

    @Test func `a read must name its URI in Mcp-Name too`() async throws {
        for name in [nil, "sample:logo"] {
            let answer = await ModernCall(
                method: "resources/read",
                members: #""uri":"sample:guide","#,
                name: name,
                content: content
            ).send()
            #expect(try answer.outcome == "400 -32020")
        }
    }

    @Test(arguments: methods) func `what has no resources offers no method of them`(method: String) async throws {
        let none = SampleContent()
        #expect(try await legacy(method, #"{"uri":"sample:guide"}"#, to: none).outcome == "200 -32601")
        let modern = ModernCall(method: method, members: #""uri":"sample:guide","#, name: "sample:guide", content: none)
        #expect(try await modern.send().outcome == "404 -32601")
    }

    @Test func `resources are cut to the revision`() throws {
        let resource = try #require(
            try JSONValue(
                parsing:
                    #"{"uri":"a:b","name":"b","title":"B","description":"d","mimeType":"text/plain","size":3,"icons":[],"_meta":{}}"#
            ).object
        )
        func written(_ revision: Revision) -> String {
            String(decoding: ResourceEncoding(for: revision).bytes(of: [resource]), as: UTF8.self)
        }
        let plain = #""description":"d","mimeType":"text/plain","size":3"#
        #expect(written(.march2025) == #"[{"uri":"a:b","name":"b",\#(plain)}]"#)
        #expect(written(.june2025) == #"[{"uri":"a:b","name":"b","title":"B",\#(plain),"_meta":{}}]"#)
        for revision in [Revision.november2025, .july2026] {
            #expect(written(revision) == #"[{"uri":"a:b","name":"b","title":"B",\#(plain),"icons":[],"_meta":{}}]"#)
        }
    }
}
