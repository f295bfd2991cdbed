package import Crypto
import FoundationEssentials

/// Seals values at rest with AES-256-GCM under a master key that is not in the database.
///
/// A sealed value is bound to its place (environment and variable), so that it cannot be moved to another one.
package struct Vault: Sendable {
    private let key: SymmetricKey

    /// The first byte of what ``seal(_:for:)`` makes, so that a later format can be told apart.
    private static let format: UInt8 = 1

    package init(masterKey: SymmetricKey) {
        key = masterKey
    }

    /// The value, encrypted and bound to its place.
    package func seal(_ value: String, for place: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(value.utf8), using: key, authenticating: Data(place.utf8))
        guard let combined = box.combined else { throw VaultError() }
        return [Self.format] + combined
    }

    /// - Throws: ``VaultError`` where the value was sealed under another key, for another place, or changed since.
    package func open(_ sealed: [UInt8], for place: String) throws -> String {
        guard sealed.first == Self.format,
            let box = try? AES.GCM.SealedBox(combined: Data(sealed.dropFirst())),
            let value = try? AES.GCM.open(box, using: key, authenticating: Data(place.utf8)),
            let text = String(validating: value, as: UTF8.self)
        else {
            // CryptoKit's errors say no more than that it failed.
            throw VaultError()
        }
        return text
    }
}

/// A value that cannot be opened: the master key is another one, or the value was changed.
package struct VaultError: Error {
    package init() {}
}
