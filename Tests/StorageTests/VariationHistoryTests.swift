import Persistence
import Releases
import Testing
import Tools
import Vocabulary

@testable import Storage

/// What a release says of tools is found from the newest rows backwards: the history before it costs nothing.
struct VariationHistoryTests {
    @Test(arguments: [7, 8, 9] as [UInt64])
    func `every release says what was said when it was made`(seed: UInt64) async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: seed)
            let tools = ["list", "get", "feed"]
            try await world.deploy(tools.map { definition($0) })
            try await world.make(tools: tools)
            try await world.stage()
            var own: [ToolURN: String] = [:]
            var global: [ToolURN: String] = [:]
            var said: [(own: [ToolURN: String], global: [ToolURN: String])] = []
            for step in 1...15 {
                for _ in 0..<(1 + Int(random.next() % 4)) {
                    let tool = tools.randomElement(using: &random) ?? ""
                    let title = "title \(step) \(random.next() % 100)"
                    let isOwn = random.next() % 2 == 0
                    try await world.vary(tool, in: isOwn ? pets : nil) { $0.title = title }
                    if isOwn { own[urn(tool)] = title } else { global[urn(tool)] = title }
                }
                if step.isMultiple(of: 3) { try await world.iterateAndStage() } else { try await world.publish() }
                said.append((own, global))
            }
            for (index, expected) in said.enumerated() {
                let release = try #require(try await world.release(index + 2)?.release)
                let frozen = try await world.database.read { try $0.frozenHeads(of: release) }
                #expect(frozen.ownVariations.compactMapValues(\.title) == expected.own, "seed \(seed), \(index + 2)")
                #expect(
                    frozen.globalVariations.compactMapValues(\.title) == expected.global,
                    "seed \(seed), \(index + 2)"
                )
            }
        }
    }

    @Test func `what is read of live's variations does not grow with the releases before it`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            var reads: [Int] = []
            var plans: Set<String> = []
            for step in 1...12 {
                for tool in ["list", "get"] {
                    try await world.vary(tool) { $0.title = "own \(step)" }
                    try await world.vary(tool, in: nil) { $0.summary = "global \(step)" }
                }
                let release = try await world.publish()
                let (rows, seen) = try await world.database.read { connection in
                    let counting = CountingConnection(connection)
                    _ = try counting.frozenHeads(of: release)
                    return (counting.rows, counting.plans)
                }
                reads.append(rows)
                plans.formUnion(seen)
            }
            #expect(Set(reads).count == 1, "\(reads)")
            // Each tool's own history, from its newest row backwards, is read up to the first row that counts.
            #expect(
                plans.contains {
                    $0.contains("SEARCH p USING INDEX tool_variations_by_tool (group_id=? AND tool_urn=?)")
                }
            )
            #expect(plans.filter { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE FOR ORDER BY") } == [])
        }
    }
}

extension World {
    /// A release that is made by a switch of the mode, with what staging says.
    fileprivate func iterateAndStage() async throws {
        try await iterate()
        try await stage()
    }
}

/// Counts the rows that queries answer, and notes how the database looks for them.
private final class CountingConnection: Connection {
    private let connection: any Connection
    private(set) var rows = 0
    private(set) var plans: Set<String> = []

    init(_ connection: any Connection) {
        self.connection = connection
    }

    func execute(_ sql: SQL) throws -> Int { try connection.execute(sql) }

    func query(_ sql: SQL) throws -> [Row] {
        for row in try connection.query("EXPLAIN QUERY PLAN \(sql)") { plans.insert(try row.text("detail")) }
        let answer = try connection.query(sql)
        rows += answer.count
        return answer
    }

    func run(script: String) throws { try connection.run(script: script) }

    func structuralFaults() throws -> [String] { try connection.structuralFaults() }
}
