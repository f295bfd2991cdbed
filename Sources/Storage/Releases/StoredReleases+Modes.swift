import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func switchMode(
        _ slug: Slug,
        to mode: EditingMode,
        confirmDigest: String?,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let toolset = try await database.write { [allowsHost, compiled, served] connection in
            if mode == .staging { try connection.requireStagingFeature() }
            let parent = try connection.lockedToolset(slug, in: project)
            guard parent.mode != mode else {
                throw Problem(.wrongMode, "The toolset \"\(slug)\" is in \(mode.rawValue) mode already.")
            }
            try connection.require(etag, of: parent)
            try connection.requireNotHeld(parent, by: actor)
            switch mode {
            case .staging:
                try connection.startStaging(parent, confirmDigest: confirmDigest, served: served, by: actor)
            case .iteration:
                try connection.endStaging(
                    parent,
                    confirmDigest: confirmDigest,
                    compiled,
                    allowsHost: allowsHost,
                    by: actor
                )
            }
            try connection.audit(
                actor,
                "toolset.switch_mode",
                "toolset",
                named: slug.text,
                in: project,
                "switched from \(parent.mode.rawValue) to \(mode.rawValue) mode"
            )
            return try connection.present(
                try connection.toolset(parent.id),
                view: nil,
                comparing: mode == .staging,
                allowsHost: allowsHost
            )
        }
        if toolset.mode == .iteration { edited(toolset.id, actor) }
        return toolset
    }
}

extension Connection {
    /// Freezes what is served as a release, and makes the staging copy of it. Callers see no difference, so nothing has
    /// to be confirmed; who sends the digest of what they looked at gets no other release than of that.
    fileprivate func startStaging(
        _ parent: ToolsetRecord,
        confirmDigest: String?,
        served: @escaping ServedEncoding,
        by actor: Actor
    ) throws {
        let state = try FreezableState(try heads(of: parent), served: served)
        if let confirmDigest, confirmDigest != state.content.digest.hex {
            throw Problem(
                .confirmRequired,
                "Nothing was switched: \"\(parent.slug)\" serves another content by now than the one that confirm_digest names. Look at it, and send confirm_digest \(state.content.digest.hex), or none.",
                details: [.init("confirm_digest", state.content.digest.hex)]
            )
        }
        let release = try freeze(state, of: parent.id, notes: "Start of staging mode", by: actor)
        try execute(
            """
            UPDATE toolsets SET editing_mode = 'staging', updated_at = \(Timestamp.now()) WHERE id = \(parent.id)
            """
        )
        try makeStagingCopy(of: try toolset(parent.id), base: release.id, by: actor)
    }

    /// Makes live what staging and the project say now, and marks the copy as deleted; its rows stay.
    fileprivate func endStaging(
        _ parent: ToolsetRecord,
        confirmDigest: String?,
        _ compiled: CompiledTools,
        allowsHost: @escaping @Sendable (String) -> Bool,
        by actor: Actor
    ) throws {
        // Iteration mode follows the project, so what a loaded release pinned ends here, and is part of the difference.
        try execute(
            """
            UPDATE toolsets SET pinned_deployment_id = NULL, pinned_system_source_state_id = NULL
            WHERE id = \(try editedRecord(of: parent).id)
            """
        )
        let copy = try editedRecord(of: parent)
        let live = try liveContent(of: parent, compiled: compiled)
        let staged = try CompiledContent(try heads(of: copy, compiled: compiled).heads, compiled: compiled)
        let digest = Digest(of: "\(live.digest.hex)\(staged.digest.hex)".utf8).hex
        guard confirmDigest == digest else {
            throw Problem.confirmationRequired(
                of: ContentDifference(from: live, to: staged),
                changes: try changes(
                    from: live,
                    to: staged,
                    in: try comparisonContext(of: parent, allowsHost: allowsHost)
                ),
                digest: digest,
                toolset: parent.slug,
                isStale: confirmDigest != nil
            )
        }
        try appendHeads(of: copy, to: parent, by: actor)
        try endHold(of: parent)
        let now = Timestamp.now()
        try execute("UPDATE toolsets SET deleted_at = \(now) WHERE id = \(copy.id)")
        try execute(
            """
            UPDATE toolsets SET
                editing_mode = 'iteration', current_release_id = NULL, hold_seq = NULL, updated_at = \(now)
            WHERE id = \(parent.id)
            """
        )
        // An undo in iteration mode must not go back to what was before staging mode: it would take back releases.
        try endCheckpoints(of: parent.id)
    }
}

extension Problem {
    fileprivate static func confirmationRequired(
        of difference: ContentDifference,
        changes: [Change],
        digest: String,
        toolset: Slug,
        isStale: Bool
    ) -> Problem {
        let what =
            difference.count == 0
            ? "Callers will see no difference."
            : "\(difference.count) \(difference.count == 1 ? "item" : "items") will change for callers at once."
        let why = isStale ? "What you confirmed has changed since. " : ""
        return Problem(
            .confirmRequired,
            "\(why)Going back to iteration mode makes live what staging and the project say now. \(what) Send confirm_digest \(digest) to do it to \"\(toolset)\".",
            details: [
                Detail("confirm_digest", digest),
                Detail("added_tools", difference.addedTools),
                Detail("removed_tools", difference.removedTools),
                Detail("changed_tools", difference.changedTools),
                Detail("added_prompts", difference.addedPrompts),
                Detail("removed_prompts", difference.removedPrompts),
                Detail("changed_prompts", difference.changedPrompts),
                Detail("added_resources", difference.addedResources),
                Detail("removed_resources", difference.removedResources),
                Detail("changed_resources", difference.changedResources),
                Detail("metadata_changed", difference.metadataChanged),
                Detail("order_changed", difference.orderChanged),
                Detail("record_changed", difference.recordChanged),
                Detail("changes", json: JSONValue.array(changes.map(\.told)).text),
            ]
        )
    }
}

extension Change {
    /// The change as the management API writes it.
    fileprivate var told: JSONValue {
        [
            "rule": .string(rule.rawValue), "level": .string(level.rawValue), "subject": .string(subject.key),
            "name": .string(name), "pointer": .string(pointer), "before": before ?? .null, "after": after ?? .null,
            "message": .string(message), "fingerprint": .string(fingerprint),
        ]
    }
}
