import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Putting into staging what live gained, and deciding where both changed the same.
struct MergePages: PageController {
    private static let merge = "/projects/{project}/toolsets/{toolset}/merge"

    var routes: [PageRoute] {
        [
            .get(Self.merge, scope: .producer, show), .post("\(Self.merge)/preview", scope: .producer, show),
            .post(Self.merge, scope: .producer, merge),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer { try await page(visit, MergeForm(visit.form)) }

    private func merge(_ visit: Visit) async throws -> PageAnswer {
        let form = MergeForm(visit.form)
        let slug = visit["toolset"]
        do {
            let review = try await review(visit)
            let conflicts = (review["conflicts"]?.array ?? []).map(MergeItemView.Kind.init)
            let before = try await visit.toolsetPlace().toolset["staging"]?["replaced"]
            let answer = try await visit.call(
                "toolsets.mergeLiveIntoStaging",
                ["slug": .string(slug), "resolutions": .array(form.resolutions(of: conflicts))],
                etag: visit.form.text("etag")
            )
            let live = answer.body["merged"]?["live_release"]?.integer
            let text = live.map { "Release \($0) is merged into staging, which is based on it now." }
            // Where the merge took nothing of staging away there is nothing to put back.
            let replaced = answer.body["toolset"]?["staging"]?["replaced"]
            let hasReplaced = replaced?["by"] == "merge" && replaced != before
            return .redirect(
                to: Address.toolset(slug, "review", in: visit.project),
                Notice(
                    text: text ?? "There was nothing to merge: staging has all that live gained.",
                    command: text == nil || !hasReplaced ? nil : "slipway discard \(slug) --undo"
                )
            )
        } catch let problem as Problem where Self.isShown(problem.code) {
            return try await page(visit, form, problem, status: HTTPResponse.Status(code: problem.code.httpStatus))
        }
    }

    private func page(
        _ visit: Visit,
        _ form: MergeForm,
        _ problem: Problem? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        guard place.isStagingMode else { return place.withoutStaging }
        let review = try await review(visit)
        let texts = try await MergeTexts(review["conflicts"]?.array ?? [], review: review, visit)
        let page = MergePage(place, review, form: form, texts: texts, problem: problem)
        return .page("Merge live into staging", page, by: "staging/merge", in: .toolsets, status: status)
    }

    private func review(_ visit: Visit) async throws -> JSONValue {
        try await visit.call("toolsets.reviewStagingVersion", ["slug": .string(visit["toolset"])]).body["review"]
            ?? .null
    }

    private static func isShown(_ code: ProblemCode) -> Bool {
        [.mergeConflicts, .invalid, .etagMismatch, .duplicateToolName, .unknownURN].contains(code)
    }
}

/// What somebody has decided about items that both sides changed.
struct MergeForm: Sendable {
    /// By the item's name: `live`, `staging`, `base` or `own`.
    let choices: [String: String]
    /// Own texts, by the item's name.
    let texts: [String: String]
    /// `live:tool/tools:http:library:getBook`: a side for everything about one thing.
    let all: (side: String, group: String)?

    init(_ form: FormFields) {
        choices = Dictionary(
            form.under("take-").map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        texts = Dictionary(form.under("text-").map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        all = form.text("all").flatMap { text in
            let parts = text.split(separator: ":", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
    }

    private static let known: Set<String> = ["live", "staging", "base", "own"]

    /// What is decided about an item; none where nothing is.
    func choice(of item: String, in group: String) -> String? {
        if let all, all.group == group { return all.side }
        // What no button of the page sends decides nothing.
        return choices[item].flatMap { Self.known.contains($0) ? $0 : nil }
    }

    /// The resolutions of those conflicts that are decided.
    func resolutions(of conflicts: [MergeItemView.Kind]) -> [JSONValue] {
        conflicts.compactMap { conflict in
            switch choice(of: conflict.item, in: conflict.group) {
            case "own"?:
                guard let value = conflict.value(of: texts[conflict.item] ?? "") else { return nil }
                return ["item": .string(conflict.item), "value": value]
            case let side?: return ["item": .string(conflict.item), "take": .string(side)]
            case nil: return nil
            }
        }
    }
}
