import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Taking edits out of staging and putting them back; loading a release into it; lifting a hold.
struct DiscardPages: PageController {
    private static let toolset = "/projects/{project}/toolsets/{toolset}"

    var routes: [PageRoute] {
        [
            .get("\(Self.toolset)/discard", scope: .producer, ask),
            .post("\(Self.toolset)/discard", scope: .producer, discard),
            .post("\(Self.toolset)/undo-discard", scope: .producer, page: "\(Self.toolset)/review", undo),
            .get("\(Self.toolset)/releases/{number}/load", scope: .producer, askToLoad),
            .post("\(Self.toolset)/releases/{number}/load", scope: .producer, load),
            .post("\(Self.toolset)/lift-hold", scope: .publisher, page: "\(Self.toolset)/releases", liftHold),
        ]
    }

    private func ask(_ visit: Visit) async throws -> PageAnswer { try await discardPage(visit) }

    private func discardPage(
        _ visit: Visit,
        fault: String = "",
        status: HTTPResponse.Status = .ok
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        guard place.isStagingMode else { return place.withoutStaging }
        let review = try await visit.call("toolsets.reviewStagingVersion", ["slug": .string(place.slug)]).body["review"]
        let page = ReplacementPage(discarding: review ?? .null, place, fault: fault)
        return .page(page.title, page, by: "staging/replace", in: .toolsets, status: status)
    }

    private func discard(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        do {
            let answer = try await visit.call(
                "toolsets.discardStagingVersion",
                ["slug": .string(slug)],
                etag: visit.form.text("etag")
            )
            let left = answer.body["toolset"]?["staging"]?["changes"]?.integer ?? 0
            let rest = left > 0 ? " What the project changed stays: \(Count.changes(left))." : ""
            return .redirect(
                to: Address.toolset(slug, "review", in: visit.project),
                Notice(
                    text: "The changes are discarded: staging says what live says.\(rest) They are kept for 30 days.",
                    command: "slipway discard \(slug) --undo"
                )
            )
        } catch let problem as Problem where problem.code == .etagMismatch {
            return try await discardPage(visit, fault: Self.moved, status: .preconditionFailed)
        }
    }

    private func undo(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        do {
            _ = try await visit.call(
                "toolsets.undoDiscard",
                ["slug": .string(slug), "replace": .bool(visit.form.has("replace"))],
                etag: visit.form.text("etag")
            )
        } catch let problem as Problem where [.stagingMoved, .etagMismatch].contains(problem.code) {
            let page = ReplacementPage(undoing: try await visit.toolsetPlace())
            return .page(page.title, page, by: "staging/replace", in: .toolsets, status: .conflict)
        } catch let problem as Problem where problem.code == .notFound {
            return .redirect(
                to: Address.toolset(slug, "review", in: visit.project),
                Notice(kind: .warning, text: "There is nothing to put back any more; nothing was changed.")
            )
        }
        return .redirect(
            to: Address.toolset(slug, "review", in: visit.project),
            Notice(text: "Staging says again what it said before.", command: "slipway discard \(slug) --undo")
        )
    }

    private func askToLoad(_ visit: Visit) async throws -> PageAnswer { try await loadPage(visit) }

    private func loadPage(
        _ visit: Visit,
        fault: String = "",
        status: HTTPResponse.Status = .ok
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let number = try visit.releaseNumber
        let comparison = try await visit.call(
            "toolsets.compareReleases",
            ["slug": .string(place.slug), "from": "staging", "to": .string("\(number)")]
        ).body["comparison"]
        let page = ReplacementPage(loading: number, comparison ?? .null, place, fault: fault)
        return .page(page.title, page, by: "staging/replace", in: .toolsets, status: status)
    }

    private func load(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        let number = try visit.releaseNumber
        do {
            _ = try await visit.call(
                "toolsets.loadReleaseIntoStaging",
                ["slug": .string(slug), "number": JSONValue(number)],
                etag: visit.form.text("etag")
            )
        } catch let problem as Problem where problem.code == .etagMismatch {
            return try await loadPage(visit, fault: Self.moved, status: .preconditionFailed)
        }
        return .redirect(
            to: Address.toolset(slug, "review", in: visit.project),
            Notice(
                text:
                    "Staging shows release \(number); it stays on that release’s deployment and prompts. Live stays as it is.",
                command: "slipway discard \(slug) --undo"
            )
        )
    }

    private func liftHold(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        var input: JSONObject = ["slug": .string(slug)]
        if let reason = visit.form.text("reason") { input["reason"] = .string(reason) }
        do {
            _ = try await visit.call("toolsets.liftHold", input)
        } catch let problem as Problem where problem.code == .notFound {
            return .redirect(
                to: Address.toolset(slug, "releases", in: visit.project),
                Notice(kind: .warning, text: "There is no hold any more; nothing was changed.")
            )
        }
        return .redirect(
            to: Address.toolset(slug, "releases", in: visit.project),
            Notice(text: "The hold is lifted: automations may publish again.")
        )
    }

    private static let moved = "Staging was edited meanwhile. Here is what would go now; nothing was changed."
}

/// What staging will lose, before something else takes its place.
struct ReplacementPage: Sendable {
    let header: ToolsetHeader
    let title: String
    let address: String
    let cancelAddress: String
    let fault: String
    let explanation: String
    /// What stands above the changes: `What goes`.
    let listTitle: String
    let list: ChangeList?
    let empty: String
    let etag: String
    let button: String
    let isDanger: Bool
    /// Whether there is something to do.
    let isOffered: Bool
    let replaces: Bool

    init(discarding review: JSONValue, _ place: ToolsetPlace, fault: String = "", now: Timestamp = .now()) {
        let live = review["live_release"]?.integer.map { "release \($0)" } ?? "live"
        let changes = review["yours"]?.array ?? []
        let others = review["project"]?.array?.count ?? 0
        title = "Discard changes"
        header = ToolsetHeader(place, page: nil, trail: [("Review", "review"), (title, "")], now: now)
        address = Address.toolset(place.slug, "discard", in: place.project)
        cancelAddress = Address.toolset(place.slug, "review", in: place.project)
        self.fault = fault
        let count = changes.count + others
        let project =
            others > 0
            ? " Of \(Count.of(count, "change")), \(Count.number(changes.count)) \(changes.count == 1 ? "is" : "are") of this toolset and \(changes.count == 1 ? "goes" : "go"); \(Count.number(others)) \(others == 1 ? "is" : "are") of the project and \(others == 1 ? "stays" : "stay")."
            : ""
        // An edit that callers do not notice is an edit all the same.
        isOffered = !changes.isEmpty || !place.isInStep && others == 0
        explanation =
            isOffered
            ? "Staging will say what live says (\(live)). Live stays as it is.\(project) The discarded changes are kept for 30 days and can be put back."
            : others == 0
                ? "There is nothing to discard: staging says what live says (\(live))."
                : "There is nothing to discard: staging has no edit of this toolset. \(Count.of(others, "change")) of the project \(others == 1 ? "stays" : "stay") until you publish, or until staging stays on what live has (Review)."
        listTitle = isOffered ? "What goes" : ""
        list = changes.isEmpty ? nil : ChangeList(changes, prefix: "gone")
        empty = isOffered ? "No edit of yours changes anything for callers." : ""
        etag = place.toolset["etag"]?.string ?? ""
        button = changes.isEmpty ? "Discard changes" : "Discard \(Count.of(changes.count, "change"))"
        isDanger = true
        replaces = false
    }

    init(
        loading number: Int,
        _ comparison: JSONValue,
        _ place: ToolsetPlace,
        fault: String = "",
        now: Timestamp = .now()
    ) {
        let changes = comparison["changes"]?.array ?? []
        header = ToolsetHeader(
            place,
            page: .releases,
            trail: [("Releases", "releases"), ("Release \(number)", "releases/\(number)"), ("Load into staging", "")],
            now: now
        )
        title = "Load release \(number) into staging"
        address = Address.toolset(place.slug, "releases/\(number)/load", in: place.project)
        cancelAddress = Address.toolset(place.slug, "releases", in: place.project)
        self.fault = fault
        explanation =
            "Staging will show what release \(number) serves, to be edited and published. Live stays as it is. What staging says now is kept for 30 days and can be put back."
        listTitle = "What changes in staging"
        list = changes.isEmpty ? nil : ChangeList(changes, prefix: "load")
        empty = "Staging shows the same already."
        etag = place.toolset["etag"]?.string ?? ""
        button = title
        isDanger = false
        isOffered = true
        replaces = false
    }

    /// Where staging was edited since the changes were replaced.
    init(undoing place: ToolsetPlace, now: Timestamp = .now()) {
        header = ToolsetHeader(
            place,
            page: nil,
            trail: [("Review", "review"), ("Put earlier changes back", "")],
            now: now
        )
        title = "Put earlier changes back"
        address = Address.toolset(place.slug, "undo-discard", in: place.project)
        cancelAddress = Address.toolset(place.slug, "review", in: place.project)
        fault = ""
        explanation =
            "Staging was edited since. Putting the earlier changes back takes those edits out; they are kept for 30 days in turn."
        listTitle = ""
        list = nil
        empty = ""
        etag = place.toolset["etag"]?.string ?? ""
        button = "Put back and keep the newer edits aside"
        isDanger = false
        isOffered = true
        replaces = true
    }
}
