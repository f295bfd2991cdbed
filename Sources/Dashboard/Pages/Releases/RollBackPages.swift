import Accounts
import Foundation
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Going back to a release that was live, or forward again; making one live that never was.
struct RollBackPages: PageController {
    private static let release = "/projects/{project}/toolsets/{toolset}/releases/{number}"

    var routes: [PageRoute] {
        [
            .get("\(Self.release)/roll-back", scope: .publisher, ask),
            .post("\(Self.release)/roll-back", scope: .publisher, rollBack),
            .get("\(Self.release)/activate", scope: .publisher, askToActivate),
            .post("\(Self.release)/activate", scope: .publisher, activate),
        ]
    }

    private func ask(_ visit: Visit) async throws -> PageAnswer {
        let turn = try await ReleaseTurn(visit)
        guard turn.history.wasEverLive(turn.number) else {
            return .redirect(
                to: Address.toolset(turn.place.slug, "releases/\(turn.number)/activate", in: visit.project),
                nil
            )
        }
        return page(turn, RollBackForm(visit.form))
    }

    private func rollBack(_ visit: Visit) async throws -> PageAnswer {
        let form = RollBackForm(visit.form)
        let number = try visit.releaseNumber
        do {
            let answer = try await visit.call(
                "toolsets.rollbackToRelease",
                form.rollback(to: number, of: visit["toolset"])
            )
            return .redirect(
                to: Address.toolset(visit["toolset"], "releases", in: visit.project),
                Notice.turned(answer.body, to: number, toolset: visit["toolset"], isLoaded: form.loads)
            )
        } catch let problem as Problem where Self.isShown(problem.code) {
            let status = HTTPResponse.Status(code: problem.code.httpStatus)
            return page(try await ReleaseTurn(visit), form, problem: problem, status: status)
        }
    }

    private func page(
        _ turn: ReleaseTurn,
        _ form: RollBackForm,
        problem: Problem? = nil,
        status: HTTPResponse.Status = .ok
    ) -> PageAnswer {
        let page = RollBackPage(turn, form: form, problem: problem)
        return .page(page.title, page, by: "releases/roll-back", in: .toolsets, status: status)
    }

    private func askToActivate(_ visit: Visit) async throws -> PageAnswer {
        let turn = try await ReleaseTurn(visit)
        guard !turn.history.wasEverLive(turn.number) || turn.number == turn.history.live else {
            return .redirect(
                to: Address.toolset(turn.place.slug, "releases/\(turn.number)/roll-back", in: visit.project),
                nil
            )
        }
        let page = ActivatePage(turn, form: PublishForm(visit.form))
        return .page(page.title, page, by: "releases/activate", in: .toolsets)
    }

    private func activate(_ visit: Visit) async throws -> PageAnswer {
        let form = PublishForm(visit.form)
        let number = try visit.releaseNumber
        var input: JSONObject = [
            "slug": .string(visit["toolset"]), "number": JSONValue(number),
            "notes": .string(try await reasons(form, for: number, visit)),
            "acknowledge": JSONValue(form.ticked.sorted()),
        ]
        input["review_digest"] = form.reviewDigest.map(JSONValue.string)
        input["expected_activation_seq"] = form.activationSeq.map { JSONValue($0) }
        do {
            let answer = try await visit.call("toolsets.activateRelease", input)
            return .redirect(
                to: Address.toolset(visit["toolset"], "releases", in: visit.project),
                Notice.published(answer.body, toolset: visit["toolset"], in: visit.project)
            )
        } catch let problem as Problem where ReviewOutcome.isShown(problem.code) || problem.code == .alreadyLive {
            let outcome = ReviewOutcome(problem)
            let page = ActivatePage(try await ReleaseTurn(visit), form: form, outcome: outcome)
            let status = HTTPResponse.Status(code: problem.code.httpStatus)
            return .page(page.title, page, by: "releases/activate", in: .toolsets, status: status)
        }
    }

    /// Why now, with the reasons of what somebody took knowingly.
    private func reasons(_ form: PublishForm, for number: Int, _ visit: Visit) async throws -> String {
        guard !form.reasons.isEmpty else { return form.notes(reasonedBy: []) }
        let comparison = try await visit.call(
            "toolsets.compareReleases",
            ["slug": .string(visit["toolset"]), "from": "live", "to": .string("\(number)")]
        )
        return form.notes(reasonedBy: comparison.body["comparison"]?["changes"]?.array ?? [])
    }

    private static func isShown(_ code: ProblemCode) -> Bool {
        [.invalid, .liveMoved, .preflightFailed, .alreadyLive, .redacted, .heldAfterRollback].contains(code)
    }
}

/// A release and what is live, before one takes the place of the other.
struct ReleaseTurn: Sendable {
    let place: ToolsetPlace
    let history: ReleaseHistory
    let number: Int
    let release: JSONValue
    /// As `toolsets.compareReleases` tells it, from live to the release; none where it cannot be compared.
    let comparison: JSONValue?
    /// As `toolsets.preflightRelease` tells it; none for a redacted release.
    let preflight: JSONValue?

    init(
        place: ToolsetPlace,
        history: ReleaseHistory,
        release: JSONValue,
        comparison: JSONValue?,
        preflight: JSONValue?
    ) {
        self.place = place
        self.history = history
        number = release["number"]?.integer ?? 0
        self.release = release
        self.comparison = comparison
        self.preflight = preflight
    }

    init(_ visit: Visit) async throws {
        let place = try await visit.toolsetPlace()
        let number = try visit.releaseNumber
        let slug: JSONObject = ["slug": .string(place.slug), "number": JSONValue(number)]
        let release = try await visit.call("toolsets.getReleaseDetails", slug).body["release"] ?? .null
        var comparison: JSONValue?
        var preflight: JSONValue?
        if release["redaction"]?.object == nil {
            preflight = try await visit.call("toolsets.preflightRelease", slug).body["preflight"]
            // What is live may be damaged or redacted, and the way back must stay open.
            comparison = try? await visit.call(
                "toolsets.compareReleases",
                ["slug": .string(place.slug), "from": "live", "to": .string("\(number)")]
            ).body["comparison"]
        }
        self.init(
            place: place,
            history: try await ReleaseHistory(visit, place),
            release: release,
            comparison: comparison,
            preflight: preflight
        )
    }

    var live: Int { history.live ?? 0 }
    /// Whether it goes to a newer release than live.
    var isReturn: Bool { number > live }
}

/// What somebody has filled in to roll back.
struct RollBackForm: Sendable {
    let reason: String
    let pick: String
    let loads: Bool
    let pauses: Bool
    let activationSeq: Int?

    /// Reasons that are often those.
    static let picks = [
        "Upstream answers with errors", "Models choose the wrong tool", "Results are wrong", "Published by mistake",
    ]

    init(_ form: FormFields) {
        reason = form.text("reason") ?? ""
        pick = form.text("pick") ?? ""
        loads = form["staging"] == "load"
        pauses = form.has("form_token") ? form.has("hold") : true
        activationSeq = form.text("activation_seq").flatMap { Int($0) }
    }

    /// The fields of `toolsets.rollbackToRelease`.
    func rollback(to number: Int, of slug: String) -> JSONObject {
        let whole = [pick, reason].filter { !$0.isEmpty }.joined(separator: ": ")
        var input: JSONObject = [
            "slug": .string(slug), "number": JSONValue(number), "reason": .string(whole),
            "staging": loads ? "load" : "keep", "hold": .bool(pauses),
        ]
        input["expected_activation_seq"] = activationSeq.map { JSONValue($0) }
        return input
    }
}

extension Notice {
    /// What a rollback or a return did, with the command that undoes it.
    static func turned(_ answer: JSONObject, to number: Int, toolset: String, isLoaded: Bool) -> Notice {
        let previous = answer["previous_release"]?.integer ?? 0
        let isRollback = answer["kind"]?.string == "rollback"
        let verb = isRollback ? "Rolled back to" : "Returned to"
        let staging = isLoaded ? "Staging shows it too." : "Staging stays as it was."
        let warnings = (answer["warnings"]?.array ?? []).compactMap { $0["message"]?.string }.joined(separator: " ")
        return Notice(
            kind: warnings.isEmpty ? .done : .warning,
            text: "\(verb) release \(number): it is live in place of release \(previous). \(staging) \(warnings)",
            command: "slipway rollback \(toolset) \(previous)\(previous < number ? " -m REASON" : "")"
        )
    }
}
