import Accounts
import Projects
import Testing
import Vocabulary

/// Scopes, secrets and keys.
struct KeyTests {
    @Test func `each scope includes those before it`() {
        let order: [Scope] = [.consumer, .reader, .producer, .publisher, .admin]
        #expect(Scope.allCases.sorted() == order)
        for (position, scope) in order.enumerated() {
            let key = APIKey.example(scopes: [scope])
            for (other, wanted) in order.enumerated() {
                #expect(key.allows(wanted) == (other <= position), "\(scope) and \(wanted)")
            }
        }
    }

    @Test func `a key without scopes and a revoked key allow nothing`() {
        #expect(!APIKey.example(scopes: []).allows(.consumer))
        #expect(!APIKey.example(scopes: [.admin], isRevoked: true).allows(.consumer))
    }

    @Test func `a key has the widest of its scopes`() {
        #expect(APIKey.example(scopes: [.consumer, .publisher]).allows(.producer))
    }

    @Test func `a secret is slw_ and 43 characters, and never the same`() {
        let secrets = (0..<200).map { _ in KeySecret.make().text }
        #expect(Set(secrets).count == 200)
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for secret in secrets {
            #expect(secret.hasPrefix("slw_"))
            #expect(secret.count == 47)
            #expect(secret.allSatisfy(allowed.contains))
        }
    }

    @Test func `what is stored is the SHA-256 of the secret`() {
        #expect(
            KeySecret("abc").hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(KeySecret("abc").hash != KeySecret("abd").hash)
    }

    @Test func `a secret is never printed`() {
        let secret = KeySecret.make()
        let tail = String(secret.text.dropFirst(8))
        for printed in [
            "\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)",
            "\(["key": secret])", String(describing: (secret, 1)),
        ] {
            #expect(!printed.contains(tail))
            #expect(printed.contains(secret.prefix))
        }
    }

    @Test(
        arguments: [
            ("Bearer slw_abc", "slw_abc"), ("bearer slw_abc", "slw_abc"), ("BEARER   slw_abc", "slw_abc"),
            ("Basic slw_abc", nil), ("slw_abc", nil), ("Bearer", nil), ("Bearer ", nil), ("", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func `the secret stands behind Bearer in the header`(header: String?, secret: String?) {
        #expect(KeyRing.secret(inAuthorization: header)?.text == secret)
    }

    @Test func `a header of any length is refused before it is hashed`() {
        #expect(KeyRing.secret(inAuthorization: "Bearer " + String(repeating: "a", count: 10_000)) == nil)
    }
}

extension APIKey {
    static func example(_ name: String = "ci", scopes: [Scope] = [.reader], isRevoked: Bool = false) -> APIKey {
        APIKey(
            id: .make(),
            organizationID: .make(),
            projectID: nil,
            name: name,
            prefix: "slw_abcd",
            scopes: scopes,
            isAutomation: false,
            createdAt: Timestamp(milliseconds: 0),
            revokedAt: isRevoked ? Timestamp(milliseconds: 1) : nil
        )
    }
}
