package import Projects
package import Tools
package import Vocabulary

/// Takes away what nothing keeps, takes out of a release what must not be kept, and gives a release away whole.
package protocol RetentionStore: Sendable {
    /// Takes away what nothing keeps any more: see ``RetentionRules``. Each toolset is one transaction; a dry run does the
    /// same and takes it back. What belongs to no project, such as objects, is looked at for all of them.
    func prune(dryRun: Bool, in project: ID<Project>, by actor: Actor) async throws -> PruneReport

    /// Takes an item out of a release: its object becomes a ``Tombstone``, and every release that holds the object is
    /// marked, so that none of them can be made live. Versions in histories that say the same, and that nothing but
    /// releases without the item reaches, are blanked; where they are needed at first, a second redaction does that later.
    ///
    /// Pages that are free and the log of writes are emptied then, so that the text is in no file of the database.
    ///
    /// - Throws: ``Problem``: `not_found`; `invalid` where the item does not say the text that is named; `release_is_live`
    ///   where a live release holds the object; `redacted`
    ///   where it was taken out before, and no version can be blanked since; `in_use` where another project has a release that holds it.
    func redact(
        _ order: RedactionOrder,
        from reference: ReleaseReference,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> RedactionReport

    /// A release with everything that it takes to verify it far from its database; with the bytes of its documents and
    /// resources where they are asked for.
    func export(
        _ reference: ReleaseReference,
        includingDocuments: Bool,
        in project: ID<Project>
    ) async throws -> ReleaseExport
}

/// What is kept, and for how long. Everything else is kept for as long as something refers to it.
///
/// A release is kept where it was ever live, has a label, is what a staging copy, another release or kept edits are
/// based on, belongs to a toolset whose pinned addresses are on, or is young. So a rollback never makes the releases
/// that are newer than live go.
package enum RetentionRules {
    /// How long a release that nothing else keeps stays, and one of a deleted toolset, and content that nothing reaches.
    package static let releaseDays = 90
    /// How long what was discarded can be brought back, and a staging copy that was taken away stays.
    package static let editDays = 30
}

/// An item of a release, by what it is called there.
package enum ReleaseItem: Sendable, Hashable {
    case tool(ToolURN)
    case prompt(String)
    case resource(ResourceURN)
}

/// What is to be taken out of a release, and why.
package struct RedactionOrder: Sendable {
    package let item: ReleaseItem
    /// The very text that must not be kept; nothing where all that the item says is meant. It is written down nowhere.
    package let text: String?
    package let reason: String

    package init(_ item: ReleaseItem, text: String? = nil, reason: String) {
        self.item = item
        self.text = text
        self.reason = reason
    }
}

/// What pruning took away, or would.
package struct PruneReport: Sendable, Hashable {
    /// Kinds of what can go, in the order in which it goes.
    package enum Kind: String, Sendable, CaseIterable {
        case keptEdits = "kept_edits"
        case stagingCopies = "staging_copies"
        case releases, manifests, objects
        case sourceStates = "source_states"
        case deployments, compilations
        case toolDefinitions = "tool_definitions"
        case assets
        case assetContents = "asset_contents"
    }

    /// How many went, and how many bytes of content.
    package struct Amount: Sendable, Hashable {
        package var count = 0
        package var bytes = 0

        package init(count: Int = 0, bytes: Int = 0) {
            self.count = count
            self.bytes = bytes
        }
    }

    /// One release that went.
    package struct PrunedRelease: Sendable, Hashable {
        package let toolset: Slug
        package let number: Int

        package init(toolset: Slug, number: Int) {
            self.toolset = toolset
            self.number = number
        }
    }

    package var amounts: [Kind: Amount] = [:]
    package var releases: [PrunedRelease] = []

    package init() {}

    /// Notes that so much more of a kind went.
    package mutating func add(_ kind: Kind, count: Int, bytes: Int = 0) {
        amounts[kind, default: Amount()].count += count
        amounts[kind, default: Amount()].bytes += bytes
    }

    /// Both together.
    package mutating func add(_ other: PruneReport) {
        for (kind, amount) in other.amounts { add(kind, count: amount.count, bytes: amount.bytes) }
        releases += other.releases
    }

    /// How many things went, of whatever kind.
    package var count: Int { amounts.values.reduce(0) { $0 + $1.count } }
}

/// What a redaction did, and what it did not do.
package struct RedactionReport: Sendable {
    package let release: Release
    /// The digest of what was taken out.
    package let object: String
    /// Releases that held the object and can no longer be made live, in words: `pets release 3`.
    package let releases: [String]
    /// Where the same content still stands, in words: what is in use elsewhere, and what cannot be taken apart.
    package var remains: [String]

    package init(release: Release, object: String, releases: [String], remains: [String]) {
        self.release = release
        self.object = object
        self.releases = releases
        self.remains = remains
    }
}
