import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

extension Verifier {
    /// A release: its records, its manifest with all that it names, and the same computed again from what it refers to.
    func verifyRelease(_ id: String, of toolset: String) throws {
        summary.releases += 1
        guard
            let row = try connection.first(
                """
                SELECT r.*, s.deployment_id, s.system_source_state_id, s.project_id AS state_project, t.project_id,
                    v.toolset_id AS selection_owner
                FROM toolset_releases r
                LEFT JOIN source_states s ON s.id = r.source_state_id
                LEFT JOIN toolsets t ON t.id = r.toolset_id
                LEFT JOIN toolset_versions v ON v.id = r.toolset_version_id
                WHERE r.id = \(id)
                """
            )
        else { return }
        let place = "toolset_releases \(id)"
        compare(
            "release",
            "\(place), project of its source state",
            expected: try row.optionalText("project_id"),
            found: try row.optionalText("state_project")
        )
        compare(
            "release",
            "\(place), toolset of its selection",
            expected: toolset,
            found: try row.optionalText("selection_owner")
        )
        compareRecord("record", "\(place) and what it refers to", stored: try row.optionalText("record_digest")) {
            try connection.releaseRecord(id, $0).digest
        }
        try verifyMarks(of: row, place: place)
        let digest = try row.parsed("manifest_digest") { Digest($0) }
        guard let content = verifyManifest(digest) else { return }
        try verifyFormat(row, content: content, place: place)
        compare(
            "release",
            "\(place), tool_count",
            expected: content.manifest.toolCount,
            found: try row.integer("tool_count")
        ) {
            "\($0) tools"
        }
        verifyRedaction(of: content, isMarked: try row.optionalText("redacted_at") != nil, place: place)
        if let logo = content.manifest.metadata.logo { verifyBytes(logo.digest.hex, "logo") }
        if let deployment = try row.optionalText("deployment_id") {
            once("deployment \(deployment)") { verifyDeployment(deployment) }
        }
        for column in ["global_variations_version_id", "own_variations_version_id"] {
            if let version = try row.optionalText(column) { verifyGroupVersions(upTo: version) }
        }
        attempt("references", "\(place) and what it refers to") {
            let heads = try heads(of: row)
            let again = try CompiledContent(heads, format: content.manifest.format, compiled: compiled)
            if again.digest != content.digest { compareContents(again, with: content, place: place) }
        }
    }

    private func verifyFormat(_ row: Row, content: CompiledContent, place: String) throws {
        guard try row.optionalText("record_digest") == nil else { return }
        if content.manifest.format >= 2 {
            differ("record", place, expected: "a record digest", found: "none")
        } else {
            unsealed += 1
        }
    }

    private func verifyRedaction(of content: CompiledContent, isMarked: Bool, place: String) {
        redactedObjects.formUnion(content.redacted)
        if isMarked != !content.redacted.isEmpty {
            differ(
                "redaction",
                place,
                expected: isMarked ? "an object whose content was taken out" : "a release marked as redacted",
                found: isMarked ? "none" : "one that is not"
            )
        }
    }

    /// What the rows that a release refers to say, read as they were when it was made.
    private func heads(of row: Row) throws -> Heads {
        let project: ID<Project> = try row.id("project_id")
        guard
            let metadata = try connection.first(
                """
                SELECT * FROM toolsets WHERE history_id = \(try row.text("metadata_history_id"))
                    AND version = \(try row.integer("metadata_version"))
                """
            )
        else { throw ManifestError(reason: "the version of the metadata is missing") }
        let selection = try connection.selection(version: try row.text("toolset_version_id"))
        let deployment: ID<Deployment>? = try row.optionalID("deployment_id")
        let state = try row.text("system_source_state_id")
        let global = try variations(at: try row.optionalText("global_variations_version_id"))
        let own = try variations(at: try row.optionalText("own_variations_version_id"))
        let tools = try connection.tools(ofSelection: selection.id, in: deployment, compiled: compiled)
        let prompts = try selection.selection.promptNames.compactMap {
            try connection.pinnedPrompt($0, in: state)?.content
        }
        let resources = try selection.selection.resourceURNs.compactMap {
            try connection.pinnedResource($0.slug, in: state)
        }
        return Heads(
            metadata: try Toolset.Metadata(row: metadata),
            tools: tools.map { tool in
                HeadTool(
                    tool,
                    layers: VariationLayers(
                        global: global[tool.urn] ?? .init(),
                        own: own[tool.urn] ?? .init()
                    ),
                    isSettled: selection.settled.contains(tool.urn)
                )
            },
            prompts: prompts,
            resources: try connection.compiled(resources, in: project),
            sources: try connection.sources(of: deployment)
        )
    }

    /// Says where what the references give is not what the manifest says.
    private func compareContents(_ again: CompiledContent, with content: CompiledContent, place: String) {
        compareEntries("tool", place, expected: content.toolEntries, found: again.toolEntries, content.redacted)
        compareEntries("prompt", place, expected: content.promptEntries, found: again.promptEntries, content.redacted)
        compareEntries(
            "resource",
            place,
            expected: content.resourceEntries,
            found: again.resourceEntries,
            content.redacted
        )
        let expected = content.manifest.json.object ?? [:]
        let found = again.manifest.json.object ?? [:]
        for (key, value) in expected where !key.hasSuffix("_pages") && found[key] != value {
            let now = found[key]?.text ?? "nothing"
            differ("references", "\(place), \(key)", expected: value.text, found: now)
        }
        let isMoved =
            isMoved(content.toolEntries, again.toolEntries) || isMoved(content.promptEntries, again.promptEntries)
            || isMoved(content.resourceEntries, again.resourceEntries)
        if isMoved { differ("references", place, expected: "the order of the manifest", found: "another order") }
    }

    /// Whether two lists have the same members, in another order.
    private func isMoved<URN>(_ left: [ManifestEntry<URN>], _ right: [ManifestEntry<URN>]) -> Bool {
        let (left, right) = (left.map(\.urn), right.map(\.urn))
        return left != right && Set(left) == Set(right)
    }

    private func compareEntries<URN>(
        _ what: String,
        _ place: String,
        expected: [ManifestEntry<URN>],
        found: [ManifestEntry<URN>],
        _ redacted: Set<Digest>
    ) {
        let before = Dictionary(expected.map { ($0.urn, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(found.map { ($0.urn, $0) }, uniquingKeysWith: { first, _ in first })
        let urns = expected.map(\.urn) + found.map(\.urn).filter { before[$0] == nil }
        // What an item was made from may be gone with the item.
        for urn in urns where before[urn] != after[urn] && before[urn].map({ redacted.contains($0.object) }) != true {
            compare(
                "references",
                "\(place), \(what) \(urn)",
                expected: before[urn].map { "\($0.name) \($0.object)" },
                found: after[urn].map { "\($0.name) \($0.object)" }
            )
        }
    }
}
