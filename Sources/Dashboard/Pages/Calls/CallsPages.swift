import JSON
import ManagementAPI
import Vocabulary

/// The call log: of a toolset, a tab of its pages, and of a project.
struct CallsPages: PageController {
    var routes: [PageRoute] {
        [
            .get("/projects/{project}/toolsets/{toolset}/calls", ofToolset),
            .get("/projects/{project}/calls", ofProject),
        ]
    }

    /// How many calls one page lists.
    private static let listedCalls = 50

    private func ofToolset(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let filter = CallFilter(visit.query)
        let answers = try await answers(visit, filter, toolset: place.slug)
        let page = CallsPage(
            answers,
            filter: filter,
            header: ToolsetHeader(place, page: .calls),
            address: Address.toolset(place.slug, "calls", in: visit.project),
            view: place.view,
            project: visit.project
        )
        let name = place.toolset["name"]?.string ?? place.slug
        return .page("Calls · \(name)", page, by: "calls/page", in: .toolsets)
    }

    private func ofProject(_ visit: Visit) async throws -> PageAnswer {
        let filter = CallFilter(visit.query)
        let page = CallsPage(
            try await answers(visit, filter, toolset: filter.toolset),
            filter: filter,
            address: Address.section(.calls, in: visit.project),
            project: visit.project
        )
        return .page("Calls", page, by: "calls/page", in: .calls)
    }

    private func answers(_ visit: Visit, _ filter: CallFilter, toolset: String?) async throws -> CallAnswers {
        var which = filter.fields(now: .now())
        which["toolset_slug"] = toolset.map(JSONValue.string)
        if toolset == nil { which["release"] = nil }
        guard filter.release != nil || filter.typedRelease.isEmpty else {
            let fault = "A release is found by its number, such as 12."
            return CallAnswers(stats: .null, calls: [:], toolset: toolset, fault: fault)
        }
        do {
            let stats = try await visit.call("toolCalls.stats", which).body["stats"] ?? .null
            var list = which
            list["outcome"] = filter.outcome.map(JSONValue.string)
            list["cursor"] = visit.query.text("cursor").map(JSONValue.string)
            list["limit"] = JSONValue(Self.listedCalls)
            let calls = try await visit.call("toolCalls.list", list).body
            return CallAnswers(stats: stats, calls: calls, toolset: toolset)
        } catch let problem as Problem where [.invalid, .notFound].contains(problem.code) {
            return CallAnswers(stats: .null, calls: [:], toolset: toolset, fault: problem.pageMessage)
        }
    }
}

/// What the management API told of calls.
struct CallAnswers: Sendable {
    let stats: JSONValue
    let calls: JSONObject
    let toolset: String?
    var fault = ""
}

/// Which calls somebody wants to see, as the address says it.
struct CallFilter: Sendable {
    let toolset: String?
    let tool: String?
    let outcome: String?
    let side: String?
    let release: Int?
    /// What was typed as the release, whatever it is.
    let typedRelease: String
    let span: Span
    /// Where the time begins exactly: for the parts of a list after the first, which are parts of the same list.
    let from: Timestamp?

    /// How far back one looks.
    enum Span: String, Sendable, CaseIterable {
        case day = "1d"
        case week = "7d"
        case month = "30d"

        var title: String {
            switch self {
            case .day: "24 hours"
            case .week: "7 days"
            case .month: "30 days"
            }
        }

        fileprivate var duration: Duration {
            switch self {
            case .day: .seconds(86_400)
            case .week: .seconds(7 * 86_400)
            case .month: .seconds(30 * 86_400)
            }
        }
    }

    static let outcomes = [("ok", "Done"), ("tool_error", "Error"), ("refused", "Not called")]

    init(_ query: FormFields) {
        toolset = query.text("toolset")
        tool = query.text("tool")
        outcome = query.text("outcome").flatMap { value in Self.outcomes.contains { $0.0 == value } ? value : nil }
        side = query.text("side").flatMap { ["live", "staging"].contains($0) ? $0 : nil }
        release = query.text("release").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        typedRelease = query.text("release") ?? ""
        span = query["since"].flatMap { Span(rawValue: $0) } ?? .week
        from = query.text("cursor") == nil ? nil : query["from"].flatMap { Timestamp($0) }
    }

    /// Whether anything but the time is asked for.
    var isNarrow: Bool { toolset != nil || tool != nil || outcome != nil || side != nil || release != nil }

    func fields(now: Timestamp) -> JSONObject {
        var fields: JSONObject = ["since": .string((from ?? now.advanced(by: .zero - span.duration)).description)]
        fields["tool"] = tool.map(JSONValue.string)
        fields["view"] = side.map(JSONValue.string)
        fields["release"] = release.map { JSONValue($0) }
        return fields
    }

    /// The filter as a query, with something about it changed.
    func query(_ changes: [String: String] = [:], view: String?) -> String {
        let own: [(String, String?)] = [
            ("view", view), ("toolset", toolset), ("tool", tool), ("outcome", outcome), ("side", side),
            ("release", release.map(String.init)), ("since", span.rawValue), ("cursor", nil),
        ]
        return own.compactMap { name, value in
            (changes[name] ?? value).map { "\(name)=\(Address.encoded($0))" }
        }
        .joined(separator: "&")
    }
}
