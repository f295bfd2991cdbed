package import JSON
package import Vocabulary

/// What a release serves, by digest.
///
/// Tools, prompts and resources stand in *pages*, objects of their own, so that two manifests share every page in which nothing
/// changed. The canonical JSON (RFC 8785) of ``json`` is what is stored and what ``digest`` is the SHA-256 of.
package struct Manifest: Sendable, Hashable {
    /// The version of this format that is written. A release of an older one goes on being served, verified and
    /// compared: 1 has no sources, and its objects say neither what is deprecated nor what each layer of variations said.
    package static let format = 2
    /// The versions that can be read.
    package static let formats = 1...format

    /// The version that this manifest is written in.
    package let format: Int
    package let metadata: Toolset.Metadata
    package let toolPages: [Digest]
    package let promptPages: [Digest]
    /// None in manifests that were written before there were resources.
    package let resourcePages: [Digest]
    package let toolCount: Int
    /// The names of the environment variables without which some tool cannot be called, sorted.
    package let requiredVariables: [String]
    /// The documents that its tools came from, by slug; none in manifests of format 1.
    package let sources: [Source]

    /// A document that tools of a manifest were compiled from.
    package struct Source: Sendable, Hashable {
        package let slug: Slug
        /// Of the document's bytes.
        package let digest: Digest
        /// The version of the compiler that read it.
        package let compiler: Int

        package init(slug: Slug, digest: Digest, compiler: Int) {
            self.slug = slug
            self.digest = digest
            self.compiler = compiler
        }
    }

    package init(
        format: Int = Self.format,
        metadata: Toolset.Metadata,
        toolPages: [Digest],
        promptPages: [Digest],
        resourcePages: [Digest] = [],
        toolCount: Int,
        requiredVariables: [String],
        sources: [Source] = []
    ) {
        self.format = format
        self.metadata = metadata
        self.toolPages = toolPages
        self.promptPages = promptPages
        self.resourcePages = resourcePages
        self.toolCount = toolCount
        self.requiredVariables = requiredVariables
        self.sources = format >= 2 ? sources : []
    }

    /// The pages of all three lists.
    package var pages: [Digest] { toolPages + promptPages + resourcePages }
}

extension Manifest {
    package var json: JSONValue {
        var server: JSONObject = [
            "description": .string(metadata.description),
            "instructions": .string(metadata.instructions),
            "name": .string(metadata.name),
        ]
        server["documentation_url"] = metadata.documentationURL.map(JSONValue.string)
        // Absent where nothing was said, so that manifests from before there were these keep their digests.
        server["logo"] = metadata.logo.map(\.json)
        server["output_schemas"] = metadata.servesOutputSchemas.map(JSONValue.bool)
        var json: JSONObject = [
            "format": .number(JSONNumber(format)),
            "metadata": .object(server),
            "prompt_pages": JSONValue(promptPages.map(\.hex)),
            "tool_count": .number(JSONNumber(toolCount)),
            "tool_pages": JSONValue(toolPages.map(\.hex)),
            "variables": JSONValue(requiredVariables),
        ]
        // Left out where there are none, so that the digest of what has no resources is what it always was.
        if !resourcePages.isEmpty { json["resource_pages"] = JSONValue(resourcePages.map(\.hex)) }
        if format >= 2 { json["sources"] = .array(sources.map(\.json)) }
        return .object(json)
    }

    /// A manifest from its JSON.
    ///
    /// - Throws: ``ManifestError`` where it is of a format that this program does not know, or not complete.
    package init(json: JSONValue) throws(ManifestError) {
        guard let format = json["format"]?.integer else { throw ManifestError(reason: "it names no format") }
        guard Self.formats.contains(format) else {
            throw ManifestError(
                reason: format > Self.format
                    ? "its format \(format) is newer than this program" : "there is no format \(format)"
            )
        }
        guard let name = json["metadata"]?["name"]?.string, let description = json["metadata"]?["description"]?.string,
            let instructions = json["metadata"]?["instructions"]?.string,
            let toolCount = json["tool_count"]?.integer, let tools = Self.digests(json["tool_pages"]),
            let prompts = Self.digests(json["prompt_pages"]),
            let resources = Self.digests(json["resource_pages"] ?? []), let variables = json["variables"]?.array
        else { throw ManifestError(reason: "a field of format \(format) is missing") }
        let sources = try format >= 2 ? Self.sources(json["sources"]) : []
        self.init(
            format: format,
            metadata: Toolset.Metadata(
                name: name,
                description: description,
                instructions: instructions,
                documentationURL: json["metadata"]?["documentation_url"]?.string,
                logo: json["metadata"]?["logo"].flatMap(Toolset.Logo.init(json:)),
                servesOutputSchemas: json["metadata"]?["output_schemas"]?.bool
            ),
            toolPages: tools,
            promptPages: prompts,
            resourcePages: resources,
            toolCount: toolCount,
            requiredVariables: variables.compactMap(\.string),
            sources: sources
        )
    }

    /// The canonical bytes; every number in a manifest is a small whole one, so that they always exist.
    package func canonicalBytes() throws -> [UInt8] {
        try json.canonicalBytes
    }

    private static func sources(_ value: JSONValue?) throws(ManifestError) -> [Source] {
        let items = value?.array ?? []
        let sources = items.compactMap { Source(json: $0) }
        guard value?.array != nil, sources.count == items.count else {
            throw ManifestError(reason: "a field of format 2 is missing")
        }
        return sources
    }

    private static func digests(_ value: JSONValue?) -> [Digest]? {
        guard let items = value?.array else { return nil }
        let digests = items.compactMap { $0.string.flatMap { Digest($0) } }
        return digests.count == items.count ? digests : nil
    }
}

extension Manifest.Source {
    /// The source as a manifest and an export write it.
    package var json: JSONValue {
        ["compiler": .number(JSONNumber(compiler)), "sha256": .string(digest.hex), "slug": .string(slug.text)]
    }

    fileprivate init?(json: JSONValue) {
        guard let slug = json["slug"]?.string.flatMap({ Slug($0) }),
            let digest = json["sha256"]?.string.flatMap({ Digest($0) }), let compiler = json["compiler"]?.integer
        else { return nil }
        self.init(slug: slug, digest: digest, compiler: compiler)
    }
}

extension Toolset.Logo {
    fileprivate var json: JSONValue { ["mime_type": .string(mimeType), "sha256": .string(digest.hex)] }

    fileprivate init?(json: JSONValue) {
        guard let digest = json["sha256"]?.string.flatMap({ Digest($0) }), let mimeType = json["mime_type"]?.string
        else { return nil }
        self.init(digest: digest, mimeType: mimeType)
    }
}

/// Why stored content cannot be served.
package struct ManifestError: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }

    package var description: String { "the stored manifest cannot be read: \(reason)" }
}
