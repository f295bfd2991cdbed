import JSON
import Persistence
import Projects
import Releases
import Storage
import Vocabulary

/// What people do to what they edit, other than by an edit. All of it acts on the toolset `pets`.
extension World {
    @discardableResult
    func merge(
        _ resolutions: [String: MergeResolution.Choice] = [:],
        expecting etag: String? = nil
    ) async throws -> MergedStaging {
        try await releases.mergeLive(
            into: pets,
            resolving: resolutions.sorted { $0.key < $1.key }.map { MergeResolution(item: $0.key, choice: $0.value) },
            expecting: etag,
            in: project,
            by: actor
        )
    }

    @discardableResult
    func load(_ number: Int) async throws -> Toolset {
        try await releases.loadRelease(.number(number), into: pets, in: project, by: actor)
    }

    @discardableResult
    func undoDiscard(replacing: Bool = false) async throws -> Toolset {
        try await releases.undoDiscard(pets, replacing: replacing, in: project, by: actor)
    }

    @discardableResult
    func pin(_ change: PinChange) async throws -> Toolset {
        try await releases.pin(pets, to: change, in: project, by: actor)
    }

    /// Live serves release 2, which another one made, while staging is based on release 1 and holds `edits`.
    func moveLive(
        by change: () async throws -> Void,
        whileStaging edits: () async throws -> Void
    ) async throws {
        try await edits()
        try await discard()
        try await change()
        try await publish()
        try await undoDiscard(replacing: true)
    }

    /// Writes the checkpoint that the server writes behind an edit.
    func checkpoint(_ slug: Slug = pets) async throws {
        let toolset = try await toolsets.toolset(slug, view: nil, comparing: false, in: project)!
        try await StoredCheckpoints(database: database).writeCheckpoint(of: toolset.id, by: actor)
    }

    func checkpoints(_ slug: Slug = pets) async throws -> [Checkpoint] {
        try await releases.checkpoints(of: slug, in: project, PageRequest(limit: 500)).items
    }

    @discardableResult
    func undoLastChange() async throws -> Toolset {
        try await releases.undoLastChange(pets, in: project, by: actor)
    }
}
