import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What publishing costs, and what happens when it is not alone.
struct PublishingTests {
    @Test func `two publishes at once`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.state()
            let outcomes = await withTaskGroup(of: ProblemCode?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            try await world.publish()
                            return nil
                        } catch {
                            return (error as? Problem)?.code ?? .unexpected
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let after = try await world.state()
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.compactMap { $0 } == [.nothingToPublish])
            #expect(after.live == before.staging)
            #expect(after.releases == [1, 2])
            #expect(after.base == 2)
            #expect(after.activations.map(\.seq) == [1, 2])
            #expect(after.audit == before.audit + ["toolset.publish"])
        }
    }

    @Test func `readers during publishes see before or after, never between`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try #require(try await world.served())
            let reads = try await withThrowingTaskGroup(of: [(Int, Served)].self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var reads: [(Int, Served)] = []
                        while reads.last?.0 != 9 {
                            guard let state = try await world.serving.servedToolset(mcpSlug: pets, view: .live),
                                let content = try await world.serving.content(of: state)
                            else { continue }
                            reads.append((state.releaseNumber ?? 0, try Served(content)))
                        }
                        return reads
                    }
                }
                for round in 2...9 {
                    try await world.vary("list") { $0.title = "round \(round)" }
                    try await world.edit { $0.name = "round \(round)" }
                    try await world.publish()
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            var expected = [1: first, 9: try #require(try await world.served())]
            for number in 2...8 {
                try await world.rollBack(to: number)
                expected[number] = try await world.served()
            }
            #expect(reads.allSatisfy { expected[$0.0] == $0.1 })
            #expect(Set(expected.values).count == 9)
        }
    }

    @Test(arguments: ["activations", "toolset_releases", "manifests", "audit_events", "objects"])
    func `an error inside of a publish writes nothing`(table: String) async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.vary("get") { $0.title = "own" }
            let before = try await world.state()
            let counts = try await world.rowCounts()
            // As if the process died at this table: the statement fails, and the transaction with it.
            try await world.database.write {
                try $0.run(
                    script: """
                        CREATE TRIGGER fault BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'fault'); END;
                        """
                )
            }
            await #expect(throws: (any Error).self) { try await world.publish() }
            try await world.database.write { try $0.run(script: "DROP TRIGGER fault") }
            #expect(try await world.state() == before)
            #expect(try await world.rowCounts() == counts)
            #expect(try await world.publish().number == 2)
        }
    }

    @Test func `publishing one edit of 1,000 tools stores what changed`() async throws {
        try await World.with { world in
            let names = (0..<1000).map { "tool_\($0)" }
            try await world.deploy(names.map { definition($0) })
            try await world.make(tools: names)
            try await world.stage()
            #expect(try await world.count("objects") > 1000)

            try await world.vary("tool_500") { $0.title = "own" }
            let before = try await world.rowCounts()
            try await world.publish()
            let added = try await world.rowCounts().merging(before, uniquingKeysWith: -).filter { $0.value != 0 }
            #expect(added["object_references"] ?? 0 <= 128)
            #expect(added["manifest_objects"] ?? 0 <= 100)
            #expect(
                added.filter { !["object_references", "manifest_objects"].contains($0.key) } == [
                    "objects": 2, "manifests": 1, "manifest_lists": 6, "toolset_releases": 1, "activations": 1,
                    "audit_events": 1,
                    "tool_variations": 1, "tool_variation_heads": 1, "tool_variations_group_versions": 1,
                    "tool_variations_group_version_changes": 1,
                ]
            )
            // A roll back stores an event, and what it took back: one change by its three keys.
            let published = try await world.rowCounts()
            try await world.rollBack(to: 1)
            let moved = try await world.rowCounts().merging(published, uniquingKeysWith: -).filter { $0.value != 0 }
            #expect(moved == ["activations": 1, "audit_events": 1, "rolled_back_changes": 3])
        }
    }

    @Test func `a release shares the rows of the one before as far as it pins the same`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            #expect(try await world.count("source_states") == 1)
            try await world.deploy(definition("list", "second"), definition("get"))
            try await world.publish()
            #expect(try await world.count("source_states") == 2)
            #expect(try await world.count("system_source_states") == 1)
        }
    }
}
