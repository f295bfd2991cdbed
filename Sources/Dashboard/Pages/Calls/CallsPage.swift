import JSON
import Vocabulary

/// The latest calls, how many there were and how they went, over time and by release.
struct CallsPage: Sendable {
    struct Row: Sendable {
        let toolset: String
        let toolsetAddress: String
        let tool: String
        let toolAddress: String
        let side: String
        let isStaging: Bool
        let outcome: String
        let isGood: Bool
        let status: String
        let duration: String
        let caller: String
        let when: Moment?
    }

    struct ReleaseRow: Sendable {
        let name: String
        let address: String
        let counts: CallNumbers
        let judgement: String
        let isBad: Bool
        let isQuiet: Bool
    }

    struct NamedRow: Sendable {
        let name: String
        let address: String
        let counts: CallNumbers
    }

    let header: ToolsetHeader?
    let isProject: Bool
    let address: String
    let view: String
    let fault: String
    let tool: String
    let toolsetFilter: String
    let outcomes: [FormOption]
    let sides: [FormOption]
    let spans: [FormOption]
    let release: String
    let isNarrow: Bool
    let clearAddress: String
    let spanTitle: String
    let isEmpty: Bool
    let noneFound: Bool
    let hasCalls: Bool
    let total: CallNumbers
    let chart: CallChart?
    let releases: [ReleaseRow]
    let hasReleases: Bool
    let hasTools: Bool
    let hasToolsets: Bool
    let hasRows: Bool
    let tools: [NamedRow]
    let toolsets: [NamedRow]
    let calls: [Row]
    let more: String

    init(
        _ answers: CallAnswers,
        filter: CallFilter,
        header: ToolsetHeader? = nil,
        address: String,
        view: String? = nil,
        project: Slug?,
        now: Timestamp = .now()
    ) {
        let stats = answers.stats
        self.header = header
        isProject = header == nil
        self.address = address
        self.view = view ?? ""
        fault = answers.fault
        tool = filter.tool ?? ""
        toolsetFilter = filter.toolset ?? ""
        outcomes = CallFilter.outcomes.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == filter.outcome) }
        sides = [("live", "Live"), ("staging", "Staging")].map {
            FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == filter.side)
        }
        spans = CallFilter.Span.allCases.map {
            FormOption(value: $0.rawValue, label: $0.title, isChosen: $0 == filter.span)
        }
        release = filter.typedRelease
        isNarrow = filter.isNarrow
        let place = "\(address)?"
        clearAddress = "\(place)\(view.map { "view=\($0)&" } ?? "")since=\(filter.span.rawValue)"
        spanTitle = filter.span.title
        total = CallNumbers(stats["total"] ?? .null, most: 0)
        hasCalls = stats["total"]?["calls"]?.integer ?? 0 > 0
        chart = hasCalls ? CallChart(stats["over_time"]?.array ?? [], byHour: stats["bucket"]?.string == "hour") : nil
        let link = { (changes: [String: String]) in place + filter.query(changes, view: view) }
        releases = Self.releases(stats["by_release"]?.array ?? [], link)
        tools = Self.named("tool", stats["by_tool"]?.array ?? []) { link(["tool": $0]) }
        toolsets = Self.named("toolset", stats["by_toolset"]?.array ?? []) { Address.toolset($0, "calls", in: project) }
        calls = (answers.calls["tool_calls"]?.array ?? []).map { call in
            Row(call, toolAddress: link(["tool": call["tool"]?.string ?? ""]), project: project, now: now)
        }
        hasReleases = !releases.isEmpty
        hasTools = !tools.isEmpty
        hasToolsets = !toolsets.isEmpty
        hasRows = !calls.isEmpty
        isEmpty = !hasCalls && calls.isEmpty && !filter.isNarrow && answers.fault.isEmpty
        noneFound = calls.isEmpty && !isEmpty && answers.fault.isEmpty
        let since = stats["since"]?.string.map { "&from=\(Address.encoded($0))" } ?? ""
        more = answers.calls["next_cursor"]?.string.map { link(["cursor": $0]) + since } ?? ""
    }

    private static func releases(_ rows: [JSONValue], _ link: ([String: String]) -> String) -> [ReleaseRow] {
        let most = rows.compactMap { $0["calls"]?.integer }.max() ?? 0
        return rows.map { row in
            let number = row["release"]?.integer
            let judgement = row["judgement"]?.string ?? ""
            let other = row["compared_with"]?.integer.map { "release \($0)" } ?? ""
            let isStaging = row["view"]?.string == "staging"
            return ReleaseRow(
                name: number.map { "Release \($0)" } ?? (isStaging ? "Staging" : "Iteration mode"),
                address: number.map { link(["release": String($0)]) } ?? (isStaging ? link(["side": "staging"]) : ""),
                counts: CallNumbers(row, most: most),
                judgement: words(judgement, other),
                isBad: ["more_failures", "slower"].contains(judgement),
                isQuiet: judgement == "not_enough_calls"
            )
        }
    }

    private static func words(_ judgement: String, _ other: String) -> String {
        switch judgement {
        case "not_enough_calls": "Not enough calls to judge"
        case "more_failures": "More failures than \(other)"
        case "slower": "Slower than \(other)"
        case "as_before": "As \(other)"
        case "nothing_to_compare": "Nothing to compare with"
        default: ""
        }
    }

    private static func named(_ name: String, _ rows: [JSONValue], _ address: (String) -> String) -> [NamedRow] {
        let most = rows.compactMap { $0["calls"]?.integer }.max() ?? 0
        return rows.prefix(20).map { row in
            let text = row[name]?.string ?? ""
            return NamedRow(name: text, address: address(text), counts: CallNumbers(row, most: most))
        }
    }
}

extension CallsPage.Row {
    fileprivate init(_ call: JSONValue, toolAddress: String, project: Slug?, now: Timestamp) {
        toolset = call["toolset"]?.string ?? ""
        toolsetAddress = Address.toolset(toolset, "calls", in: project)
        tool = call["tool"]?.string ?? ""
        self.toolAddress = toolAddress
        isStaging = call["view"]?.string == "staging"
        side =
            isStaging
            ? "Staging" : call["release"]?.integer.map { "Release \($0)" } ?? "Iteration"
        let outcome = call["outcome"]?.string ?? ""
        isGood = outcome == "ok"
        self.outcome = CallFilter.outcomes.first { $0.0 == outcome }?.1 ?? outcome
        status = call["status"]?.integer.map(String.init) ?? ""
        duration = call["milliseconds"]?.integer.map { "\(Count.number($0)) ms" } ?? ""
        caller = call["caller"]?.string ?? ""
        when = Moment(call["at"]?.string, now: now)
    }
}

/// Counts of calls as a table shows them, with a bar that is as long as their share of the most.
struct CallNumbers: Sendable {
    let calls: String
    let errors: String
    let refused: String
    let failureShare: String
    let p50: String
    let p95: String
    /// In units of a drawing that is 100 wide.
    let goodWidth: String
    let badWidth: String

    init(_ json: JSONValue, most: Int) {
        let calls = json["calls"]?.integer ?? 0
        let bad = (json["errors"]?.integer ?? 0) + (json["refused"]?.integer ?? 0)
        self.calls = Count.number(calls)
        errors = Count.number(json["errors"]?.integer ?? 0)
        refused = Count.number(json["refused"]?.integer ?? 0)
        failureShare = calls == 0 ? "–" : Self.percent(bad, of: calls)
        p50 = json["p50"]?.integer.map { "\(Count.number($0)) ms" } ?? "–"
        p95 = json["p95"]?.integer.map { "\(Count.number($0)) ms" } ?? "–"
        let scale = most == 0 ? 0 : 100 / Double(most)
        goodWidth = Drawing.text(Double(calls - bad) * scale)
        badWidth = Drawing.text(Double(bad) * scale)
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = (part * 1000 + whole / 2) / whole
        return tenths % 10 == 0 || tenths >= 100 ? "\((tenths + 5) / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
