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
        let value = try await driver.write(body)
        changes.increase()
        return value
    }

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
