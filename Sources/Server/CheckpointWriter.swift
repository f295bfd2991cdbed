import Logging
import Projects
import Releases
import ServiceLifecycle
import Synchronization
import Vocabulary

/// Writes checkpoints of toolsets in iteration mode behind their edits: an edit never waits for it.
///
/// Edits of one toolset that come faster than it writes share a checkpoint. A kill can lose the checkpoints that wait,
/// never an edit; at its start the writer makes up for them by one checkpoint of each toolset as it is then.
final class CheckpointWriter: Service {
    private struct State {
        /// In the order of their first edit that waits, with the last one who edited.
        var waiting: [ID<Toolset>] = []
        var actors: [ID<Toolset>: Actor] = [:]
        var dropped = 0
    }

    private let store: any CheckpointStore
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let capacity: Int

    /// A writer behind which at most `capacity` toolsets wait.
    init(store: any CheckpointStore, capacity: Int = 1_000) {
        self.store = store
        self.capacity = capacity
        (wakeUps, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Notes that somebody edited a toolset, and returns at once.
    func append(_ toolset: ID<Toolset>, by actor: Actor) {
        state.withLock { state in
            if state.actors[toolset] == nil {
                guard state.waiting.count < capacity else {
                    state.dropped += 1
                    return
                }
                state.waiting.append(toolset)
            }
            state.actors[toolset] = actor
        }
        waker.yield()
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await catchUp()
            for await _ in wakeUps { await flush() }
            await flush()
        } onGracefulShutdown: {
            self.waker.finish()
        }
    }

    /// Writes what edits before the last end of the server left to write, and the first checkpoint of toolsets that
    /// have none.
    private func catchUp() async {
        do {
            for toolset in try await store.toolsetsInIterationMode() { append(toolset, by: .system) }
        } catch {
            Self.complain(error)
        }
    }

    private func flush() async {
        let (toolsets, actors, dropped) = state.withLock { state in
            defer { state = State() }
            return (state.waiting, state.actors, state.dropped)
        }
        if dropped > 0 {
            Logger.current.warning("Checkpoints were left out", metadata: ["edits": "\(dropped)"])
        }
        for toolset in toolsets {
            do {
                try await store.writeCheckpoint(of: toolset, by: actors[toolset] ?? .system)
            } catch {
                Self.complain(error)
            }
        }
    }

    /// A server that ends before it began stops its services: what was left to write is written by its next start.
    private static func complain(_ error: any Error) {
        if error is CancellationError { return }
        Logger.current.error(
            "A checkpoint could not be written",
            metadata: ["error": "\(String(reflecting: error))"]
        )
    }
}
