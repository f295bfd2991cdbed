package import JSON
package import Projects
package import Vocabulary

/// A curated set of tools, prompts and resources with metadata, served as one MCP server, seen from one of its sides.
package struct Toolset: Sendable, Hashable {
    /// Never changes, whichever side this is.
    package let id: ID<Toolset>
    package let projectID: ID<Project>
    package let slug: Slug
    package let mode: EditingMode
    /// Which side the content below belongs to.
    package let view: View
    package let metadata: Metadata
    /// The version of the metadata on this side.
    package let version: Int
    package let selection: Selection
    package let settings: Settings
    /// Changes whenever what an editor may change on this side changes.
    package let etag: String
    /// What is live, in staging mode.
    package let currentRelease: Release?
    /// The seq of the last activation; 0 where there was none.
    package let activationSeq: Int
    /// The staging copy, in staging mode.
    package let staging: Staging?
    /// What stops automations from publishing after a rollback.
    package let hold: Hold?
    /// Which change rules count how much for it.
    package let changeRules: ChangeRuleSettings
    /// Whether it came with the server.
    package let isBuiltIn: Bool
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package init(
        id: ID<Toolset>,
        projectID: ID<Project>,
        slug: Slug,
        mode: EditingMode,
        view: View,
        metadata: Metadata,
        version: Int,
        selection: Selection,
        settings: Settings,
        etag: String,
        currentRelease: Release?,
        activationSeq: Int,
        staging: Staging?,
        hold: Hold? = nil,
        changeRules: ChangeRuleSettings = ChangeRuleSettings(),
        isBuiltIn: Bool = false,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.projectID = projectID
        self.slug = slug
        self.mode = mode
        self.view = view
        self.metadata = metadata
        self.version = version
        self.selection = selection
        self.settings = settings
        self.etag = etag
        self.currentRelease = currentRelease
        self.activationSeq = activationSeq
        self.staging = staging
        self.hold = hold
        self.changeRules = changeRules
        self.isBuiltIn = isBuiltIn
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Whether changes are live at once, or reach callers only by publishing.
package enum EditingMode: String, Sendable, CaseIterable {
    case iteration, staging
}

extension Toolset {
    /// A side of a toolset.
    package enum View: String, Sendable, CaseIterable {
        case live, staging
    }

    /// What people and clients read about the server; versioned, and part of a release.
    package struct Metadata: Sendable, Hashable {
        package var name: String
        package var description: String
        /// What a client tells its model about the whole server; may be empty.
        package var instructions: String
        package var documentationURL: String?
        /// The picture that clients show for the server.
        package var logo: Logo?
        /// Whether clients get the output schemas of its tools; where it is not said, a tool's source says it.
        package var servesOutputSchemas: Bool?

        package init(
            name: String,
            description: String = "",
            instructions: String = "",
            documentationURL: String? = nil,
            logo: Logo? = nil,
            servesOutputSchemas: Bool? = nil
        ) {
            self.name = name
            self.description = description
            self.instructions = instructions
            self.documentationURL = documentationURL
            self.logo = logo
            self.servesOutputSchemas = servesOutputSchemas
        }
    }

    /// An uploaded image, by its bytes: served at `/images/<sha256>`.
    package struct Logo: Sendable, Hashable {
        package let digest: Digest
        /// `image/png`.
        package let mimeType: String

        package init(digest: Digest, mimeType: String) {
            self.digest = digest
            self.mimeType = mimeType
        }
    }

    /// Which tools, prompts and resources, in the order in which clients see them.
    package struct Selection: Sendable, Hashable {
        package var toolURNs: [ToolURN]
        package var promptNames: [String]
        package var resourceURNs: [ResourceURN]

        package init(toolURNs: [ToolURN] = [], promptNames: [String] = [], resourceURNs: [ResourceURN] = []) {
            self.toolURNs = toolURNs
            self.promptNames = promptNames
            self.resourceURNs = resourceURNs
        }
    }

    /// What acts at once in both modes and belongs to no release.
    package struct Settings: Sendable, Hashable {
        /// The last part of the address `/mcp/{slug}`, unique in the server.
        package var mcpSlug: Slug
        /// Whether the addresses answer.
        package var isEnabled: Bool
        /// Whether live may be called without a key.
        package var isPublic: Bool
        package var defaultEnvironment: Slug?
        /// What the staging address calls with; where it is none, ``defaultEnvironment``.
        package var stagingEnvironment: Slug?
        /// The environment variables that callers may bring themselves, by `MCP-…` headers; sorted, each once.
        package var callerVariables: [String]
        /// Whether each release answers at an address of its own.
        package var hasPinnedAddresses: Bool
        /// How long after a publish the release before goes on taking calls that fit only it, in seconds; 0 for not at all.
        package var graceSeconds: Int

        package init(
            mcpSlug: Slug,
            isEnabled: Bool = true,
            isPublic: Bool = false,
            defaultEnvironment: Slug? = nil,
            stagingEnvironment: Slug? = nil,
            callerVariables: [String] = [],
            hasPinnedAddresses: Bool = false,
            graceSeconds: Int = 0
        ) {
            self.mcpSlug = mcpSlug
            self.isEnabled = isEnabled
            self.isPublic = isPublic
            self.defaultEnvironment = defaultEnvironment
            self.stagingEnvironment = stagingEnvironment
            self.callerVariables = callerVariables
            self.hasPinnedAddresses = hasPinnedAddresses
            self.graceSeconds = graceSeconds
        }
    }

    /// The staging side in short.
    package struct Staging: Sendable, Hashable {
        package let etag: String
        /// The number of the release that staging was last in step with.
        package let baseRelease: Int?
        /// The deployment that staging stays on; none where it follows the active one.
        package let pinnedDeploymentID: ID<Deployment>?
        /// Its seq.
        package let pinnedDeploymentSeq: Int?
        /// Whether staging stays on prompts and resources of a release in place of the newest.
        package let pinsPrompts: Bool
        /// Whether live has moved on to a release newer than ``baseRelease``, which has to be merged before a publish.
        package let hasToMerge: Bool
        /// What an undo would put back; none where nothing was replaced within 30 days.
        package let replaced: ReplacedEdits?
        /// Which items differ from live; none where nobody asked for the comparison.
        package let changes: ContentDifference?
        /// How many changes a review tells that publishing makes; none where nobody asked for the comparison.
        package let changeCount: Int?

        package init(
            etag: String,
            baseRelease: Int?,
            pinnedDeploymentID: ID<Deployment>?,
            pinnedDeploymentSeq: Int? = nil,
            pinsPrompts: Bool = false,
            hasToMerge: Bool = false,
            replaced: ReplacedEdits? = nil,
            changes: ContentDifference?,
            changeCount: Int? = nil
        ) {
            self.etag = etag
            self.baseRelease = baseRelease
            self.pinnedDeploymentID = pinnedDeploymentID
            self.pinnedDeploymentSeq = pinnedDeploymentSeq
            self.pinsPrompts = pinsPrompts
            self.hasToMerge = hasToMerge
            self.replaced = replaced
            self.changes = changes
            self.changeCount = changeCount
        }
    }

    /// That a rollback stopped automations: people publish on, keys marked as automations do not until it is lifted.
    package struct Hold: Sendable, Hashable {
        /// The release that was rolled back.
        package let from: Int
        /// The release that was rolled back to.
        package let to: Int
        package let reason: String
        package let actor: String
        package let since: Timestamp

        package init(from: Int, to: Int, reason: String, actor: String, since: Timestamp) {
            self.from = from
            self.to = to
            self.reason = reason
            self.actor = actor
            self.since = since
        }
    }

    /// What an edit changes; `nil` leaves a field as it is.
    package struct Change: Sendable {
        package var name: String?
        package var description: String?
        package var instructions: String?
        /// Set to an empty text to take the link away.
        package var documentationURL: String?
        /// `.some(nil)` takes the logo away.
        package var logo: Logo??
        /// `.some(nil)` leaves it to the sources.
        package var servesOutputSchemas: Bool??
        package var toolURNs: [ToolURN]?
        package var promptNames: [String]?
        package var resourceURNs: [ResourceURN]?
        package var mcpSlug: Slug?
        package var isEnabled: Bool?
        package var isPublic: Bool?
        /// `.some(nil)` takes the environment away.
        package var defaultEnvironment: Slug??
        package var stagingEnvironment: Slug??
        package var callerVariables: [String]?
        package var hasPinnedAddresses: Bool?
        package var graceSeconds: Int?

        package init() {}

        /// Whether anything of the versioned metadata changes.
        package var touchesMetadata: Bool {
            name != nil || description != nil || instructions != nil || documentationURL != nil || logo != nil
                || servesOutputSchemas != nil
        }

        /// Whether anything changes that is staged: metadata, tools, prompts or resources.
        package var touchesContent: Bool {
            touchesMetadata || toolURNs != nil || promptNames != nil || resourceURNs != nil
        }

        /// Whether anything changes that acts at once in both modes.
        package var touchesSettings: Bool {
            mcpSlug != nil || isEnabled != nil || isPublic != nil || defaultEnvironment != nil
                || stagingEnvironment != nil || callerVariables != nil || hasPinnedAddresses != nil
                || graceSeconds != nil
        }

        /// The metadata with the change made.
        package func apply(to metadata: Metadata) -> Metadata {
            Metadata(
                name: name ?? metadata.name,
                description: description ?? metadata.description,
                instructions: instructions ?? metadata.instructions,
                documentationURL: documentationURL.map { $0.isEmpty ? nil : $0 } ?? metadata.documentationURL,
                logo: logo ?? metadata.logo,
                servesOutputSchemas: servesOutputSchemas ?? metadata.servesOutputSchemas
            )
        }

        /// The selection with the change made.
        package func apply(to selection: Selection) -> Selection {
            Selection(
                toolURNs: toolURNs ?? selection.toolURNs,
                promptNames: promptNames ?? selection.promptNames,
                resourceURNs: resourceURNs ?? selection.resourceURNs
            )
        }

        /// The settings with the change made.
        package func apply(to settings: Settings) -> Settings {
            Settings(
                mcpSlug: mcpSlug ?? settings.mcpSlug,
                isEnabled: isEnabled ?? settings.isEnabled,
                isPublic: isPublic ?? settings.isPublic,
                defaultEnvironment: defaultEnvironment ?? settings.defaultEnvironment,
                stagingEnvironment: stagingEnvironment ?? settings.stagingEnvironment,
                callerVariables: callerVariables ?? settings.callerVariables,
                hasPinnedAddresses: hasPinnedAddresses ?? settings.hasPinnedAddresses,
                graceSeconds: graceSeconds ?? settings.graceSeconds
            )
        }
    }
}
