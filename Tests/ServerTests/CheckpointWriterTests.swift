import Logging
import Projects
import Releases
import ServiceLifecycle
import Synchronization
import Testing
import Vocabulary

@testable import Server

/// The writer behind edits in iteration mode: bounded, one checkpoint for edits that wait together, and never lost at an
/// orderly end.
struct CheckpointWriterTests {
    /// Notes what it is asked to write; the first write waits until the test lets it go on.
    private final class Store: CheckpointStore {
        let written = Mutex<[(ID<Toolset>, String)]>([])
        let existing: [ID<Toolset>]
        let isAsked = AsyncStream<Void>.makeStream()
        let gate = AsyncStream<Void>.makeStream()
        private let isHeld: Bool

        init(existing: [ID<Toolset>] = [], isHeld: Bool = false) {
            self.existing = existing
            self.isHeld = isHeld
        }

        func writeCheckpoint(of toolset: ID<Toolset>, by actor: Actor) async throws {
            let isFirst = written.withLock { written in
                written.append((toolset, actor.name))
                return written.count == 1
            }
            isAsked.continuation.yield()
            if isHeld, isFirst { for await _ in gate.stream { break } }
        }

        func toolsetsInIterationMode() async throws -> [ID<Toolset>] { existing }
    }

    /// Runs the writer until `body` has ended, and ends it in an orderly way.
    private func run(_ writer: CheckpointWriter, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: writer)], logger: Logger(label: "test"))
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private let anna = Actor(name: "key:anna")
    private let ben = Actor(name: "key:ben")

    @Test func `edits that wait together share a checkpoint, under the last who edited`() async throws {
        let store = Store(isHeld: true)
        let writer = CheckpointWriter(store: store)
        let (first, second): (ID<Toolset>, ID<Toolset>) = (.make(), .make())
        let (anna, ben) = (anna, ben)
        try await run(writer) {
            writer.append(first, by: anna)
            for await _ in store.isAsked.stream { break }
            for _ in 1...10 { writer.append(first, by: anna) }
            writer.append(second, by: anna)
            writer.append(first, by: ben)
            store.gate.continuation.yield()
        }
        #expect(store.written.withLock { $0.map(\.0) } == [first, first, second])
        #expect(store.written.withLock { $0.map(\.1) } == ["key:anna", "key:ben", "key:anna"])
    }

    @Test func `the queue is bounded, and what waits already is not driven out`() async throws {
        let store = Store(isHeld: true)
        let writer = CheckpointWriter(store: store, capacity: 3)
        let toolsets: [ID<Toolset>] = (0..<6).map { _ in .make() }
        let (anna, ben) = (anna, ben)
        try await run(writer) {
            writer.append(toolsets[0], by: anna)
            for await _ in store.isAsked.stream { break }
            for toolset in toolsets.dropFirst() { writer.append(toolset, by: anna) }
            // A toolset that waits takes no second place.
            writer.append(toolsets[2], by: ben)
            store.gate.continuation.yield()
        }
        #expect(store.written.withLock { $0.map(\.0) } == Array(toolsets.prefix(4)))
    }

    @Test func `its start makes up for what a kill left unwritten`() async throws {
        let toolsets: [ID<Toolset>] = [.make(), .make()]
        let store = Store(existing: toolsets)
        try await run(CheckpointWriter(store: store)) {
            for await _ in store.isAsked.stream { break }
        }
        #expect(store.written.withLock { $0.map(\.0) } == toolsets)
        #expect(store.written.withLock { $0.map(\.1) } == ["system", "system"])
    }
}
