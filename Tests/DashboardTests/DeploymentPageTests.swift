import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Pages of deployments` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)

    private func deployment(_ status: String) -> JSONValue {
        [
            "id": "d4", "seq": 4, "status": .string(status), "sources": [["slug": "library"]], "tool_count": 5,
            "diagnostics": ["error": 1, "warning": 61], "created_at": "2025-11-24T15:00:00.000Z",
        ]
    }

    private func log(_ level: String, _ message: String, line: Int?, code: String? = "dialect_mixed") -> JSONValue {
        [
            "level": .string(level), "message": .string(message), "code": JSONValue(code), "source": "library",
            "file": nil, "pointer": "/paths/~1books", "line": JSONValue(line), "column": 3,
        ]
    }

    @Test func `say what it means for toolsets, and put alike diagnostics together`() throws {
        let effects = try JSONValue(
            parsing: #"""
                {"active": true, "added": ["tools:http:library:newBook"], "changed": ["tools:http:library:getBook"],
                 "removed": ["tools:http:library:oldBook"],
                 "offered_names": [{"urn": "tools:http:library:getBook", "name": "fetchBook"}],
                 "toolsets": [
                    {"slug": "a", "name": "A", "state": "live", "changed": ["tools:http:library:getBook"], "orphans": []},
                    {"slug": "b", "name": "B <b>", "state": "waiting", "changed": [],
                     "orphans": ["tools:http:library:oldBook"]},
                    {"slug": "c", "name": "C", "state": "pinned", "changed": ["tools:http:library:getBook"], "orphans": []}]}
                """#
        )
        let many = (1...60).map { log("warning", "Keywords of 3.0: nullable", line: $0) }
        let logs = [log("info", "library: 5 tools", line: nil, code: nil)] + many + [log("error", "No tool", line: 9)]
        let page = DeploymentPage(
            deployment("completed"),
            logs: logs,
            effects: effects,
            visit: .of(.producer),
            now: now
        )
        try expectSnapshot(of: page, by: "source/deployment", named: "deployment")
        let rows = page.diagnostics?.rows ?? []
        #expect(rows.map(\.message) == ["No tool", "Keywords of 3.0: nullable"], "errors come first")
        #expect(rows.last?.othersLabel == "57 more places")
        #expect(page.consequence == "Live now in 1 toolset, waiting in 1 toolset, kept out of 1 toolset.")
        #expect(page.touched.map(\.isLive) == [true, false, false])
        #expect(page.toolsetAddresses.isEmpty, "toolsets have these tools already")
    }

    @Test func `tell of the sources that are new before those that are as they were`() throws {
        func sources(_ documents: KeyValuePairs<String, String>) -> JSONValue {
            .array(documents.map { ["slug": .string($0.key), "asset_id": .string($0.value)] })
        }
        var (now, before) = (deployment("completed").object ?? [:], deployment("completed").object ?? [:])
        now["sources"] = sources(["library": "2", "pets": "1", "slipway": "1"])
        before["sources"] = sources(["library": "1", "pets": "1", "slipway": "1", "gone": "1"])
        let old = (0..<70).map { number -> JSONValue in
            var line = log("warning", "Old \(number)", line: nil).object ?? [:]
            line["source"] = "pets"
            return .object(line)
        }
        func page(_ query: String = "") -> DeploymentPage {
            DeploymentPage(
                .object(now),
                logs: old + [log("warning", "New", line: 9)],
                effects: nil,
                previous: .object(before),
                visit: .of(.reader, query: query),
                now: self.now
            )
        }
        try expectSnapshot(of: page(), by: "source/deployment", named: "deployment-news")
        #expect(page().brings == "Brings library. Without gone from now on. pets and slipway are as they were.")
        #expect(page().diagnostics?.rows.map(\.message) == ["New"] && page().unchanged?.rows.count == 49)
        #expect(page().pager.text == "1 to 50 of 71" && !page().isUnchangedOpen)
        let second = page("page=2")
        #expect(second.diagnostics == nil && second.unchanged?.rows.count == 21 && second.isUnchangedOpen)
        #expect(page("page=999").unchanged?.rows.count == 21, "an address beyond the end shows the last part")
    }

    @Test func `offer a toolset where none has its tools`() throws {
        let effects = try JSONValue(
            parsing: #"{"active": true, "added": ["tools:http:library:getBook"], "toolsets": []}"#
        )
        let page = DeploymentPage(deployment("completed"), logs: [], effects: effects, visit: .of(.producer), now: now)
        try expectSnapshot(of: page, by: "source/deployment", named: "deployment-first")
        #expect(page.toolsetAddresses.map(\.address) == ["/projects/default/toolsets/new?source=library"])
    }

    @Test func `follow a deployment that is compiled, and say that one failed`() throws {
        let pending = DeploymentPage(deployment("pending"), logs: [], effects: nil, visit: .of(.producer), now: now)
        try expectSnapshot(of: pending, by: "source/deployment", named: "deployment-pending")
        let logs = [log("error", "library: It is no YAML. [dialect_mixed]", line: 3)]
        let failed = DeploymentPage(deployment("failed"), logs: logs, effects: nil, visit: .of(.producer), now: now)
        #expect(failed.diagnostics?.rows.map(\.message) == ["It is no YAML."], "source and code stand beside it")
        #expect(failed.brings == "It was to bring library." && failed.again.map(\.source) == ["library"])
        try expectSnapshot(of: failed, by: "source/deployment", named: "deployment-failed")
        #expect(pending.isPending && failed.isFailed && !failed.isClean)
    }

    @Test func `are listed`() throws {
        let answer: JSONObject = [
            "deployments": [deployment("pending"), deployment("completed"), deployment("failed")], "next_cursor": "4",
        ]
        let page = DeploymentListPage(answer, active: "d4", visit: .of(.reader), now: now)
        try expectSnapshot(of: page, by: "source/deployments", named: "deployment-list")
        let none = DeploymentListPage(["deployments": []], active: nil, visit: .of(.reader), now: now)
        try expectSnapshot(of: none, by: "source/deployments", named: "deployment-list-empty")
    }
}
