import Crypto
import Foundation
import Glibc
import Vocabulary

/// The folder that belongs to one running server, and the database file, which is usually in it.
///
/// A lock beside the database is held as long as the process lives: two servers on one SQLite file would each serve from
/// a memory that the other does not know of. It is a file of its own, since closing any descriptor of the database file
/// would drop SQLite's own locks.
final class DataFolder: Sendable {
    let path: String
    private let databasePath: String
    private let lock: Int32
    /// Whether the database was there before this start.
    private let isUsed: Bool

    /// Makes folder and file where they are missing, and takes them for this process.
    ///
    /// - Throws: ``Problem`` `configuration`, `storageFull` or `databaseBusy`.
    init(path: String, databasePath: String) throws {
        self.path = path
        self.databasePath = databasePath
        // What the server writes, SQLite's files among it, is for its own user.
        umask(0o077)
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Problem(
                .configuration,
                "The data folder \(path) cannot be made; choose another one by SLIPWAY_DATA_DIR.",
                cause: error
            )
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: databasePath))?[.size] as? Int
        isUsed = (size ?? 0) > 0
        lock = open("\(databasePath).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            if errno == ENOSPC {
                throw Problem(.storageFull, "The disk that holds \(path) is full; free space, then start again.")
            }
            throw Problem(
                .configuration,
                "The database file \(databasePath) cannot be written; its folder must be there and belong to the user of the server."
            )
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Problem(
                .databaseBusy,
                "Another Slipway serves the database \(databasePath); stop it, or choose another folder by SLIPWAY_DATA_DIR."
            )
        }
    }

    deinit {
        close(lock)
    }

    /// The key that seals secrets: the one given, else the one that the folder keeps, else a new one.
    ///
    /// - Throws: ``Problem`` `configuration` where a key is not 32 bytes in base64.
    func masterKey(given: String?) throws -> SymmetricKey {
        if let given { return try Self.key(given, from: "SLIPWAY_MASTER_KEY") }
        let file = "\(path)/master.key"
        if let text = try? String(contentsOfFile: file, encoding: .utf8) {
            return try Self.key(text.trimmingCharacters(in: .whitespacesAndNewlines), from: file)
        }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Problem(
                .configuration,
                "The master key \(file) cannot be read; it must belong to the user of the server."
            )
        }
        guard !isUsed else {
            throw Problem(
                .configuration,
                "The master key \(file) is missing, and the database \(databasePath) holds secrets that were sealed with it; put it back, or give it as SLIPWAY_MASTER_KEY."
            )
        }
        let key = SymmetricKey(size: .bits256)
        let text = key.withUnsafeBytes { Data($0) }.base64EncodedString()
        try write(text, to: file)
        return key
    }

    /// Writes a secret file so that it is there whole or not at all, and that nobody else can read it.
    private func write(_ text: String, to file: String) throws {
        let temporary = "\(file).new"
        let descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        let bytes = Array("\(text)\n".utf8)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            close(descriptor) == 0, rename(temporary, file) == 0
        else {
            throw Problem(
                .storageFull,
                "The master key \(file) cannot be written; check the disk for space and rights."
            )
        }
    }

    private static func key(_ text: String, from place: String) throws -> SymmetricKey {
        guard let data = Data(base64Encoded: text), data.count == 32 else {
            throw Problem(.configuration, "\(place) must be 32 bytes in base64 (openssl rand -base64 32).")
        }
        return SymmetricKey(data: data)
    }
}
