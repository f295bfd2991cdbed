import Projects
import Releases
import Storage
import Testing
import Vocabulary

struct ToolCallTests {
    /// Two releases of one toolset, called in two hours.
    private func withCalls(_ body: (StoredToolCalls, ToolCallFilter, World) async throws -> Void) async throws {
        try await World.with { world in
            try await world.stagedPets()
            let live = try #require(
                try await world.releases.releases(of: pets, in: world.project, PageRequest()).items.first
            )
            let toolset = try #require(
                try await world.toolsets.toolset(pets, view: .live, comparing: false, in: world.project)
            )
            let log = StoredToolCalls(database: world.database)
            let now = Timestamp.now().milliseconds / 3_600_000 * 3_600_000
            var records: [ToolCallRecord] = []
            for number in 1...100 {
                records.append(
                    ToolCallRecord(
                        projectID: world.project,
                        toolsetID: toolset.id.text,
                        releaseID: number <= 60 ? live.id.text : nil,
                        view: number <= 60 ? "live" : "staging",
                        toolName: number % 2 == 0 ? "searchBooks" : "getBook",
                        urn: "tools:http:library:searchBooks",
                        outcome: number <= 6 ? "tool_error" : number <= 10 ? "refused" : "ok",
                        status: 200,
                        milliseconds: number,
                        caller: nil,
                        at: Timestamp(milliseconds: now - (number <= 60 ? 0 : 3_600_000))
                    )
                )
            }
            try await log.append(records)
            try await body(log, ToolCallFilter(projectID: world.project), world)
        }
    }

    @Test func `are counted by release, and refused ones have no time`() async throws {
        try await withCalls { log, filter, _ in
            let counted = try await log.counts(filter, by: .release)
            #expect(counted.map(\.group) == ["1", "staging"])
            // 56 calls were made, of 1...6 and 11...60 ms: half is the 28th, 95 % the 54th.
            #expect(counted[0].counts == CallCounts(calls: 60, errors: 6, refused: 4, p50: 32, p95: 58))
            #expect(counted[1].counts == CallCounts(calls: 40, errors: 0, refused: 0, p50: 80, p95: 98))
            #expect(try await log.counts(filter).calls == 100)
            #expect(try await log.counts(filter, by: .hour).map(\.counts.calls) == [40, 60])
            #expect(try await log.counts(filter, by: .tool).map(\.group) == ["getBook", "searchBooks"])
            #expect(try await log.counts(filter, by: .toolset).map(\.group) == ["pets"])
        }
    }

    @Test func `are found by what the filter says`() async throws {
        try await withCalls { log, filter, world in
            func count(_ change: (inout ToolCallFilter) -> Void) async throws -> Int {
                var changed = filter
                change(&changed)
                return try await log.toolCalls(changed, PageRequest(limit: 500)).items.count
            }
            #expect(try await count { $0.release = 1 } == 60)
            #expect(try await count { $0.release = 2 } == 0)
            #expect(try await count { $0.view = "staging" } == 40)
            #expect(try await count { $0.outcome = "refused" } == 4)
            #expect(try await count { $0.toolName = "getBook" } == 50)
            #expect(try await count { $0.toolsetID = "none" } == 0)
            #expect(try await count { $0.since = Timestamp.now().advanced(by: .seconds(86_400)) } == 0)
            let first = try await log.toolCalls(filter, PageRequest(limit: 30))
            let second = try await log.toolCalls(filter, PageRequest(cursor: first.nextCursor, limit: 500))
            #expect(first.items.count == 30 && second.items.count == 70)
            #expect(second.nextCursor == nil)
            #expect(first.items.first?.toolset == pets)
            var other = ToolCallFilter(projectID: .make())
            other.view = "live"
            #expect(try await log.toolCalls(other, PageRequest()).items.isEmpty)
            #expect(try await log.counts(other) == .none)
        }
    }

    @Test(
        arguments: [
            (20, 20, 40, 100, 40, CallJudgement.notEnoughCalls), (100, 0, 40, 10, 40, .nothingToCompare),
            (100, 3, 40, 100, 40, .asBefore), (100, 15, 40, 100, 40, .moreFailures),
            (100, 0, 100, 100, 40, .slower), (100, 0, 80, 100, 40, .asBefore),
        ]
    )
    func `of a release are judged beside those of the one before`(
        calls: Int,
        errors: Int,
        p95: Int,
        earlierCalls: Int,
        earlierP95: Int,
        judgement: CallJudgement
    ) {
        let earlier = CallCounts(calls: earlierCalls, errors: 0, refused: 0, p50: 1, p95: earlierP95)
        let release = CallCounts(calls: calls, errors: errors, refused: 0, p50: 1, p95: p95)
        #expect(release.judged(against: earlier) == judgement)
    }
}
