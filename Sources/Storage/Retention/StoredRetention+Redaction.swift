import JSON
import Persistence
package import Projects
package import Releases
import Tools
package import Vocabulary

extension StoredRetention {
    package func redact(
        _ order: RedactionOrder,
        from reference: ReleaseReference,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> RedactionReport {
        var report: RedactionReport
        let holders: [ReleaseHolder]
        do {
            (report, holders) = try await bury(order, from: reference, in: project, by: actor)
        } catch let problem as Problem where problem.code == .redacted {
            // Where the files could not be rewritten the first time.
            _ = try? await database.eraseRemnants()
            throw problem
        }
        // It is done: what goes wrong from here on is told, and must not make it look refused.
        report.remains += await places(beside: order, in: holders)
        do {
            guard try await !database.eraseRemnants() else { return report }
            report.remains.append(
                "the database's log of writes (its file -wal), since another process reads it; the next write tries again, and a stop of the server empties it"
            )
        } catch {
            let why = (error as? Problem)?.message ?? "The server was stopped meanwhile."
            report.remains.append(
                "free pages and the log of writes in the files of the database: \(why) Redact once more"
            )
        }
        return report
    }

    /// Where else the releases say the text, where it is named. No write waits for it: it reads all of them.
    private func places(beside order: RedactionOrder, in holders: [ReleaseHolder]) async -> [String] {
        guard let text = order.text.map({ RedactedText($0) }) else { return [] }
        do {
            return try await database.read { try $0.places(in: holders, saying: text, beside: order.item) }
        } catch {
            let why = (error as? Problem)?.message ?? "The server was stopped meanwhile."
            return [
                "perhaps other items of \(holders.map(\.name).joined(separator: ", ")), which could not be read: \(why)"
            ]
        }
    }

    private func bury(
        _ order: RedactionOrder,
        from reference: ReleaseReference,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> (RedactionReport, [ReleaseHolder]) {
        try await database.write { connection in
            let item = order.item
            let (release, toolset) = try connection.release(reference, in: project)
            let content = try connection.readableContent(ofManifest: release.digest)
            guard let object = content.object(of: item) else {
                throw Problem(
                    .notFound,
                    "Release \(release.number) of \"\(toolset.slug)\" has no \(item); toolsets.getReleaseDetails names what it has."
                )
            }
            let holders = try connection.releases(holding: object)
            try Self.requireRedactable(item, holders, in: project)
            let isRedacted = content.redacted.contains(object)
            let text = order.text.map { RedactedText($0) }
            if !isRedacted {
                try connection.require(text, in: object, item, release)
                try connection.bury(object, heldBy: holders, reason: order.reason, by: actor)
            }
            let erasure = try connection.eraseHistories(of: item, saying: text, in: release, by: actor)
            guard !isRedacted || erasure.count > 0 else { throw Problem.redactedAlready(item, release, erasure) }
            try connection.forgetAnswers()
            let names = holders.map(\.name)
            try connection.audit(
                actor,
                "toolset.redact",
                "toolset",
                named: toolset.slug.text,
                in: project,
                "\(isRedacted ? "blanked what histories said of" : "redacted") \(item) of \(names.joined(separator: ", ")): \(order.reason)"
            )
            guard let redacted = try connection.release(release.id) else {
                throw Problem(.unexpected, "The release was not written.")
            }
            return (
                RedactionReport(release: redacted, object: object.hex, releases: names, remains: erasure.remains),
                holders
            )
        }
    }

    private static func requireRedactable(
        _ item: ReleaseItem,
        _ holders: [ReleaseHolder],
        in project: ID<Project>
    ) throws {
        let live = holders.filter(\.isLive).map(\.name)
        guard live.isEmpty else {
            throw Problem(
                .releaseIsLive,
                "Nothing was redacted: the \(item) is the same in what is live (\(live.joined(separator: ", "))); make another release live first.",
                details: [.init("releases", live)]
            )
        }
        guard holders.allSatisfy({ $0.project == project }) else {
            throw Problem(
                .inUse,
                "Nothing was redacted: a release of another project has exactly the same \(item), and shares it."
            )
        }
    }
}

/// A release whose manifest names an object.
struct ReleaseHolder {
    let id: ID<Release>
    let project: ID<Project>
    /// `pets release 3`.
    let name: String
    let isLive: Bool
}

extension ReleaseItem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tool(let urn): "tool \(urn)"
        case .prompt(let name): "prompt \(name)"
        case .resource(let urn): "resource \(urn)"
        }
    }
}

extension CompiledContent {
    /// The object that says what an item is.
    func object(of item: ReleaseItem) -> Digest? {
        switch item {
        case .tool(let urn): toolEntries.first { $0.urn == urn }?.object
        case .prompt(let name): promptEntries.first { $0.name == name }?.object
        case .resource(let urn): resourceEntries.first { $0.urn == urn }?.object
        }
    }
}

extension Connection {
    /// Refuses a release that something was taken out of for what needs all of it: `made live`, `compared`, `loaded`.
    ///
    /// - Throws: ``Problem`` `redacted`.
    func requireWhole(_ release: Release, of slug: Slug, toBe used: String) throws {
        guard let redaction = release.redaction else { return }
        throw Problem(
            .redacted,
            "Release \(release.number) of \"\(slug)\" is redacted and cannot be \(used): \(redaction.actor) took something out of it (\(redaction.reason)). Choose another release."
        )
    }

    /// Puts a tombstone in the place of an object, and marks every release that holds it.
    fileprivate func bury(_ object: Digest, heldBy holders: [ReleaseHolder], reason: String, by actor: Actor) throws {
        let now = Timestamp.now()
        try renewingMarks(of: holders.map(\.id)) {
            try execute(
                """
                UPDATE objects SET content = \(Tombstone(of: object).content), redacted_at = \(now)
                WHERE digest = \(object.hex)
                """
            )
            try execute(
                """
                UPDATE toolset_releases
                SET redacted_at = \(now), redacted_by = \(actor.name), redaction_reason = \(reason)
                WHERE id IN \(list: holders.map(\.id)) AND redacted_at IS NULL
                """
            )
        }
    }

    /// Refuses a text that the item does not say: whoever names it would think that it is gone.
    fileprivate func require(_ text: RedactedText?, in object: Digest, _ item: ReleaseItem, _ release: Release) throws {
        guard let text,
            let content = try first("SELECT content FROM objects WHERE digest = \(object.hex)")?.bytes("content")
        else { return }
        let bodies = try query(
            """
            SELECT c.content FROM object_contents o JOIN asset_contents c ON c.sha256 = o.sha256
            WHERE o.object_digest = \(object.hex)
            """
        ).map { try $0.bytes("content") }
        guard !(bodies + [content]).contains(where: text.stands(in:)) else { return }
        throw Problem(
            .invalid,
            "Nothing was redacted: the \(item) of release \(release.number) does not say the text.",
            errors: [.init(pointer: "/text", message: "is not in the \(item)")]
        )
    }

    /// Every release that holds an object, of whichever project.
    fileprivate func releases(holding object: Digest) throws -> [ReleaseHolder] {
        try query(
            """
            SELECT r.id, r.release_number, t.project_id, t.slug,
                CASE WHEN t.current_release_id = r.id AND t.deleted_at IS NULL THEN 1 ELSE 0 END AS is_live
            FROM toolset_releases r JOIN toolsets t ON t.id = r.toolset_id
            WHERE r.manifest_digest IN (
                SELECT m.manifest_digest FROM manifest_objects m
                JOIN object_references o ON o.object_digest = m.object_digest
                WHERE o.child_digest = \(object.hex)
            )
            ORDER BY t.slug, r.release_number
            """
        ).map { row in
            ReleaseHolder(
                id: try row.id("id"),
                project: try row.id("project_id"),
                name: "\(try row.text("slug")) release \(try row.integer("release_number"))",
                isLive: try row.bool("is_live")
            )
        }
    }
}

extension Problem {
    fileprivate static func redactedAlready(
        _ item: ReleaseItem,
        _ release: Release,
        _ erasure: HistoryErasure
    ) -> Problem {
        let left =
            erasure.remains.isEmpty ? "" : "; what remains is still needed: \(erasure.remains.joined(separator: ", "))"
        return Problem(
            .redacted,
            "The \(item) of release \(release.number) was redacted already\(left). Nothing was changed."
        )
    }
}
