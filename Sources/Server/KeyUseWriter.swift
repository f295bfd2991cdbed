import Accounts
import Logging
import ServiceLifecycle
import Synchronization
import Vocabulary

/// Writes when keys were used, behind the requests: of each key at most once a minute, so that no request waits for it and
/// the database hardly notices.
final class KeyUseWriter: Service {
    private struct State {
        var written: [ID<APIKey>: Timestamp] = [:]
        var waiting: [ID<APIKey>: Timestamp] = [:]
    }

    private let keys: any KeyStore
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private static let pauseMilliseconds: Int64 = 60_000

    init(keys: any KeyStore, now: @escaping @Sendable () -> Timestamp = { .now() }) {
        self.keys = keys
        self.now = now
        (wakeUps, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Notes that a key was used, and returns at once.
    func note(_ key: ID<APIKey>) {
        let now = now()
        let isNew = state.withLock { state in
            if let last = state.written[key], now.milliseconds - last.milliseconds < Self.pauseMilliseconds {
                return false
            }
            state.written[key] = now
            state.waiting[key] = now
            return true
        }
        if isNew { waker.yield() }
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in wakeUps { await flush() }
            await flush()
        } onGracefulShutdown: {
            self.waker.finish()
        }
    }

    func flush() async {
        let uses = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        guard !uses.isEmpty else { return }
        do {
            try await keys.noteUses(uses)
        } catch {
            Logger.current.error(
                "When keys were used could not be written",
                metadata: ["keys": "\(uses.count)", "error": "\(String(reflecting: error))"]
            )
        }
    }
}
