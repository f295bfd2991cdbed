import Logging
import Projects
import ServiceLifecycle
import Synchronization

/// Writes the tool call log behind the calls, in batches: a call never waits for it.
///
/// What the database does not take in time is dropped and counted; the log is a convenience, the calls are not.
final class ToolCallLogWriter: Service {
    private struct State {
        var waiting: [ToolCallRecord] = []
        var dropped = 0
    }

    private let log: any ToolCallLog
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private static let capacity = 10_000

    init(log: any ToolCallLog) {
        self.log = log
        (wakeUps, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a line and returns at once.
    func append(_ record: ToolCallRecord) {
        state.withLock { state in
            if state.waiting.count < Self.capacity {
                state.waiting.append(record)
            } else {
                state.dropped += 1
            }
        }
        waker.yield()
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in wakeUps { await flush() }
            await flush()
        } onGracefulShutdown: {
            self.waker.finish()
        }
    }

    private func flush() async {
        let (records, dropped) = state.withLock { state in
            defer { state = State() }
            return (state.waiting, state.dropped)
        }
        if dropped > 0 {
            Logger.current.warning("The tool call log was too slow", metadata: ["dropped": "\(dropped)"])
        }
        guard !records.isEmpty else { return }
        do {
            try await log.append(records)
        } catch {
            Logger.current.error(
                "The tool call log could not be written",
                metadata: ["lines": "\(records.count)", "error": "\(String(reflecting: error))"]
            )
        }
    }
}
