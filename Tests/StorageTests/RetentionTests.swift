import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Pruning takes away what nothing keeps, and never what a kept release needs.
struct RetentionTests {
    /// Releases 1 (live once), 2 (live) and 3, 4 (never live).
    private func makeReleases(_ world: World) async throws {
        try await world.stagedPets()
        try await world.vary("list") { $0.title = "second" }
        try await world.publish()
        for title in ["third", "fourth"] {
            try await world.vary("list") { $0.title = title }
            try await world.createOnly()
        }
    }

    @Test func `a release that was never live goes after 90 days, and no earlier`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let young = try await world.retention(in: 89).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(young.releases == [])
            #expect(try await world.releaseNumbers() == [1, 2, 3, 4])
            let old = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(old.releases.map(\.number) == [3, 4])
            #expect(old.amounts[.manifests]?.count == 2)
            #expect(old.amounts[.objects]?.count ?? 0 >= 4)
            #expect(old.amounts[.objects]?.bytes ?? 0 > 500)
            #expect(try await world.releaseNumbers() == [1, 2])
            #expect(try await world.verified() == [])
            let again = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(again.count == 0)
            let audit = try await world.state().audit
            #expect(audit.count { $0 == "toolset.prune" } == 1)
            #expect(audit.last == "project.prune")
        }
    }

    @Test func `a rollback makes no newer release go`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.rollBack(to: 1)
            _ = try await world.retention(in: 900).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(try await world.releaseNumbers() == [1, 2])
            try await world.rollBack(to: 2)
            #expect(try await world.verified() == [])
        }
    }

    @Test(arguments: ["label", "pinned addresses", "base of staging", "base of a release"])
    func `is kept`(by reason: String) async throws {
        try await World.with { world in
            try await makeReleases(world)
            let three: SQL = "(SELECT id FROM toolset_releases WHERE release_number = 3)"
            switch reason {
            case "label": try await world.label(3, "spring")
            case "pinned addresses":
                _ = try await world.database.write { try $0.execute("UPDATE toolsets SET pinned_addresses = 1") }
            case "base of staging":
                _ = try await world.database.write {
                    try $0.execute(
                        "UPDATE toolsets SET base_release_id = \(three) WHERE parent_toolset_id IS NOT NULL"
                    )
                }
            default:
                _ = try await world.database.write {
                    try $0.execute(
                        "UPDATE toolset_releases SET base_release_id = \(three), label = 'x' WHERE release_number = 4"
                    )
                }
            }
            _ = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(try await world.releaseNumbers().contains(3))
        }
    }

    @Test func `a dry run says what would go and takes nothing away`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            try await world.deploy(definition("list", "newer"))
            try await world.deploy(definition("list", "newest"))
            let before = try await world.rowCounts()
            let changes = world.database.changes.value
            let rehearsed = try await world.retention(in: 91).prune(dryRun: true, in: world.project, by: world.actor)
            #expect(try await world.rowCounts() == before)
            #expect(world.database.changes.value == changes)
            #expect(rehearsed.amounts[.deployments]?.count == 1)
            let done = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(done == rehearsed)
            #expect(done.count > 5)
        }
    }

    @Test func `what is discarded is kept 30 days, and a copy that was taken away`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.name = "Beasts" }
            try await world.vary("list") { $0.title = "own" }
            try await world.iterate()
            let early = try await world.retention(in: 29).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(early.amounts[.stagingCopies]?.count ?? 0 == 0)
            let late = try await world.retention(in: 31).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(late.amounts[.stagingCopies]?.count == 1)
            #expect(try await world.count("toolsets WHERE parent_toolset_id IS NOT NULL") == 0)
            #expect(try await world.verified() == [])
            try await world.stage()
            #expect(try await world.releaseNumbers() == [1, 2])
        }
    }

    @Test func `releases of a deleted toolset stay 90 days, and then all of them go with what they held`() async throws
    {
        try await World.with { world in
            try await makeReleases(world)
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            _ = try await world.retention(in: 89).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(try await world.releaseNumbers() == [1, 2, 3, 4])
            let gone = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(gone.releases.map(\.number) == [1, 2, 3, 4])
            for table in ["manifests", "objects", "activations", "source_states", "manifest_lists"] {
                #expect(try await world.count(table) == 0, "\(table)")
            }
            #expect(try await world.verified() == [])
        }
    }

    @Test func `the name of an operation that may come back is kept with its compilation`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("gone"))
            try await world.deploy(definition("list", "second"))
            try await world.deploy(definition("list", "third"))
            let report = try await world.retention(in: 91).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(report.amounts[.deployments]?.count == 2)
            // Of the second, everything is known from the third; of the first, "gone" is not.
            #expect(report.amounts[.compilations]?.count == 1)
            #expect(try await world.count("compilation_tools WHERE urn = 'tools:http:pets:gone'") == 1)
            #expect(try await world.verified() == [])
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `after any history every kept release serves the same bytes, and nothing differs`(seed: UInt64) async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: seed)
            try await world.stagedPets()
            for _ in 1...25 { try await step(world, &random) }
            let before = try await snapshot(world)
            let wasLive = Set(try await world.state().activations.map(\.release))
            let base = try await world.state().base
            let report = try await world.retention(in: 120).prune(dryRun: false, in: world.project, by: world.actor)
            let after = try await snapshot(world)
            #expect(Set(after.keys) == Set(before.keys).filter { wasLive.contains($0) || $0 == base }, "seed \(seed)")
            #expect(report.releases.map(\.number).sorted() == Set(before.keys).subtracting(after.keys).sorted())
            for (number, bytes) in after { #expect(bytes == before[number], "seed \(seed), release \(number)") }
            #expect(try await world.verified() == [], "seed \(seed)")
            for number in after.keys.sorted() where try await world.state().current != number {
                try await world.rollBack(to: number)
            }
            #expect(try await world.verified() == [], "seed \(seed)")
        }
    }

    private func step(_ world: World, _ random: inout SeededGenerator) async throws {
        let text = "text \(Int.random(in: 0..<6, using: &random))"
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: try await world.vary("list") { $0.title = text }
        case 2: try await world.vary("get", in: nil) { $0.description = text }
        case 3: try await world.deploy(definition("list", text), definition("get", text))
        case 4: try await world.createOnly()
        case 5: try await world.discard()
        case 6:
            let was = Set(try await world.state().activations.map(\.release)).sorted()
            if let number = was.randomElement(using: &random), try await world.state().current != number {
                try await world.rollBack(to: number)
            }
        default:
            do { try await world.publish() } catch let problem as Problem where problem.code == .nothingToPublish {}
        }
    }

    /// Each release with all of its bytes.
    private func snapshot(_ world: World) async throws -> [Int: [UInt8]] {
        var all: [Int: [UInt8]] = [:]
        for number in try await world.releaseNumbers() {
            var export = try await world.exported(number).json
            export["activations"] = nil
            all[number] = JSONValue.object(export).bytes
        }
        return all
    }
}
