import JSON
import Persistence
import Releases
import Vocabulary

/// What toolsets hold besides their releases: where staging stands, what waits, what was kept, and which row is newest.
extension Verifier {
    /// The rows of a toolset and its staging copy that belong to no release.
    func verifyState(of toolset: Row) {
        attempt("toolset", "toolsets") {
            let id = try toolset.text("id")
            attempt("release number", "toolsets.last_release_number of \(id)") { try verifyNumbers(of: toolset, id) }
            attempt("settings", "toolsets \(id)") { try verifySettings(of: toolset) }
            attempt("label", "toolset_releases of \(id)") { try verifyLabels(of: id) }
            attempt("hold", "toolsets.hold_seq of \(id)") { try verifyHold(of: toolset, id) }
            attempt("rolled back changes", "rolled_back_changes of \(id)") { try verifyRolledBack(of: id) }
            attempt("staging", "the staging copy of \(id)") { try verifyCopy(of: toolset, id) }
            attempt("kept edits", "kept_edits of \(id)") { try verifyKeptEdits(of: id) }
        }
    }

    /// No number may be given twice, also where the release that had it is gone.
    private func verifyNumbers(of toolset: Row, _ id: String) throws {
        let highest = try connection.count(
            "SELECT max(release_number) AS value FROM toolset_releases WHERE toolset_id = \(id)"
        )
        let last = try toolset.integer("last_release_number")
        if last < highest {
            differ(
                "release number",
                "toolsets.last_release_number of \(id)",
                expected: "at least \(highest)",
                found: "\(last)"
            )
        }
    }

    private func verifyLabels(of id: String) throws {
        let rows = try connection.query(
            """
            SELECT label, count(*) AS value FROM toolset_releases WHERE toolset_id = \(id) AND label IS NOT NULL
            GROUP BY label HAVING count(*) > 1 ORDER BY label
            """
        )
        for row in rows {
            differ(
                "label",
                "toolset_releases of \(id), label \(try row.text("label"))",
                expected: "one release",
                found: "\(try row.integer("value"))"
            )
        }
    }

    /// A hold is that of a rollback, and there is none in iteration mode. One of a toolset that was deleted stops nothing,
    /// and its rollback may be pruned.
    private func verifyHold(of toolset: Row, _ id: String) throws {
        guard try toolset.optionalText("deleted_at") == nil, let seq = try toolset.optionalInteger("hold_seq") else {
            return
        }
        let place = "toolsets.hold_seq of \(id)"
        let kind = try connection.first("SELECT kind FROM activations WHERE toolset_id = \(id) AND seq = \(seq)")?
            .text("kind")
        if kind != Activation.Kind.rollback.rawValue {
            differ(
                "hold",
                place,
                expected: "the seq of a rollback",
                found: kind.map { "\(seq), a \($0)" } ?? "\(seq), no activation"
            )
        } else if try toolset.text("editing_mode") != EditingMode.staging.rawValue {
            differ("hold", place, expected: "none in iteration mode", found: "\(seq)")
        }
    }

    private func verifyRolledBack(of id: String) throws {
        let rows = try connection.query(
            """
            SELECT c.activation_seq, a.kind, count(*) AS value FROM rolled_back_changes c
            LEFT JOIN activations a ON a.toolset_id = c.toolset_id AND a.seq = c.activation_seq
            WHERE c.toolset_id = \(id) AND (a.kind IS NULL OR a.kind <> 'rollback')
            GROUP BY c.activation_seq, a.kind ORDER BY c.activation_seq
            """
        )
        for row in rows {
            differ(
                "rolled back changes",
                "rolled_back_changes \(try row.integer("activation_seq")) of \(id)",
                expected: "the seq of a rollback",
                found: try row.optionalText("kind").map { "a \($0)" } ?? "no activation"
            )
        }
    }

    /// In staging mode there is one copy, based on a release of the toolset; in iteration mode there is none.
    private func verifyCopy(of toolset: Row, _ id: String) throws {
        let copies = try connection.query(
            """
            SELECT c.id, c.base_release_id, c.current_release_id, r.toolset_id FROM toolsets c
            LEFT JOIN toolset_releases r ON r.id = c.base_release_id
            WHERE c.parent_toolset_id = \(id) AND c.archived_at IS NULL AND c.deleted_at IS NULL ORDER BY c.id
            """
        )
        if try toolset.optionalText("deleted_at") == nil {
            let isStaging = try toolset.text("editing_mode") == EditingMode.staging.rawValue
            compare("staging", "the staging copy of \(id)", expected: isStaging ? 1 : 0, found: copies.count) {
                "\($0) of them"
            }
        }
        for copy in copies {
            let place = "toolsets \(try copy.text("id"))"
            if try copy.optionalText("toolset_id") != id {
                differ(
                    "staging",
                    "\(place), base_release_id",
                    expected: "a release of the toolset",
                    found: try copy.optionalText("base_release_id") ?? "nothing"
                )
            }
            compare(
                "staging",
                "\(place), current_release_id",
                expected: nil,
                found: try copy.optionalText("current_release_id")
            )
        }
    }

    /// What an undo would put back must be there, and say what it said.
    private func verifyKeptEdits(of id: String) throws {
        let rows = try connection.query(
            """
            SELECT k.*, v.toolset_id AS selection_owner, g.group_id, t.variations_group_id,
                b.toolset_id AS base_owner
            FROM kept_edits k JOIN toolsets t ON t.id = k.toolset_id
            LEFT JOIN toolset_versions v ON v.id = k.toolset_version_id
            LEFT JOIN tool_variations_group_versions g ON g.id = k.own_variations_version_id
            LEFT JOIN toolset_releases b ON b.id = k.base_release_id
            WHERE t.id = \(id) OR t.parent_toolset_id = \(id) ORDER BY k.id
            """
        )
        for row in rows {
            let place = "kept_edits \(try row.text("id"))"
            attempt("kept edits", place) {
                for (column, expected) in [
                    ("selection_owner", try row.text("toolset_id")),
                    (
                        "group_id",
                        try row.optionalText("own_variations_version_id").flatMap { _ in
                            try row.optionalText("variations_group_id")
                        }
                    ),
                    ("base_owner", try row.optionalText("base_release_id") == nil ? nil : id),
                ] {
                    compare(
                        "kept edits",
                        "\(place), \(column)",
                        expected: expected,
                        found: try row.optionalText(column)
                    )
                }
                compareRecord("kept edits", place, stored: try row.optionalText("record_digest")) { _ in
                    try connection.keptEditsRecord(try row.text("id"))
                }
                let kept = try KeptEdits(row: row)
                compare(
                    "kept edits",
                    place,
                    expected: kept.digest,
                    found: try connection.ownEdits(kept: kept).edits.digest.hex
                )
            }
        }
    }

    /// The newest row for each tool of a group, which every list and every release starts from.
    func verifyVariationHeads() {
        attempt("newest variations", "tool_variation_heads") {
            let rows = try connection.query(
                """
                SELECT v.group_id, v.tool_urn, v.id, v.version, h.variation_id, h.version AS head_version
                FROM tool_variations v
                LEFT JOIN tool_variation_heads h ON h.group_id = v.group_id AND h.tool_urn = v.tool_urn
                WHERE NOT EXISTS (
                    SELECT 1 FROM tool_variations w
                    WHERE w.group_id = v.group_id AND w.tool_urn = v.tool_urn AND w.version > v.version
                ) AND (h.variation_id IS NULL OR h.variation_id <> v.id OR h.version <> v.version)
                ORDER BY v.group_id, v.tool_urn
                """
            )
            for row in rows {
                let head = try row.optionalText("variation_id").map { ($0, try row.integer("head_version")) }
                differ(
                    "newest variations",
                    "tool_variation_heads \(try row.text("tool_urn")) of \(try row.text("group_id"))",
                    expected: "version \(try row.integer("version")), \(try row.text("id"))",
                    found: head.map { "version \($0.1), \($0.0)" } ?? "nothing"
                )
            }
            try verifyStrayHeads()
        }
    }

    /// Newest rows of nothing, and those that say wrongly whether a version of their group has them. A group whose
    /// versions were pruned, since its toolset is gone, says nothing.
    private func verifyStrayHeads() throws {
        let rows = try connection.query(
            """
            SELECT h.group_id, h.tool_urn, h.is_kept, v.id, c.variation_id FROM tool_variation_heads h
            LEFT JOIN tool_variations v
                ON v.id = h.variation_id AND v.group_id = h.group_id AND v.tool_urn = h.tool_urn
            LEFT JOIN tool_variations_group_version_changes c ON c.variation_id = h.variation_id
            WHERE v.id IS NULL OR h.is_kept NOT IN (0, 1) OR (h.is_kept = 0 AND c.variation_id IS NOT NULL)
                OR (h.is_kept = 1 AND c.variation_id IS NULL AND EXISTS (
                    SELECT 1 FROM tool_variations_group_versions g WHERE g.group_id = h.group_id
                ))
            ORDER BY h.group_id, h.tool_urn
            """
        )
        for row in rows {
            let isThere = try row.optionalText("id") != nil
            let isKept = try row.optionalText("variation_id") != nil
            differ(
                "newest variations",
                "tool_variation_heads \(try row.text("tool_urn")) of \(try row.text("group_id"))",
                expected: isThere ? "is_kept \(isKept ? 1 : 0)" : "a variation of the tool in the group",
                found: isThere ? "is_kept \(try row.integer("is_kept"))" : "none"
            )
        }
    }
}
