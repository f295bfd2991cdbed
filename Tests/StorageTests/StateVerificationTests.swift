import Persistence
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Verifying finds what is wrong beside the releases: where staging stands, what waits, and what was kept.
struct StateVerificationTests {
    /// A damage, and what the line that names it holds.
    struct Damage: Sendable, CustomTestStringConvertible {
        let statement: String
        let line: String

        var testDescription: String { statement }
    }

    private static let live = "parent_toolset_id IS NULL AND archived_at IS NULL AND slug = 'pets'"
    private static let copy = "parent_toolset_id IS NOT NULL AND archived_at IS NULL AND deleted_at IS NULL"

    /// `pets` in staging mode with three releases, rolled back and held, with edits that a discard replaced and a
    /// variation that no release has; and `shop` in iteration mode with a checkpoint.
    private func makeState(_ world: World) async throws {
        try await world.stagedPets()
        try await world.vary("get") { $0.title = "one" }
        try await world.publish()
        try await world.select(["get"])
        try await world.publish()
        for number in 1...3 { try await world.label(number, "label-\(number)") }
        try await world.rollBack(to: 2)
        try await world.vary("get") { $0.title = "two" }
        try await world.edit { $0.name = "Animals" }
        try await world.discard()
        try await world.vary("list") { $0.title = "three" }
        try await world.make(slug("shop"), tools: ["list"])
        try await world.edit(slug("shop")) { $0.name = "Shop" }
        try await world.checkpoint(slug("shop"))
    }

    @Test func `what is whole has no differences, and each of these rows is there`() async throws {
        try await World.with { world in
            try await makeState(world)
            #expect(try await world.verified() == [])
            for table in ["rolled_back_changes", "tool_variation_heads"] {
                #expect(try await world.count(table) > 0, "\(table)")
            }
            #expect(try await world.count("kept_edits") == 2)
            #expect(try await world.hold() != nil)
        }
    }

    @Test(arguments: [
        Damage(
            statement: "UPDATE toolsets SET last_release_number = 2 WHERE \(live)",
            line: "release number in toolsets.last_release_number"
        ),
        Damage(statement: "UPDATE toolsets SET hold_seq = 3 WHERE \(live)", line: "found 3, a publish"),
        Damage(statement: "UPDATE toolsets SET hold_seq = 9 WHERE \(live)", line: "found 9, no activation"),
        Damage(
            statement: "UPDATE toolsets SET editing_mode = 'iteration', current_release_id = NULL WHERE \(live)",
            line: "expected none in iteration mode, found 4"
        ),
        Damage(
            statement: """
                UPDATE tool_variation_heads SET version = 1,
                    variation_id = (SELECT v.id FROM tool_variations v WHERE v.group_id = tool_variation_heads.group_id
                        AND v.tool_urn = tool_variation_heads.tool_urn AND v.version = 1)
                WHERE version > 1
                """,
            line: "newest variations in tool_variation_heads tools:http:pets:get"
        ),
        Damage(
            statement: "DELETE FROM tool_variation_heads WHERE tool_urn = 'tools:http:pets:list'",
            line: "found nothing"
        ),
        Damage(
            statement: "UPDATE tool_variation_heads SET is_kept = 1 - is_kept",
            line: "expected is_kept 1, found is_kept 0"
        ),
        Damage(
            statement: "UPDATE tool_variation_heads SET is_kept = 1 - is_kept",
            line: "expected is_kept 0, found is_kept 1"
        ),
        Damage(
            statement:
                "UPDATE tool_variation_heads SET tool_urn = 'tools:http:pets:sell' WHERE tool_urn = 'tools:http:pets:list'",
            line: "expected a variation of the tool in the group, found none"
        ),
        Damage(
            statement: "UPDATE rolled_back_changes SET activation_seq = 2",
            line: "rolled back changes in rolled_back_changes 2"
        ),
        Damage(statement: "UPDATE rolled_back_changes SET activation_seq = 9", line: "found no activation"),
        Damage(
            statement: "UPDATE toolsets SET base_release_id = NULL WHERE \(copy)",
            line: "base_release_id: expected a release of the toolset"
        ),
        Damage(
            statement:
                "UPDATE toolsets SET deleted_at = created_at WHERE parent_toolset_id IS NULL AND archived_at IS NULL",
            line: "settings in toolsets"
        ),
        Damage(
            statement: "UPDATE toolsets SET deleted_at = created_at WHERE \(copy)",
            line: "expected 1 of them, found 0"
        ),
        Damage(
            statement: "UPDATE toolsets SET current_release_id = base_release_id WHERE \(copy)",
            line: "current_release_id: expected nothing"
        ),
        Damage(
            statement: "DROP INDEX toolset_releases_by_label; UPDATE toolset_releases SET label = 'x'",
            line: "label x: expected one release, found 3"
        ),
        Damage(
            statement: """
                UPDATE toolsets SET current_release_id = (SELECT id FROM toolset_releases WHERE release_number = 1)
                WHERE slug = 'shop'
                """,
            line: "acme/shop: live in toolsets.current_release_id"
        ),
        Damage(
            statement: "UPDATE kept_edits SET metadata_version = 99 WHERE kind = 'discard'",
            line: "metadata that is not there"
        ),
        Damage(statement: "UPDATE kept_edits SET own_variations_version_id = NULL", line: "kept edits in kept_edits"),
        Damage(
            statement: """
                UPDATE kept_edits SET base_release_id = (SELECT id FROM toolset_releases WHERE release_number = 1)
                WHERE kind = 'checkpoint'
                """,
            line: "base_owner: expected"
        ),
        Damage(
            statement: """
                UPDATE kept_edits SET toolset_version_id = (
                    SELECT v.id FROM toolset_versions v JOIN toolsets t ON t.id = v.toolset_id WHERE t.slug = 'shop'
                ) WHERE kind = 'discard'
                """,
            line: "selection_owner: expected"
        ),
        Damage(
            statement: """
                UPDATE kept_edits SET own_variations_version_id = (
                    SELECT own_variations_version_id FROM toolset_releases WHERE release_number = 3
                ) WHERE kind = 'discard'
                """,
            line: "group_id: expected"
        ),
        Damage(
            statement: "UPDATE tool_variations SET title = 'four' WHERE title = 'two'",
            line: "kept edits in kept_edits"
        ),
    ])
    func `a damage is named`(damage: Damage) async throws {
        try await World.with { world in
            try await makeState(world)
            try await world.database.write { try $0.run(script: damage.statement) }
            let found = try await world.verified()
            #expect(found.contains { $0.contains(damage.line) }, "\(found)")
        }
    }

    @Test func `a toolset that was deleted, and one that was pruned, are whole`() async throws {
        try await World.with { world in
            try await makeState(world)
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            #expect(try await world.verified() == [])
            _ = try await world.retention(in: 200).prune(dryRun: false, in: world.project, by: world.actor)
            #expect(try await world.releaseNumbers() == [])
            #expect(try await world.verified() == [])
        }
    }

    @Test func `back in iteration mode nothing is left to differ`() async throws {
        try await World.with { world in
            try await makeState(world)
            try await world.iterate()
            #expect(try await world.verified() == [])
            try await world.stage()
            #expect(try await world.verified() == [])
        }
    }
}
