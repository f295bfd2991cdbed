import JSON
import Testing
import Tools

@testable import Releases

/// Whether a tool asks for more care than it did.
struct TighteningTests {
    private func tool(
        _ annotations: JSONObject = [:],
        confirm: String? = nil,
        security: [String]? = nil
    ) -> CompiledTool {
        var tool: JSONObject = ["name": "get"]
        if !annotations.isEmpty { tool["annotations"] = .object(annotations) }
        if let confirm { tool["_meta"] = ["slipway/confirm": ["mode": .string(confirm)]] }
        var call = definition("get").call
        if let security {
            call.security = [security.map { .init(name: $0, kind: .bearer, variables: ["\($0)_TOKEN"]) }]
        }
        return CompiledTool(urn: urn("get"), tool: tool, tags: [], call: call)
    }

    private static let relaxed: JSONObject = [
        "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false,
    ]

    @Test(arguments: [
        ("readOnlyHint", true, false), ("destructiveHint", false, true), ("idempotentHint", true, false),
        ("openWorldHint", false, true),
    ])
    func `a hint that says more danger tightens, and one that says less does not`(hint: String, safe: Bool, not: Bool) {
        var tight = Self.relaxed
        tight[hint] = .bool(not)
        #expect(tool(tight).isTighter(than: tool(Self.relaxed)))
        #expect(!tool(Self.relaxed).isTighter(than: tool(tight)))
        // What is left out is the protocol's default, which is the danger.
        tight[hint] = nil
        #expect(tool(tight).isTighter(than: tool(Self.relaxed)))
        tight[hint] = .bool(not)
        var silent = Self.relaxed
        silent[hint] = nil
        #expect(!tool(tight).isTighter(than: tool(silent)))
    }

    @Test(
        arguments: [
            (nil, "session", true), (nil, "always", true), ("never", "session", true), ("session", "always", true),
            ("session", nil, false), ("always", "session", false), ("never", nil, false), (nil, "never", false),
            (nil, "in a new way", true), ("always", "always", false),
        ] as [(String?, String?, Bool)]
    )
    func `a confirmation tightens`(before: String?, after: String?, isTighter: Bool) {
        #expect(tool(confirm: after).isTighter(than: tool(confirm: before)) == isTighter)
    }

    @Test func `another authorization tightens, in either direction`() {
        #expect(tool(security: ["a"]).isTighter(than: tool()))
        #expect(tool().isTighter(than: tool(security: ["a"])))
        #expect(tool(security: ["b"]).isTighter(than: tool(security: ["a"])))
        #expect(!tool(security: ["a"]).isTighter(than: tool(security: ["a"])))
    }

    @Test func `other texts and arguments do not`() {
        var other = tool(Self.relaxed).tool
        other["description"] = "Another one"
        other["inputSchema"] = ["type": "object", "required": ["id"]]
        let changed = CompiledTool(urn: urn("get"), tool: other, tags: ["x"], call: definition("get").call)
        #expect(!changed.isTighter(than: tool(Self.relaxed)))
    }
}
