import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// A toolset whose rules ask for 30 days of deprecation before a tool goes.
struct DeprecationDaysTests {
    private static func deprecated(_ name: String, _ description: String = "first") -> ToolDefinition {
        var tool = definition(name, description)
        tool.isDeprecated = true
        return tool
    }

    /// Live for so many days, counted back: release 1 as long as the first of them, and so on.
    private func age(_ days: [Int], _ world: World) async throws {
        let now = Timestamp.now().milliseconds
        try await world.database.write { connection in
            for (index, days) in days.enumerated() {
                // An hour more, so that the days are whole while the test runs.
                let time = Timestamp(milliseconds: now - Int64(days) * 86_400_000 - 3_600_000)
                try connection.execute("UPDATE activations SET created_at = \(time) WHERE seq = \(index + 1)")
            }
        }
    }

    private func staged(_ world: World, _ definitions: [ToolDefinition]) async throws {
        try await world.deploy(definitions)
        try await world.make(tools: ["list", "get"])
        try await world.stage()
        _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
            ChangeRuleSettings(deprecationDays: 30)
        }
    }

    private func removal(_ world: World) async throws -> Change? {
        try await world.select(["get"])
        return try await world.review().changes.all.only(.setToolRemoved)
    }

    @Test(arguments: [(29, ChangeLevel.breaking), (30, .risky), (400, .risky)])
    func `a tool may go once it was live as deprecated for the days`(days: Int, level: ChangeLevel) async throws {
        try await World.with { world in
            try await staged(world, [definition("list"), definition("get")])
            try await world.deploy(Self.deprecated("list"), definition("get"))
            try await world.publish()
            // That it goes on being deprecated in a release after it takes nothing away.
            try await world.deploy(Self.deprecated("list", "second"), definition("get"))
            try await world.publish()
            try await age([500, days, 1], world)

            let removed = try #require(try await removal(world))
            #expect(removed.level == level)
            let publish = { _ = try await world.publish(Publication(notes: "Without list")) }
            if level == .breaking {
                #expect(try await problem(publish).code == .unacknowledged)
            } else {
                #expect(removed.message == "`list` is gone, after \(days) days in which it was marked as deprecated.")
                try await publish()
                #expect(try await world.release(4)?.release.number == 4)
            }
        }
    }

    @Test func `the days begin anew where a release between did not say it`() async throws {
        try await World.with { world in
            try await staged(world, [Self.deprecated("list"), definition("get")])
            try await world.deploy(definition("list"), definition("get"))
            try await world.publish()
            try await world.deploy(Self.deprecated("list"), definition("get"))
            try await world.publish()
            try await age([90, 60, 10], world)
            #expect(try await removal(world)?.level == .breaking)
        }
    }

    @Test func `days of which nobody asked are good for nothing`() async throws {
        try await World.with { world in
            try await staged(world, [Self.deprecated("list"), definition("get")])
            try await age([90], world)
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
                ChangeRuleSettings()
            }
            #expect(try await removal(world)?.level == .breaking)
        }
    }
}
