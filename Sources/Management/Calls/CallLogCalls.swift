import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// `toolCalls.*`
struct CallLogCalls: CallService {
    let log: any ToolCallLog
    let toolsets: any ToolsetStore

    var handlers: [String: CallHandler] { ["toolCalls.list": list, "toolCalls.stats": stats] }

    /// What statistics are about where nothing else is said: a week.
    private static let usualSpan = Duration.seconds(7 * 86_400)
    /// Up to this long a span is told by hours: two days.
    private static let longestInHours: Int64 = 2 * 86_400_000

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("tool_calls", try await log.toolCalls(try await filter(request), request.page), \.json)
    }

    private func stats(_ request: CallRequest) async throws -> CallAnswer {
        var filter = try await filter(request)
        let until = Timestamp.now()
        let since = filter.since ?? until.advanced(by: .zero - Self.usualSpan)
        filter.since = since
        let isShort = until.milliseconds - since.milliseconds <= Self.longestInHours
        let overTime = try await log.counts(filter, by: isShort ? .hour : .day)
        let byRelease = filter.toolsetID == nil ? [] : try await log.counts(filter, by: .release)
        let byTool = try await log.counts(filter, by: .tool).sorted { $0.counts.calls > $1.counts.calls }
        let byToolset = filter.toolsetID == nil ? try await log.counts(filter, by: .toolset) : []
        return CallAnswer([
            "stats": [
                "since": .string(since.description), "until": .string(until.description),
                "bucket": isShort ? "hour" : "day", "total": .object(try await log.counts(filter).json),
                "over_time": .array(CallBuckets(from: since, to: until, byHour: isShort).filled(overTime)),
                "by_release": .array(Self.judged(byRelease)),
                "by_tool": .array(byTool.prefix(50).map { Self.named("tool", $0) }),
                "by_toolset": .array(byToolset.map { Self.named("toolset", $0) }),
            ]
        ])
    }

    private func filter(_ request: CallRequest) async throws -> ToolCallFilter {
        let input = request.input
        var filter = ToolCallFilter(projectID: try request.projectID)
        if let slug = try input.optionalSlug("toolset_slug") {
            let toolset = try await toolsets.toolset(slug, view: .live, comparing: false, in: filter.projectID)
            guard let toolset else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
            filter.toolsetID = toolset.id.text
        }
        filter.toolName = input.text("tool")
        filter.outcome = input.text("outcome")
        filter.view = input.text("view")
        filter.release = input["release"]?.integer
        guard filter.release == nil || filter.toolsetID != nil else {
            throw Problem(
                .invalid,
                "A release belongs to a toolset: name that as well.",
                errors: [.init(pointer: "/toolset_slug", message: "is required beside release")]
            )
        }
        if let text = input.text("since") {
            // RFC 3339 lets a fraction be left out.
            guard let since = Timestamp(text) ?? Timestamp(text.replacing("Z", with: ".000Z")) else {
                throw Problem(
                    .invalid,
                    "\"\(text)\" is no time in UTC, such as 2026-11-22T17:00:00Z.",
                    errors: [.init(pointer: "/since", message: "is no time in UTC")]
                )
            }
            filter.since = since
        }
        return filter
    }

    private static func named(_ name: String, _ counted: (group: String, counts: CallCounts)) -> JSONValue {
        .object(JSONObject([(name, .string(counted.group))] + counted.counts.json.map { ($0.key, $0.value) }))
    }

    /// Releases, newest first, each beside the newest one before it that had enough calls; then what has no number.
    private static func judged(_ counted: [(group: String, counts: CallCounts)]) -> [JSONValue] {
        let numbered = counted.compactMap { entry in Int(entry.group).map { (number: $0, counts: entry.counts) } }
            .sorted { $0.number > $1.number }
        let releases = numbered.enumerated().map { position, entry -> JSONValue in
            let earlier = numbered[(position + 1)...].first { $0.counts.isEnough }
            var json: JSONObject = ["release": JSONValue(entry.number), "view": "live"]
            for (name, value) in entry.counts.json { json[name] = value }
            json["judgement"] = .string(entry.counts.judged(against: earlier?.counts).rawValue)
            json["compared_with"] = JSONValue(earlier?.number)
            return .object(json)
        }
        let others = counted.filter { Int($0.group) == nil }.map { entry -> JSONValue in
            var json: JSONObject = ["release": .null, "view": .string(entry.group == "staging" ? "staging" : "live")]
            for (name, value) in entry.counts.json { json[name] = value }
            return .object(json)
        }
        return releases + others
    }
}

/// The hours or days of a span, also those without calls.
struct CallBuckets {
    let starts: [String]

    init(from since: Timestamp, to until: Timestamp, byHour: Bool) {
        let length: Int64 = byHour ? 3_600_000 : 86_400_000
        let first = since.milliseconds / length * length
        starts = stride(from: first, through: until.milliseconds, by: Int64.Stride(length)).map {
            Timestamp(milliseconds: $0).description
        }
    }

    func filled(_ counted: [(group: String, counts: CallCounts)]) -> [JSONValue] {
        starts.map { start in
            let counts = counted.first { start.hasPrefix($0.group) }?.counts ?? .none
            return .object(JSONObject([("from", .string(start))] + counts.json.map { ($0.key, $0.value) }))
        }
    }
}

extension CallCounts {
    fileprivate var json: JSONObject {
        [
            "calls": JSONValue(calls), "errors": JSONValue(errors), "refused": JSONValue(refused),
            "p50": JSONValue(p50), "p95": JSONValue(p95),
        ]
    }
}

extension LoggedToolCall {
    fileprivate var json: JSONObject {
        [
            "toolset_id": .string(record.toolsetID), "toolset": .string(toolset.text),
            "release_id": JSONValue(record.releaseID), "release": JSONValue(release), "view": .string(record.view),
            "tool": .string(record.toolName), "urn": .string(record.urn), "outcome": .string(record.outcome),
            "status": JSONValue(record.status), "milliseconds": JSONValue(record.milliseconds),
            "caller": JSONValue(record.caller), "at": .string(record.at.description),
        ]
    }
}
