import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// A label stands wherever the number of a release does.
struct LabelReferenceTests {
    /// Releases 1 to 3 of `pets`, the first two with labels; 3 is live.
    private func makeReleases(_ world: World) async throws {
        try await world.stagedPets()
        for title in ["second", "third"] {
            try await world.vary("get") { $0.title = title }
            try await world.publish(notes: title)
        }
        try await world.label(1, "v1")
        try await world.label(2, "Spring")
    }

    private func label(_ text: String) throws -> ReleaseLabel {
        try #require(ReleaseLabel(text))
    }

    @Test func `a release is rolled back to, loaded, compared, shown and exported by its label`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let first = ReleaseReference.label(try label("v1"), toolset: pets)
            let details = try await world.releases.releaseDetails(first, in: world.project)
            #expect(details?.release.number == 1)
            let export = try await world.retention().export(first, includingDocuments: false, in: world.project)
            #expect(export.json["release"]?["number"] == 1)
            let preflight = try await world.releases.preflight(of: .label(label("v1")), of: pets, in: world.project)
            #expect(preflight.live == 3)
            let there = try await world.compare(.label(label("v1")), .label(label("spring")))
            let numbered = try await world.compare(.release(1), .release(2))
            #expect(there.from == .release(1))
            #expect(there.to == .release(2))
            #expect(there.changes == numbered.changes)
            #expect(try await world.compare(.live, .label(label("v1"))).digest != nil)
            let loaded = try await world.releases.loadRelease(
                .label(label("SPRING")),
                into: pets,
                in: world.project,
                by: world.actor
            )
            #expect(loaded.staging?.changes?.count == 1)
            let outcome = try await world.releases.rollBack(
                to: first,
                Rollback(reason: "test"),
                in: world.project,
                by: world.actor
            )
            #expect(outcome.toolset.currentRelease?.number == 1)
        }
    }

    @Test func `a label that nothing has is not found`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let unknown = try await problem {
                _ = try await world.compare(.label(label("winter")), .live)
            }
            #expect(unknown.code == .notFound)
            #expect(unknown.message.contains("winter"))
        }
    }

    @Test func `a label is unique without regard to case, and its own release may change the case`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let taken = try await problem { try await world.label(3, "V1") }
            #expect(taken.code == .nameTaken)
            #expect(taken.message.contains("Release 1 has the label \"v1\""))
            let published = try await problem {
                try await world.vary("get") { $0.title = "fourth" }
                try await world.publish(Publication(label: label("SPRING")))
            }
            #expect(published.code == .nameTaken)
            try await world.label(1, "V1")
            #expect(try await world.release(1)?.release.label == "V1")
        }
    }

    @Test func `of labels from before that differ in case alone, the one that is written is meant`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            _ = try await world.database.write {
                try $0.execute("UPDATE toolset_releases SET label = 'V1' WHERE release_number = 3")
            }
            for (text, number) in [("v1", 1), ("V1", 3)] {
                let reference = ReleaseReference.label(try label(text), toolset: pets)
                let found = try await world.releases.releaseDetails(reference, in: world.project)
                #expect(found?.release.number == number)
            }
            _ = try await world.database.write {
                try $0.execute("UPDATE toolset_releases SET label = 'sprinG' WHERE release_number = 2")
                try $0.execute("UPDATE toolset_releases SET label = 'Spring' WHERE release_number = 3")
            }
            let ambiguous = try await problem { _ = try await world.compare(.label(label("SPRING")), .live) }
            #expect(ambiguous.code == .invalid)
            #expect(ambiguous.message.contains("release 3 (Spring) or 2 (sprinG)"))
        }
    }
}
