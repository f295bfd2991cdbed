import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// A live toolset as the rest of the program sees it, from the side that is asked for: where nobody asks, the side
    /// that edits act on. `contents` remembers what was looked at before; transactions that write go without.
    /// `allowsHost` counts where sides are compared.
    func present(
        _ parent: ToolsetRecord,
        view: Toolset.View?,
        comparing: Bool,
        from contents: SideContents? = nil,
        allowsHost: @escaping @Sendable (String) -> Bool = { _ in false }
    ) throws -> Toolset {
        guard parent.mode == .staging else {
            guard view != .staging else {
                throw Problem(
                    .wrongMode,
                    "The toolset \"\(parent.slug)\" is in iteration mode and has no staging side; switch its mode to staging first."
                )
            }
            let selection = try selection(of: parent.id, from: contents)
            return try toolset(
                parent,
                view: .live,
                metadata: parent.metadata,
                version: parent.version,
                selection: selection.selection,
                etag: try etag(ofToolset: parent),
                staging: nil
            )
        }
        let copy = try editedRecord(of: parent)
        let count = comparing ? try changeCount(of: parent, from: contents, allowsHost: allowsHost) : nil
        let staging = try staging(copy, of: parent, changeCount: count, from: contents)
        if view == .live {
            let live = try content(of: parent, isLive: true, from: contents)
            return try toolset(
                parent,
                view: .live,
                metadata: live.manifest.metadata,
                version: try currentRelease(of: parent)?.metadataVersion ?? parent.version,
                selection: Toolset.Selection(
                    toolURNs: live.toolEntries.map(\.urn),
                    promptNames: live.promptEntries.map(\.name),
                    resourceURNs: live.resourceEntries.map(\.urn)
                ),
                etag: try etag(ofToolset: parent),
                staging: staging
            )
        }
        let selection = try selection(of: copy.id, from: contents)
        return try toolset(
            parent,
            view: .staging,
            metadata: copy.metadata,
            version: copy.version,
            selection: selection.selection,
            etag: try etag(ofToolset: parent),
            staging: staging
        )
    }

    /// Changes whenever anything changes that an edit of the toolset may change, its settings included.
    func etag(ofToolset parent: ToolsetRecord) throws -> String {
        let state = [
            try etag(of: editedRecord(of: parent)), parent.mode.rawValue, parent.mcpSlug?.text ?? "",
            String(parent.isEnabled), String(parent.isPublic), parent.defaultEnvironmentID?.text ?? "",
            parent.stagingEnvironmentID?.text ?? "", parent.callerVariables.joined(separator: ","),
            String(parent.hasPinnedAddresses), String(parent.graceSeconds),
        ]
        return String(Digest(of: state.joined(separator: "|").utf8).hex.prefix(20))
    }

    /// Changes whenever the tools, metadata, own variations or pin of a row change.
    func etag(of record: ToolsetRecord) throws -> String {
        let selection = try first(
            "SELECT id FROM toolset_versions WHERE toolset_id = \(record.id) ORDER BY version DESC LIMIT 1"
        )?.text("id")
        let variations = try variationCount(in: record.variationsGroupID)
        let state = [
            record.id.text, String(record.version), selection ?? "", String(variations),
            record.pinnedDeploymentID?.text ?? "", record.pinnedPromptsID ?? "",
        ]
        return String(Digest(of: state.joined(separator: "|").utf8).hex.prefix(20))
    }

    private func staging(
        _ copy: ToolsetRecord,
        of parent: ToolsetRecord,
        changeCount: Int?,
        from contents: SideContents?
    ) throws -> Toolset.Staging {
        let base = try copy.baseReleaseID.flatMap {
            try first("SELECT release_number FROM toolset_releases WHERE id = \($0)")?.integer("release_number")
        }
        var changes: ContentDifference?
        if changeCount != nil {
            let live = try content(of: parent, isLive: true, from: contents)
            let staged = try content(of: parent, isLive: false, from: contents)
            changes = contents?.difference(from: live, to: staged) ?? ContentDifference(from: live, to: staged)
        }
        return Toolset.Staging(
            etag: try etag(of: copy),
            baseRelease: base,
            pinnedDeploymentID: copy.pinnedDeploymentID,
            pinnedDeploymentSeq: try copy.pinnedDeploymentID.map {
                try count("SELECT seq AS value FROM deployments WHERE id = \($0)")
            },
            pinsPrompts: copy.pinnedPromptsID != nil,
            hasToMerge: try releasesToMerge(of: copy, parent: parent) != nil,
            replaced: try lastReplacedEdits(of: copy).map {
                ReplacedEdits(by: $0.kind.rawValue, actor: $0.createdBy, at: $0.createdAt)
            },
            changes: changes,
            changeCount: changeCount
        )
    }

    private func toolset(
        _ parent: ToolsetRecord,
        view: Toolset.View,
        metadata: Toolset.Metadata,
        version: Int,
        selection: Toolset.Selection,
        etag: String,
        staging: Toolset.Staging?
    ) throws -> Toolset {
        Toolset(
            id: parent.id,
            projectID: parent.projectID,
            slug: parent.slug,
            mode: parent.mode,
            view: view,
            metadata: metadata,
            version: version,
            selection: selection,
            settings: try settings(of: parent),
            etag: etag,
            currentRelease: try currentRelease(of: parent),
            activationSeq: try activationSeq(of: parent.id),
            staging: staging,
            hold: try hold(of: parent),
            changeRules: parent.changeRules,
            isBuiltIn: parent.isBuiltIn,
            createdAt: parent.createdAt,
            updatedAt: parent.updatedAt
        )
    }
}
