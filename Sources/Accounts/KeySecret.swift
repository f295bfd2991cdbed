import Crypto
import JSON

/// The secret of a key: `slw_` and 43 characters of 256 random bits, where this program made it.
///
/// A secret of that size cannot be guessed, so one round of SHA-256 is enough to keep it (NIST SP 800-63B, 5.1.1.2 asks
/// for slow hashes only where people choose the secret). An admin key that somebody gives must be random as well; the
/// configuration asks for a length, and the reference of the setting for `openssl rand`.
package struct KeySecret: Sendable, Hashable {
    package let text: String

    /// A secret that somebody gives; it is looked up by its ``hash``, so any text will do.
    package init(_ text: String) {
        self.text = text
    }

    /// A new secret; the prefix tells people what it is for: `slw_` a key, `sli_` a sign-in address, `sls_` a session.
    package static func make(prefix: String = "slw_") -> KeySecret {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return KeySecret(prefix + base64URL(bytes))
    }

    /// What is stored.
    package var hash: String { Digest(of: text.utf8).hex }

    /// What is shown beside a key's name: the first characters of a secret that this program made, and nothing of one
    /// that somebody chose.
    package var prefix: String { text.utf8.count == 47 && text.hasPrefix("slw_") ? String(text.prefix(8)) : "(given)" }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

extension KeySecret: CustomStringConvertible {
    /// Never the secret: it must not reach a log.
    package var description: String { prefix }
}
