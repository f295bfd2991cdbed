import JSON
import Persistence
import Projects
import Releases
import Storage
import Vocabulary

/// A key that is marked as an automation.
let automation = Actor(name: "key:ci", isAutomation: true)

extension World {
    func review() async throws -> Review {
        try await releases.review(pets, in: project)
    }

    /// Publishes with nothing acknowledged but what is said.
    @discardableResult
    func publish(
        _ publication: Publication,
        by actor: Actor? = nil
    ) async throws -> Release {
        try await releases.publish(pets, publication, in: project, by: actor ?? self.actor)
    }

    /// Makes a release of staging that does not go live; acknowledges whatever has to be.
    func create(_ notes: String = "") async throws -> Release {
        let fingerprints = Set(try await review().changes.toAcknowledge.map(\.fingerprint))
        return try await publish(
            Publication(notes: notes, activates: false, reviewed: ReviewedState(acknowledged: fingerprints))
        )
    }

    @discardableResult
    func activate(
        _ number: Int,
        _ reviewed: ReviewedState = ReviewedState(),
        by actor: Actor? = nil
    ) async throws -> Release {
        try await releases.activate(
            .number(number, toolset: pets),
            reason: "",
            reviewed,
            in: project,
            by: actor ?? self.actor
        )
    }

    @discardableResult
    func rollBack(to number: Int, _ rollback: Rollback, by actor: Actor? = nil) async throws -> RollbackOutcome {
        try await releases.rollBack(
            to: .number(number, toolset: pets),
            rollback,
            in: project,
            by: actor ?? self.actor
        )
    }

    func compare(_ from: ReleaseComparison.Side, _ to: ReleaseComparison.Side) async throws -> ReleaseComparison {
        try await releases.comparison(of: pets, from: from, to: to, in: project)
    }

    func hold() async throws -> Toolset.Hold? {
        try await toolsets.toolset(pets, view: nil, comparing: false, in: project)?.hold
    }

    /// Lets a release that says what staging says have the manifest that a program of an older format wrote.
    func writeRelease(_ number: Int, in format: Int) async throws {
        guard let staged = try await toolsets.content(pets, view: .staging, in: project) else { return }
        let content = try staged.content.written(in: format)
        let manifest = try content.manifest.canonicalBytes()
        try await database.write { connection in
            for object in content.objects {
                try connection.execute(
                    """
                    INSERT INTO objects (digest, format, content)
                    VALUES (\(object.digest.hex), \(object.format), \(object.content)) ON CONFLICT (digest) DO NOTHING
                    """
                )
            }
            for (object, child) in content.objects.flatMap({ object in Set(object.children).map { (object, $0) } }) {
                try connection.execute(
                    """
                    INSERT INTO object_references (object_digest, child_digest)
                    VALUES (\(object.digest.hex), \(child.hex)) ON CONFLICT DO NOTHING
                    """
                )
            }
            try connection.execute(
                """
                INSERT INTO manifests (digest, format, content, created_at)
                VALUES (\(content.digest.hex), \(format), \(manifest), \(Timestamp.now()))
                """
            )
            for page in Set(content.manifest.pages) {
                try connection.execute(
                    """
                    INSERT INTO manifest_objects (manifest_digest, object_digest)
                    VALUES (\(content.digest.hex), \(page.hex))
                    """
                )
            }
            try connection.execute(
                "UPDATE toolset_releases SET manifest_digest = \(content.digest.hex) WHERE release_number = \(number)"
            )
        }
    }

    func release(_ number: Int) async throws -> ReleaseDetails? {
        try await releases.releaseDetails(.number(number, toolset: pets), in: project)
    }
}

extension [Change] {
    /// `list set.tool.removed`, in order.
    var told: [String] { map { "\($0.name) \($0.rule.rawValue)" } }

    /// The one change that a rule tells.
    func only(_ rule: ChangeRule) -> Change? {
        let found = filter { $0.rule == rule }
        return found.count == 1 ? found[0] : nil
    }
}
