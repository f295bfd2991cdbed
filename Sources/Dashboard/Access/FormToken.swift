import Accounts
import Crypto
import Foundation

/// What shows that a form was sent from one of our own pages: a value that only pages of the session hold.
///
/// It is made of the cookie's secret, so nothing is stored (OWASP, Cross-Site Request Forgery Prevention: HMAC-based
/// token pattern).
struct FormToken: Sendable, Hashable {
    let text: String

    init(of secret: KeySecret) {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("form".utf8),
            using: SymmetricKey(data: Data(secret.text.utf8))
        )
        text = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Compared in a time that tells nothing about where the difference is.
    func matches(_ other: String?) -> Bool {
        guard let other, other.utf8.count == text.utf8.count else { return false }
        return zip(text.utf8, other.utf8).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }
}
