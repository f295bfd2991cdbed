import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// The toolset that answers at `/mcp/{slug}`.
    func toolsetID(atMCPSlug slug: Slug) throws -> ID<Toolset>? {
        try first(
            """
            SELECT id FROM toolsets
            WHERE mcp_slug = \(slug) AND deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL
            """
        )?.id("id")
    }

    func requireFree(_ slug: Slug, for toolset: ID<Toolset>?) throws {
        if let owner = try toolsetID(atMCPSlug: slug), owner != toolset {
            throw Problem(
                .nameTaken,
                "The address /mcp/\(slug) belongs to another toolset; choose another mcp_slug.",
                errors: [.init(pointer: "/mcp_slug", message: "taken")]
            )
        }
    }

    func insertToolset(
        id: ID<Toolset>,
        project: ID<Project>,
        slug: Slug,
        metadata: Toolset.Metadata,
        settings: Toolset.Settings,
        group: String,
        actor: Actor
    ) throws {
        try requireBringable(settings.callerVariables, in: project)
        let now = Timestamp.now()
        try execute(
            """
            INSERT INTO toolsets (
                id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id, logo_sha256,
                logo_media_type, serves_output_schemas, tool_selection_mode, mcp_caller_variables,
                variations_group_id, default_environment_id, staging_environment_id, mcp_slug, mcp_enabled,
                mcp_is_public, pinned_addresses, grace_seconds, created_by, created_at, updated_at, history_id
            ) VALUES (
                \(id), \(project), \(slug), \(metadata.name), \(metadata.description), \(metadata.instructions),
                \(metadata.documentationURL), \(try logoAssetID(metadata.logo, in: project)),
                \(metadata.logo?.digest.hex), \(metadata.logo?.mimeType), \(metadata.servesOutputSchemas), 'static',
                \(JSONValue(settings.callerVariables).text), \(group),
                \(try environmentID(settings.defaultEnvironment, in: project)),
                \(try environmentID(settings.stagingEnvironment, in: project)), \(settings.mcpSlug),
                \(settings.isEnabled), \(settings.isPublic), \(settings.hasPinnedAddresses),
                \(settings.graceSeconds), \(actor.name), \(now), \(now), \(id)
            )
            """
        )
        try sealSettings(id)
    }

    /// Writes what belongs to the content: metadata and selection.
    func apply(_ change: Toolset.Change, to edited: ToolsetRecord, of parent: ToolsetRecord, by actor: Actor) throws {
        let metadata = change.apply(to: edited.metadata)
        if metadata != edited.metadata {
            try changeMetadata(of: edited, to: metadata, by: actor)
        }
        let current = try selection(of: edited.id)
        let selection = change.apply(to: current.selection)
        if selection != current.selection {
            let before = try heads(of: edited).heads
            let known = try tools(in: edited.pinnedDeploymentID ?? activeDeploymentID(in: edited.projectID))
            try checkSelection(selection, before: current.selection, known: known, of: edited)
            let added = known.subtracting(current.selection.toolURNs)
            let settled = current.settled.union(before.toolsWithTheirOwnName).union(added)
            try appendSelection(selection, settled: settled, to: edited.id, by: actor)
            try checkNames(of: try toolset(edited.id), since: before)
        }
    }

    /// Writes what acts at once in both modes.
    func applySettings(_ change: Toolset.Change, to parent: ToolsetRecord) throws {
        let current = try settings(of: parent)
        let settings = change.apply(to: current)
        guard settings != current else { return }
        try requireFree(settings.mcpSlug, for: parent.id)
        try requireBringable(settings.callerVariables, in: parent.projectID)
        try renewingSettings(of: parent.id) {
            try execute(
                """
                UPDATE toolsets SET
                    mcp_slug = \(settings.mcpSlug), mcp_enabled = \(settings.isEnabled),
                    mcp_is_public = \(settings.isPublic), pinned_addresses = \(settings.hasPinnedAddresses),
                    grace_seconds = \(settings.graceSeconds),
                    mcp_caller_variables = \(JSONValue(settings.callerVariables).text),
                    default_environment_id = \(try environmentID(settings.defaultEnvironment, in: parent.projectID)),
                    staging_environment_id = \(try environmentID(settings.stagingEnvironment, in: parent.projectID)),
                    updated_at = \(Timestamp.now())
                WHERE id = \(parent.id)
                """
            )
        }
    }

    func settings(of parent: ToolsetRecord) throws -> Toolset.Settings {
        Toolset.Settings(
            mcpSlug: parent.mcpSlug ?? parent.slug,
            isEnabled: parent.isEnabled,
            isPublic: parent.isPublic,
            defaultEnvironment: try environmentSlug(parent.defaultEnvironmentID),
            stagingEnvironment: try environmentSlug(parent.stagingEnvironmentID),
            callerVariables: parent.callerVariables,
            hasPinnedAddresses: parent.hasPinnedAddresses,
            graceSeconds: parent.graceSeconds
        )
    }

    /// Refuses tools, prompts and resources that are new in a selection and that nothing knows.
    func checkSelection(
        _ selection: Toolset.Selection,
        before: Toolset.Selection,
        known: Set<ToolURN>,
        of record: ToolsetRecord
    ) throws {
        let allowed = known.union(before.toolURNs)
        var errors: [Problem.FieldError] = []
        for (position, urn) in selection.toolURNs.enumerated() where !allowed.contains(urn) {
            let hint = urn.kind == .prompt ? "; prompts go into prompt_names" : ""
            errors.append(.init(pointer: "/tool_urns/\(position)", message: "\(urn) is not known\(hint)"))
        }
        for (position, name) in selection.promptNames.enumerated()
        where try !before.promptNames.contains(name) && prompt(name, in: record.projectID) == nil {
            errors.append(.init(pointer: "/prompt_names/\(position)", message: "the prompt \(name) is not known"))
        }
        for (position, urn) in selection.resourceURNs.enumerated()
        where try !before.resourceURNs.contains(urn) && resource(urn.slug, in: record.projectID) == nil {
            errors.append(.init(pointer: "/resource_urns/\(position)", message: "\(urn) is not known"))
        }
        guard let first = errors.first else { return }
        throw Problem(
            .unknownURN,
            "Nothing was changed: \(first.message)\(errors.count > 1 ? ", and \(errors.count - 1) more" : ""). \(record.pinnedDeploymentID == nil ? "tools.list, templates.list and resources.list name what the project has" : "The toolset stays on the deployment of a release that was loaded; a discard lets it follow the project again").",
            errors: errors
        )
    }

    /// Refuses two tools of one name that had not one name before the edit.
    func checkNames(of record: ToolsetRecord, since before: Heads) throws {
        let duplicates = try heads(of: record).heads.duplicateNames(since: before)
        guard let name = duplicates.first else { return }
        throw Problem(
            .duplicateToolName,
            "Nothing was changed: two tools of the toolset \"\(record.slug)\" would be called \"\(name)\"; give one of them another name by a variation first.",
            details: [.init("names", duplicates)]
        )
    }

    /// Refuses an edit that was made against another state than the newest. The etag is the toolset's; for an edit that
    /// touches no setting, that of its staging side will do.
    func require(_ etag: String?, of parent: ToolsetRecord, coveringSettings: Bool = false) throws {
        guard let etag else { return }
        if try etag == self.etag(ofToolset: parent) { return }
        if !coveringSettings, try etag == self.etag(of: editedRecord(of: parent)) { return }
        throw Problem(
            .etagMismatch,
            "The toolset \"\(parent.slug)\" was changed since you read it; read it again and repeat the edit on what you find."
        )
    }

    func environmentID(_ slug: Slug?, in project: ID<Project>) throws -> ID<CallEnvironment>? {
        guard let slug else { return nil }
        guard
            let row = try first("SELECT id FROM environments WHERE project_id = \(project) AND slug = \(slug)")
        else {
            throw Problem(
                .notFound,
                "The project has no environment \"\(slug)\"; environments.list names those it has."
            )
        }
        return try row.id("id")
    }

    func environmentSlug(_ id: ID<CallEnvironment>?) throws -> Slug? {
        guard let id else { return nil }
        return try first("SELECT slug FROM environments WHERE id = \(id)")?.slug("slug")
    }
}
