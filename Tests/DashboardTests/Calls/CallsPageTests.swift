import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The calls page` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)

    private func page(_ stats: JSONValue, calls: [JSONValue] = [], query: String = "", fault: String = "") -> CallsPage
    {
        CallsPage(
            CallAnswers(
                stats: stats,
                calls: ["tool_calls": .array(calls), "next_cursor": "abc"],
                toolset: nil,
                fault: fault
            ),
            filter: CallFilter(FormFields(urlEncoded: query)),
            address: "/projects/default/calls",
            project: Slug("default"),
            now: now
        )
    }

    private static func counts(_ calls: Int, _ errors: Int, _ refused: Int, p95: Int?, _ more: JSONObject) -> JSONValue
    {
        var json = more
        json["calls"] = JSONValue(calls)
        json["errors"] = JSONValue(errors)
        json["refused"] = JSONValue(refused)
        json["p50"] = JSONValue(p95.map { $0 / 2 })
        json["p95"] = JSONValue(p95)
        return .object(json)
    }

    private static let stats: JSONValue = [
        "bucket": "day", "total": counts(150, 10, 5, p95: 80, [:]),
        "over_time": [
            counts(50, 0, 0, p95: 40, ["from": "2026-11-20T00:00:00.000Z"]),
            counts(0, 0, 0, p95: nil, ["from": "2026-11-21T00:00:00.000Z"]),
            counts(100, 10, 5, p95: 80, ["from": "2026-11-22T00:00:00.000Z"]),
        ],
        "by_release": [
            counts(
                100,
                10,
                5,
                p95: 80,
                ["release": 2, "view": "live", "judgement": "more_failures", "compared_with": 1]
            ),
            counts(40, 0, 0, p95: 40, ["release": 1, "view": "live", "judgement": "nothing_to_compare"]),
            counts(10, 0, 0, p95: 40, ["release": nil, "view": "staging"]),
        ],
        "by_tool": [counts(150, 10, 5, p95: 80, ["tool": "listBooks"])],
        "by_toolset": [counts(150, 10, 5, p95: 80, ["toolset": "library"])],
    ]
    private static let calls: [JSONValue] = [
        [
            "toolset": "library", "release": 2, "view": "live", "tool": "listBooks", "outcome": "tool_error",
            "status": 500, "milliseconds": 80, "caller": "<agent>", "at": "2025-11-24T15:00:00.000Z",
        ],
        [
            "toolset": "library", "release": nil, "view": "staging", "tool": "addBook", "outcome": "ok",
            "status": 201, "milliseconds": 8, "caller": nil, "at": "2025-11-24T15:59:50.000Z",
        ],
    ]

    @Test func `shows a bad release`() throws {
        let page = page(Self.stats, calls: Self.calls)
        try expectSnapshot(of: page, by: "calls/page", named: "calls")
        #expect(page.releases.map(\.judgement) == ["More failures than release 1", "Nothing to compare with", ""])
        #expect(page.releases.map(\.isBad) == [true, false, false])
        #expect(page.total.failureShare == "10 %")
        #expect(page.chart?.bars.map(\.goodHeight) == ["60", "0", "102"])
        #expect(page.chart?.times.count == 2)
        #expect(page.chart?.rows.map(\.time) == ["20 Nov", "22 Nov"])
    }

    @Test func `teaches where nothing was called`() throws {
        let empty: JSONValue = ["total": Self.counts(0, 0, 0, p95: nil, [:]), "over_time": []]
        let page = page(empty)
        try expectSnapshot(of: page, by: "calls/page", named: "calls-empty")
        #expect(page.isEmpty && page.chart == nil)
        #expect(self.page(empty, query: "tool=x").noneFound)
    }

    @Test func `says what is wrong with a filter`() throws {
        try expectSnapshot(
            of: page(.null, query: "toolset=none", fault: "There is no toolset."),
            by: "calls/page",
            named: "calls-fault"
        )
    }

    @Test func `keeps the filter in its links`() {
        let filter = CallFilter(FormFields(urlEncoded: "tool=a%26b&release=2&since=30d&outcome=nonsense"))
        #expect(filter.outcome == nil)
        #expect(filter.query(["cursor": "c"], view: "live") == "view=live&tool=a%26b&release=2&since=30d&cursor=c")
        let since = filter.fields(now: now)["since"]?.string.flatMap { Timestamp($0) }
        #expect(since?.milliseconds == now.milliseconds - 30 * 86_400_000)
    }
}
