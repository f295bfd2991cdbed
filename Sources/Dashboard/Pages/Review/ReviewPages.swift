import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Reviewing what staging would change for callers, and publishing it.
struct ReviewPages: PageController {
    private static let toolset = "/projects/{project}/toolsets/{toolset}"

    var routes: [PageRoute] {
        [
            .get("\(Self.toolset)/review", show),
            .post("\(Self.toolset)/review", scope: .publisher, publish),
            .post("\(Self.toolset)/review/page", scope: .reader, show),
            .post("\(Self.toolset)/pin", scope: .producer, page: "\(Self.toolset)/review", pin),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit, PublishForm(visit.form, query: visit.query))
    }

    private func publish(_ visit: Visit) async throws -> PageAnswer {
        let form = PublishForm(visit.form)
        do {
            let notes = try await notes(form, visit)
            let answer = try await visit.call(
                "toolsets.publishStagingVersion",
                form.publication(of: visit["toolset"], notes: notes)
            )
            return .redirect(
                to: Address.toolset(visit["toolset"], "releases", in: visit.project),
                Notice.published(answer.body, toolset: visit["toolset"], in: visit.project)
            )
        } catch let problem as Problem where ReviewOutcome.isShown(problem.code) {
            let status = HTTPResponse.Status(code: problem.code.httpStatus)
            return try await page(visit, form, ReviewOutcome(problem), status: status)
        }
    }

    /// What somebody wrote, with the reasons of what they took knowingly.
    private func notes(_ form: PublishForm, _ visit: Visit) async throws -> String {
        guard !form.reasons.isEmpty else { return form.notes(reasonedBy: []) }
        let review = try await review(visit)
        return form.notes(reasonedBy: (review["yours"]?.array ?? []) + (review["project"]?.array ?? []))
    }

    private func pin(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        var input: JSONObject = ["slug": .string(slug)]
        if let id = visit.form["deployment_id"] { input["deployment_id"] = id.isEmpty ? .null : .string(id) }
        for name in ["prompts", "variations"] {
            if let state = visit.form.text(name) { input[name] = .string(state) }
        }
        let address = Address.toolset(slug, "review", in: visit.project)
        do {
            _ = try await visit.call("toolsets.pinDeployment", input, etag: visit.form.text("etag"))
        } catch let problem as Problem where problem.code == .etagMismatch {
            return .redirect(
                to: address,
                Notice(
                    kind: .warning,
                    text: "Staging was edited meanwhile; nothing was changed. Here is what it says now."
                )
            )
        }
        let isFollowing = visit.form["deployment_id"]?.isEmpty == true || visit.form.all("prompts").contains("newest")
        return .redirect(
            to: address,
            Notice(text: isFollowing ? "Staging follows the project again." : "Staging stays on what live has of it.")
        )
    }

    private func page(
        _ visit: Visit,
        _ form: PublishForm,
        _ outcome: ReviewOutcome? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        guard place.isStagingMode else { return place.withoutStaging }
        let review = try await review(visit)
        let deployments = try await ReviewedDeploymentPair(review["deployments"], visit)
        let words = try await visit.ruleWords
        let view = ReviewPage(place, review, deployments: deployments, form: form, outcome: outcome, words: words)
        return .page(
            "Review of \(place.toolset["name"]?.string ?? "")",
            view,
            by: "review/show",
            in: .toolsets,
            status: status
        )
    }

    private func review(_ visit: Visit) async throws -> JSONValue {
        try await visit.call("toolsets.reviewStagingVersion", ["slug": .string(visit["toolset"])]).body["review"]
            ?? .null
    }
}

/// The deployments that live and staging get their tools from, by their numbers.
struct ReviewedDeploymentPair: Sendable {
    let liveID: String
    let live: Int?
    let staging: Int?

    var isSame: Bool { live == staging }

    init(liveID: String, live: Int?, staging: Int?) {
        self.liveID = liveID
        self.live = live
        self.staging = staging
    }

    init(_ deployments: JSONValue?, _ visit: Visit) async throws {
        func number(_ side: String) async throws -> Int? {
            guard let id = deployments?[side]?.string else { return nil }
            return try await visit.call("deployments.get", ["id": .string(id)]).body["deployment"]?["seq"]?.integer
        }
        liveID = deployments?["live"]?.string ?? ""
        live = try await number("live")
        staging = try await number("staging")
    }
}

extension Notice {
    /// What a publish did, with the command that undoes it.
    static func published(_ answer: JSONObject, toolset: String, in project: Slug?) -> Notice {
        let release = answer["release"]
        let number = release?["number"]?.integer ?? 0
        guard answer["activated"]?.bool == true else {
            return Notice(
                text: "Release \(number) was made. It is not live; callers notice nothing.",
                command: "slipway activate \(toolset) \(number)",
                commandGoesOn: true
            )
        }
        guard let before = release?["base_release"]?.integer, before > 0 else {
            return Notice(text: "Release \(number) is live.")
        }
        return Notice(
            text: "Release \(number) is live.",
            command: "slipway rollback \(toolset) \(before) -m REASON",
            action: Notice.Action(
                label: "Roll back to release \(before)",
                address: Address.toolset(toolset, "releases/\(before)/roll-back", in: project),
                asksFirst: true
            )
        )
    }
}
