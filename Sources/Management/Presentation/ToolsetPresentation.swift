import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// How toolsets and releases look in answers.
struct ToolsetPresentation: Sendable {
    let publicURL: String

    /// The answer of a call that is about one toolset.
    func answer(_ toolset: Toolset) -> CallAnswer {
        CallAnswer(["toolset": .object(json(toolset))], etag: toolset.etag)
    }

    func json(_ toolset: Toolset) -> JSONObject {
        var json: JSONObject = [
            "id": .string(toolset.id.text), "slug": .string(toolset.slug.text),
            "name": .string(toolset.metadata.name), "description": .string(toolset.metadata.description),
            "instructions": .string(toolset.metadata.instructions),
            "documentation_url": JSONValue(toolset.metadata.documentationURL),
            "logo": json(toolset.metadata.logo),
            "output_schemas": toolset.metadata.servesOutputSchemas.map(JSONValue.bool) ?? .null,
            "editing_mode": .string(toolset.mode.rawValue), "view": .string(toolset.view.rawValue),
            "version": JSONValue(toolset.version), "etag": .string(toolset.etag),
            "tool_urns": JSONValue(toolset.selection.toolURNs.map(\.description)),
            "prompt_names": JSONValue(toolset.selection.promptNames),
            "resource_urns": JSONValue(toolset.selection.resourceURNs.map(\.description)),
            "tool_selection_mode": "static",
        ]
        json["default_environment_slug"] = JSONValue(toolset.settings.defaultEnvironment?.text)
        json["staging_environment_slug"] = JSONValue(toolset.settings.stagingEnvironment?.text)
        json["mcp_slug"] = .string(toolset.settings.mcpSlug.text)
        json["mcp_url"] = .string("\(publicURL)/mcp/\(toolset.settings.mcpSlug)")
        json["mcp_enabled"] = .bool(toolset.settings.isEnabled)
        json["mcp_is_public"] = .bool(toolset.settings.isPublic)
        json["mcp_caller_variables"] = JSONValue(toolset.settings.callerVariables)
        json["pinned_addresses"] = .bool(toolset.settings.hasPinnedAddresses)
        json["grace_seconds"] = JSONValue(toolset.settings.graceSeconds)
        json["current_release"] = toolset.currentRelease.map { .object(self.json($0)) } ?? .null
        json["activation_seq"] = JSONValue(toolset.activationSeq)
        json["staging"] = toolset.staging.map { .object(staging($0, of: toolset)) } ?? .null
        json["hold"] = toolset.hold.map { .object($0.json) } ?? .null
        json["built_in"] = .bool(toolset.isBuiltIn)
        json["change_rules"] = toolset.changeRules.json
        json["created_at"] = .string(toolset.createdAt.description)
        json["updated_at"] = .string(toolset.updatedAt.description)
        return json
    }

    /// A logo with the address that everybody gets it from; null for none.
    func json(_ logo: Toolset.Logo?) -> JSONValue {
        guard let logo else { return .null }
        return [
            "url": .string("\(publicURL)/images/\(logo.digest.hex)"), "mime_type": .string(logo.mimeType),
            "sha256": .string(logo.digest.hex),
        ]
    }

    /// What clients read about the server.
    func json(_ metadata: Toolset.Metadata) -> JSONObject {
        [
            "name": .string(metadata.name), "instructions": .string(metadata.instructions),
            "documentation_url": JSONValue(metadata.documentationURL), "logo": json(metadata.logo),
        ]
    }

    func json(_ release: Release) -> JSONObject {
        [
            "id": .string(release.id.text), "number": JSONValue(release.number),
            "label": JSONValue(release.label),
            "digest": .string(release.digest.hex), "notes": .string(release.notes),
            "released_by": .string(release.releasedBy), "created_at": .string(release.createdAt.description),
            "state": .string(release.state.rawValue), "deployment_id": JSONValue(release.deploymentID?.text),
            "toolset_version": JSONValue(release.selectionVersion),
            "metadata_version": JSONValue(release.metadataVersion), "tool_count": JSONValue(release.toolCount),
            "verdicts": release.verdicts.map { .object($0.json) } ?? .null,
            "base_release": JSONValue(release.base),
            "redaction": release.redaction.map { .object($0.json) } ?? .null,
        ]
    }

    func json(_ details: ReleaseDetails) -> JSONObject {
        var json = self.json(details.release)
        json["acknowledgements"] = .array(details.acknowledgements.map { .object($0.json) })
        json["tools"] = .array(details.tools.map(entry))
        json["prompts"] = .array(details.prompts.map(entry))
        json["resources"] = .array(details.resources.map(entry))
        json["pins"] = [
            "deployment_id": JSONValue(details.release.deploymentID?.text),
            "toolset_version": JSONValue(details.release.selectionVersion),
            "metadata_version": JSONValue(details.release.metadataVersion),
            "global_variations_version": JSONValue(details.globalVariationsVersion),
            "own_variations_version": JSONValue(details.ownVariationsVersion),
            "prompts": .array(
                details.promptVersions.map { ["name": .string($0.content.name), "version": JSONValue($0.version)] }
            ),
            "resources": .array(
                details.resourceVersions.map {
                    ["urn": .string($0.content.urn.description), "version": JSONValue($0.version)]
                }
            ),
        ]
        json["required_variables"] = JSONValue(details.manifest.requiredVariables)
        json["tokens"] = JSONValue(details.tokens)
        json["manifest"] = details.manifest.json
        return json
    }

    private func entry<URN>(_ entry: ManifestEntry<URN>) -> JSONValue {
        [
            "name": .string(entry.name), "urn": .string(entry.urn.description), "digest": .string(entry.object.hex),
        ]
    }

    private func staging(_ staging: Toolset.Staging, of toolset: Toolset) -> JSONObject {
        [
            "etag": .string(staging.etag), "base_release": JSONValue(staging.baseRelease),
            "pinned_deployment_id": JSONValue(staging.pinnedDeploymentID?.text),
            "pinned_deployment_seq": JSONValue(staging.pinnedDeploymentSeq),
            "pins_prompts": .bool(staging.pinsPrompts), "live_has_moved": .bool(staging.hasToMerge),
            "replaced": staging.replaced.map { .object($0.json) } ?? .null,
            "changes": JSONValue(staging.changeCount),
            "difference": staging.changes.map { .object($0.json) } ?? .null,
            "mcp_url": .string("\(publicURL)/mcp/\(toolset.settings.mcpSlug)/staging"),
        ]
    }
}

extension ReplacedEdits {
    /// What an undo of a discard would put back.
    var json: JSONObject {
        ["by": .string(by), "actor": .string(actor), "at": .string(at.description)]
    }
}

extension ContentDifference {
    var json: JSONObject {
        [
            "added_tools": JSONValue(addedTools), "removed_tools": JSONValue(removedTools),
            "changed_tools": JSONValue(changedTools), "added_prompts": JSONValue(addedPrompts),
            "removed_prompts": JSONValue(removedPrompts), "changed_prompts": JSONValue(changedPrompts),
            "added_resources": JSONValue(addedResources), "removed_resources": JSONValue(removedResources),
            "changed_resources": JSONValue(changedResources),
            "metadata_changed": .bool(metadataChanged), "order_changed": .bool(orderChanged),
            "record_changed": .bool(recordChanged),
        ]
    }
}
