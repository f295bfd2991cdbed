/// A connection inside a transaction. It must not leave the closure that received it.
package protocol Connection {
    /// Runs a statement and answers how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// Runs a query and answers all of its rows.
    func query(_ sql: SQL) throws -> [Row]

    /// Runs several statements of the program's own, with no binds: a migration.
    func run(script: String) throws

    /// What the database itself finds wrong with its file, its indexes and its foreign keys, one sentence each; reads
    /// everything. Nothing where all is well.
    func structuralFaults() throws -> [String]
}

extension Connection {
    /// The first row of an answer, where there is one.
    package func first(_ sql: SQL) throws -> Row? {
        try query(sql).first
    }

    /// The whole number in the column `value` of the first row; 0 where there is none.
    package func count(_ sql: SQL) throws -> Int {
        try first(sql)?.optionalInteger("value") ?? 0
    }
}

/// A rule of the schema that a write would break.
package enum ConstraintViolation: Error, Hashable {
    /// Two rows with one value where the schema allows one; the text names the index or columns.
    case unique(String)
    /// A row that another row needs, or that needs a row that is not there.
    case foreignKey
    /// A check, or a column that must have a value.
    case other(String)
}
