import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func setLabel(
        _ label: ReleaseLabel?,
        of reference: ReleaseReference,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release {
        try await database.write { connection in
            try connection.requireStagingFeature()
            let (release, toolset) = try connection.release(reference, in: project)
            _ = try connection.lockedToolset(toolset.slug, in: project)
            try connection.requireFree(label, in: toolset.id, besides: release.id)
            try connection.renewingMarks(of: [release.id]) {
                try connection.execute(
                    "UPDATE toolset_releases SET label = \(label?.text) WHERE id = \(release.id)"
                )
            }
            let before = release.label.map { " (was \($0))" } ?? ""
            try connection.audit(
                actor,
                "toolset.label_release",
                "toolset",
                named: toolset.slug.text,
                in: project,
                label.map { "labelled release \(release.number) \($0)\(before)" }
                    ?? "took the label off release \(release.number)\(before)"
            )
            guard let after = try connection.release(release.id) else {
                throw Problem(.unexpected, "The release is not there any more.")
            }
            return after
        }
    }

    package func setChangeRules(
        of slug: Slug,
        in project: ID<Project>,
        by actor: Actor,
        _ change: @escaping @Sendable (ChangeRuleSettings) throws -> ChangeRuleSettings
    ) async throws -> Toolset {
        try await database.write { connection in
            let parent = try connection.lockedToolset(slug, in: project)
            let rules = try change(parent.changeRules)
            try connection.renewingSettings(of: parent.id) {
                try connection.execute(
                    """
                    UPDATE toolsets SET change_rules = \(rules.json.text), updated_at = \(Timestamp.now())
                    WHERE id = \(parent.id)
                    """
                )
            }
            try connection.audit(
                actor,
                "toolset.set_change_rules",
                "toolset",
                named: slug.text,
                in: project,
                "set the change rules from \(parent.changeRules.json.text) to \(rules.json.text)"
            )
            return try connection.present(try connection.toolset(parent.id), view: nil, comparing: false)
        }
    }

    package func liftHold(
        of slug: Slug,
        reason: String,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await database.write { connection in
            let parent = try connection.lockedToolset(slug, in: project)
            guard !actor.isAutomation else { throw Problem.automationCannotLift }
            guard let hold = try connection.hold(of: parent) else {
                throw Problem(
                    .notHeld,
                    "The toolset \"\(slug)\" is not on hold: nothing stops automations, and nothing was changed."
                )
            }
            try connection.endHold(of: parent)
            let why = reason.isEmpty ? "" : ": \(reason)"
            try connection.audit(
                actor,
                "toolset.lift_hold",
                "toolset",
                named: slug.text,
                in: project,
                "lifted the hold of the rollback from release \(hold.from) to release \(hold.to)\(why)"
            )
            return try connection.present(try connection.toolset(parent.id), view: nil, comparing: false)
        }
    }
}
