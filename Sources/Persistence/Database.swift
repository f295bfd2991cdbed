import Vocabulary

/// A database that runs transactions. SQLite and PostgreSQL each have a driver; everything above speaks to this.
package protocol DatabaseDriver: Sendable {
    /// Runs `body` on one consistent state, and writes nothing.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value

    /// Runs `body` as one transaction: all of it is written when it returns, nothing when it throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value

    /// Closes every connection. What comes after throws.
    func close() throws
}

/// The database of a server: a driver, and the count of changes that caches compare.
package final class Database: Sendable {
    private let driver: any DatabaseDriver
    /// Rises after each committed ``write(_:)``.
    package let changes = ChangeCounter()

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
        return value
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
