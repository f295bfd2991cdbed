package import JSON
package import Projects
package import Vocabulary

/// Frozen content with a number and a digest.
package struct Release: Sendable, Hashable {
    /// Whether callers get a release, got it once, or never did.
    package enum State: String, Sendable {
        case live
        case wasLive = "was_live"
        case neverLive = "never_live"
    }

    package let id: ID<Release>
    package let toolsetID: ID<Toolset>
    /// 1, 2, 3 … in the toolset; never reused.
    package let number: Int
    /// Of the manifest.
    package let digest: Digest
    /// Unique in the toolset, where it has one: `1.4.0`.
    package let label: String?
    package let notes: String
    package let releasedBy: String
    package let createdAt: Timestamp
    package let state: State
    /// The number of the release that was live when this one was made; none for the first, and where it is not known.
    package let base: Int?
    /// What it changed for callers of the release that was live when it was made; none where nobody compared.
    package let verdicts: Verdicts?
    /// Why something was taken out of it, so that it cannot be made live; none where it is whole.
    package let redaction: Redaction?
    package let toolCount: Int
    /// The deployment that the tools came from; none where the toolset has no tools of a source.
    package let deploymentID: ID<Deployment>?
    /// The version of the parent's tool list.
    package let selectionVersion: Int
    /// The version of the parent's metadata.
    package let metadataVersion: Int

    package init(
        id: ID<Release>,
        toolsetID: ID<Toolset>,
        number: Int,
        digest: Digest,
        label: String? = nil,
        notes: String,
        releasedBy: String,
        createdAt: Timestamp,
        state: State,
        base: Int? = nil,
        verdicts: Verdicts? = nil,
        redaction: Redaction? = nil,
        toolCount: Int,
        deploymentID: ID<Deployment>?,
        selectionVersion: Int,
        metadataVersion: Int
    ) {
        self.id = id
        self.toolsetID = toolsetID
        self.number = number
        self.digest = digest
        self.label = label
        self.notes = notes
        self.releasedBy = releasedBy
        self.createdAt = createdAt
        self.state = state
        self.base = base
        self.verdicts = verdicts
        self.redaction = redaction
        self.toolCount = toolCount
        self.deploymentID = deploymentID
        self.selectionVersion = selectionVersion
        self.metadataVersion = metadataVersion
    }
}

/// That something was taken out of a release which must not be kept.
package struct Redaction: Sendable, Hashable {
    package let reason: String
    package let actor: String
    package let at: Timestamp

    package init(reason: String, actor: String, at: Timestamp) {
        self.reason = reason
        self.actor = actor
        self.at = at
    }
}

/// A release with everything that it pins.
package struct ReleaseDetails: Sendable {
    package let release: Release
    package let manifest: Manifest
    package let tools: [ManifestEntry<ToolURN>]
    package let prompts: [ManifestEntry<ToolURN>]
    package let resources: [ManifestEntry<ResourceURN>]
    package let promptVersions: [PromptTemplate]
    package let resourceVersions: [Resource]
    package let globalVariationsVersion: Int?
    package let ownVariationsVersion: Int?
    /// The estimated cost of its tool list for a model.
    package let tokens: Int
    /// Who acknowledged which of its changes.
    package let acknowledgements: [Acknowledgement]

    package init(
        release: Release,
        manifest: Manifest,
        tools: [ManifestEntry<ToolURN>],
        prompts: [ManifestEntry<ToolURN>],
        resources: [ManifestEntry<ResourceURN>],
        promptVersions: [PromptTemplate],
        resourceVersions: [Resource],
        globalVariationsVersion: Int?,
        ownVariationsVersion: Int?,
        tokens: Int,
        acknowledgements: [Acknowledgement] = []
    ) {
        self.release = release
        self.manifest = manifest
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.promptVersions = promptVersions
        self.resourceVersions = resourceVersions
        self.globalVariationsVersion = globalVariationsVersion
        self.ownVariationsVersion = ownVariationsVersion
        self.tokens = tokens
        self.acknowledgements = acknowledgements
    }
}

/// How a release is meant: by its id, or by a toolset and a number or label.
package enum ReleaseReference: Sendable, Hashable {
    case id(ID<Release>)
    case number(Int, toolset: Slug)
    case label(ReleaseLabel, toolset: Slug)
}

/// What people call a release of a toolset that they have named: its number, or its label.
package enum ReleaseName: Sendable, Hashable {
    case number(Int)
    case label(ReleaseLabel)

    /// The release of that name in a toolset.
    package func of(_ slug: Slug) -> ReleaseReference {
        switch self {
        case .number(let number): .number(number, toolset: slug)
        case .label(let label): .label(label, toolset: slug)
        }
    }
}

/// The event that makes a release live.
package struct Activation: Sendable, Hashable {
    /// Why a release went live.
    package enum Kind: String, Sendable {
        case publish, rollback
        /// To a release newer than live that was live before.
        case rollForward = "roll_forward"
    }

    /// Rises in the toolset.
    package let seq: Int
    package let release: Int
    package let previousRelease: Int?
    package let kind: Kind
    package let actor: String
    package let reason: String
    package let at: Timestamp

    package init(
        seq: Int,
        release: Int,
        previousRelease: Int?,
        kind: Kind,
        actor: String,
        reason: String,
        at: Timestamp
    ) {
        self.seq = seq
        self.release = release
        self.previousRelease = previousRelease
        self.kind = kind
        self.actor = actor
        self.reason = reason
        self.at = at
    }
}
