import Synchronization
import Vocabulary

/// A database that runs transactions. SQLite and PostgreSQL each have a driver; everything above speaks to this.
package protocol DatabaseDriver: Sendable {
    /// Runs `body` on one consistent state, and writes nothing.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value

    /// Runs `body` as one transaction: all of it is written when it returns, nothing when it throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value

    /// Rewrites what is stored, so that nothing which was deleted or overwritten is left in any file of the database.
    ///
    /// It writes all of it anew: writes wait meanwhile, reads do not.
    func rewrite() async throws

    /// Takes away the log of writes, with what it still holds of earlier states; false where somebody reads such a state.
    /// It waits for readers, or asks once.
    func emptyLog(waiting: Bool) async throws -> Bool

    /// Closes every connection. What comes after throws.
    func close() throws
}

/// The database of a server: a driver, and the count of changes that caches compare.
package final class Database: Sendable {
    private let driver: any DatabaseDriver
    /// Rises after each committed ``write(_:)``.
    package let changes = ChangeCounter()
    private let owesLog = Mutex(false)

    package init(driver: any DatabaseDriver) {
        self.driver = driver
    }

    /// Runs `body` on one consistent state, and writes nothing.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        try await driver.read(body)
    }

    /// Runs `body` as one transaction and, after the commit, tells caches that something changed.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        let beforeCommit = Self.beforeCommit
        let value = try await driver.write { connection in
            let value = try body(connection)
            try beforeCommit?(connection)
            return value
        }
        changes.increase()
        await emptyLogIfOwed()
        return value
    }

    /// Takes out of the files whatever was deleted or overwritten: pages that are free, and the log of writes.
    ///
    /// - Returns: False where the log is still read by somebody; then each later write tries again.
    /// - Throws: ``Problem``: `storageFull` where there is no room for a second copy.
    package func eraseRemnants() async throws -> Bool {
        owesLog.withLock { $0 = true }
        try await driver.rewrite()
        let isEmpty = try await driver.emptyLog(waiting: true)
        if isEmpty { owesLog.withLock { $0 = false } }
        return isEmpty
    }

    /// Whether the log of writes holds what should be in no file any more.
    package var owesEmptyLog: Bool { owesLog.withLock(\.self) }

    private func emptyLogIfOwed() async {
        guard owesEmptyLog else { return }
        // A failure is one more reason to try again, and no reason to tell a write that was done that it was not.
        if (try? await driver.emptyLog(waiting: false)) == true { owesLog.withLock { $0 = false } }
    }

    /// What every ``write(_:)`` of the task does in its own transaction, after what it was asked for.
    @TaskLocal package static var beforeCommit: (@Sendable (any Connection) throws -> Void)?

    /// As ``write(_:)``, for what no cache holds: logs.
    package func append<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        try await driver.write(body)
    }

    /// Closes every connection.
    package func close() throws {
        try driver.close()
    }
}
