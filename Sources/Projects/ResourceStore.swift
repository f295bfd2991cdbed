package import JSON
package import Vocabulary

/// Stores resources; every edit is a new row, and bytes are stored once.
package protocol ResourceStore: Sendable {
    /// Makes a resource whose content says what `bytes` are.
    ///
    /// - Throws: ``Problem`` `name_taken`.
    func createResource(
        _ content: Resource.Content,
        bytes: [UInt8],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Resource
    /// Writes the next version of a resource; without `bytes` those of the version before it stay.
    ///
    /// - Throws: ``Problem`` `not_found`; `etag_mismatch` where `expecting` is not the newest version.
    func updateResource(
        _ content: Resource.Content,
        bytes: [UInt8]?,
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Resource
    /// Takes a resource away from editors; what releases hold stays.
    ///
    /// - Throws: ``Problem`` `in_use`, naming the toolsets and releases that need it.
    func deleteResource(_ slug: Slug, expecting version: Int?, in project: ID<Project>, by actor: Actor) async throws
    func resource(_ slug: Slug, in project: ID<Project>) async throws -> Resource?
    func resources(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Resource>
    /// All versions, newest first.
    func resourceHistory(_ slug: Slug, in project: ID<Project>, _ page: PageRequest) async throws -> Page<Resource>
    /// The bytes of any version of a resource, by their digest.
    func resourceBytes(_ digest: Digest) async throws -> [UInt8]?
}
