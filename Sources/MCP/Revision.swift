/// A revision of the Model Context Protocol that is spoken here, by the date that names it on the wire.
package enum Revision: String, Sendable, Hashable, CaseIterable {
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"
}

extension Revision: Comparable {
    package static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
}

extension Revision {
    /// What is offered to an `initialize` that asks for a revision we do not speak that way.
    package static let newestLegacy = Revision.november2025

    /// Every revision spoken here, newest first: the one list of `server/discover` and of error -32022.
    package static let newestFirst = allCases.sorted(by: >)

    /// Whether each request carries its own version and capabilities, and no handshake comes before it
    /// (2026-07-28, Versioning).
    package var isModern: Bool { self >= .july2026 }

    /// Whether one body may be an array of messages (2025-03-26, Transports; removed by the next revision).
    package var allowsBatches: Bool { self == .march2025 }

    /// Whether everything that has a name may have a `title` (since 2025-06-18, Schema: BaseMetadata).
    package var hasTitles: Bool { self >= .june2025 }

    /// Whether tools declare `outputSchema` and answer with `structuredContent` (since 2025-06-18, Tools).
    package var hasStructuredContent: Bool { self >= .june2025 }

    /// Whether a result may link to a resource (since 2025-06-18, Tools: Resource Links).
    package var hasResourceLinks: Bool { self >= .june2025 }

    /// Whether tools, prompts and content blocks have `_meta` (since 2025-06-18, Schema).
    package var hasMetaOnDefinitions: Bool { self >= .june2025 }

    /// Whether content annotations have `lastModified` (since 2025-06-18, Schema: Annotations).
    package var hasLastModified: Bool { self >= .june2025 }

    /// Whether tools and prompts have `icons` (since 2025-11-25, Schema: Icons).
    package var hasIcons: Bool { self >= .november2025 }

    /// Whether an implementation has `description` and `websiteUrl` (since 2025-11-25, Schema: Implementation).
    package var hasImplementationDetails: Bool { self >= .november2025 }

    /// Whether schemas may use every keyword, and structured content may be any value (since 2026-07-28, Tools).
    package var allowsAnySchema: Bool { self >= .july2026 }
}
