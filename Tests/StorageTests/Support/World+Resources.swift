import Projects
import Releases
import Storage
import Vocabulary

func resourceURN(_ text: String) -> ResourceURN { ResourceURN(Slug(text)!) }

/// A resource that says a text.
func document(_ slug: String, _ text: String, type: String = "text/markdown") -> Resource.Content {
    document(slug, Array(text.utf8), type: type)
}

/// A resource of these bytes.
func document(_ slug: String, _ bytes: [UInt8], type: String) -> Resource.Content {
    Resource.Content(slug: Slug(slug)!, name: slug, mimeType: type, body: Resource.Body(of: bytes))
}

extension World {
    @discardableResult
    func addResource(_ slug: String, _ text: String = "first") async throws -> Resource {
        try await resources.createResource(document(slug, text), bytes: Array(text.utf8), in: project, by: actor)
    }

    @discardableResult
    func editResource(_ slug: String, _ text: String, expecting version: Int? = nil) async throws -> Resource {
        try await resources.updateResource(
            document(slug, text),
            bytes: Array(text.utf8),
            expecting: version,
            in: project,
            by: actor
        )
    }

    func deleteResource(_ name: String) async throws {
        try await resources.deleteResource(slug(name), in: project, by: actor)
    }

    /// Which resources the toolset has, in order.
    @discardableResult
    func selectResources(_ slugs: [String], of slug: Slug = pets) async throws -> Toolset {
        try await edit(slug) { $0.resourceURNs = slugs.map { resourceURN($0) } }
    }
}
