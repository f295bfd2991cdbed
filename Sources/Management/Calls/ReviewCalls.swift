import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// The calls of `toolsets.*` that review, compare, make created releases live, and say things about releases.
struct ReviewCalls: CallService {
    let reviews: any ReviewStore
    let present: ToolsetPresentation

    var handlers: [String: CallHandler] {
        [
            "toolsets.reviewStagingVersion": review, "toolsets.compareReleases": compare,
            "toolsets.activateRelease": activate, "toolsets.setReleaseLabel": setLabel,
            "toolsets.listChangeRules": listChangeRules, "toolsets.setChangeRules": setChangeRules,
            "toolsets.liftHold": liftHold,
        ]
    }

    private func review(_ request: CallRequest) async throws -> CallAnswer {
        let review = try await reviews.review(try request.input.slug("slug"), in: try request.projectID)
        return CallAnswer(["review": .object(review.json)])
    }

    private func compare(_ request: CallRequest) async throws -> CallAnswer {
        let comparison = try await reviews.comparison(
            of: try request.input.slug("slug"),
            from: try request.input.side("from"),
            to: try request.input.side("to"),
            in: try request.projectID
        )
        return CallAnswer(["comparison": .object(comparison.json)])
    }

    private func activate(_ request: CallRequest) async throws -> CallAnswer {
        let release = try await reviews.activate(
            try request.input.release(),
            reason: request.input.text("notes") ?? "",
            try ReviewedState(request.input),
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["activated": true, "release": .object(present.json(release))])
    }

    private func setLabel(_ request: CallRequest) async throws -> CallAnswer {
        let release = try await reviews.setLabel(
            try request.input.optionalLabel("label"),
            of: .number(request.input["number"]?.integer ?? 0, toolset: try request.input.slug("slug")),
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["release": .object(present.json(release))])
    }

    private func listChangeRules(_ request: CallRequest) async throws -> CallAnswer {
        let rules = ChangeReference.groups.flatMap { group in
            group.rules.map { rule -> JSONValue in
                [
                    "id": .string(rule.rawValue), "about": .string(group.title), "level": .string(rule.level.rawValue),
                    "meaning": .string(rule.meaning), "acknowledgeable": .bool(rule.canBeAcknowledged),
                ]
            }
        }
        return CallAnswer(["change_rules": .array(rules)])
    }

    private func setChangeRules(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let toolset = try await reviews.setChangeRules(
            of: try input.slug("slug"),
            in: try request.projectID,
            by: request.actor
        ) { try $0.changed(by: input) }
        return present.answer(toolset)
    }

    private func liftHold(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await reviews.liftHold(
                of: try request.input.slug("slug"),
                reason: request.input.text("reason") ?? "",
                in: try request.projectID,
                by: request.actor
            )
        )
    }
}

extension JSONObject {
    func side(_ name: String) throws -> ReleaseComparison.Side {
        guard let side = text(name).flatMap({ ReleaseComparison.Side($0) }) else { throw Problem.missing(name) }
        return side
    }
}

extension ReviewedState {
    /// What a call sends back of what was seen.
    init(_ input: JSONObject) throws {
        self.init(
            expectedActivationSeq: input["expected_activation_seq"]?.integer,
            stagingEtag: input.text("staging_etag"),
            reviewDigest: input.text("review_digest"),
            acknowledged: Set(input["acknowledge"]?.array?.compactMap(\.string) ?? []),
            liftsHold: input["lift_hold"]?.bool ?? false
        )
    }
}

extension ChangeRuleSettings {
    /// The settings with what a call names changed; unknown rules are errors.
    fileprivate func changed(by input: JSONObject) throws -> ChangeRuleSettings {
        var json = self.json.object ?? [:]
        var rules = json["rules"]?.object ?? [:]
        for (id, level) in input["rules"]?.object ?? [:] {
            // A null of a rule that there is takes its level away; of one that there is not it is told below.
            let isTakenAway = level.isNull && ChangeRule(rawValue: id) != nil
            rules[id] = isTakenAway ? Optional<JSONValue>.none : level
        }
        json["rules"] = .object(rules)
        for name in ["profile", "deprecation_days"] {
            if let value = input[name] { json[name] = value }
        }
        do throws(ChangeRuleSettingsError) {
            return try ChangeRuleSettings(json: .object(json))
        } catch {
            throw Problem(
                .invalid,
                "Nothing was changed: \(error.message)",
                errors: [.init(pointer: error.pointer, message: error.message)]
            )
        }
    }
}
