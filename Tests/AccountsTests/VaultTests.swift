import Accounts
import Crypto
import Testing

/// Values sealed at rest.
struct VaultTests {
    private let vault = Vault(masterKey: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))

    @Test(arguments: ["", "secret", "Ünïcødé 🐕", String(repeating: "long ", count: 10_000)])
    func `what was sealed opens in its place`(value: String) throws {
        let sealed = try vault.seal(value, for: "environment/1/TOKEN")
        #expect(try vault.open(sealed, for: "environment/1/TOKEN") == value)
    }

    @Test func `a sealed value says nothing, and never the same`() throws {
        let first = try vault.seal("secret", for: "place")
        let second = try vault.seal("secret", for: "place")
        #expect(first != second)
        #expect(!first.contains(Array("secret".utf8)))
    }

    @Test func `another place is refused`() throws {
        let sealed = try vault.seal("secret", for: "environment/1/TOKEN")
        #expect(throws: VaultError.self) { try vault.open(sealed, for: "environment/2/TOKEN") }
        #expect(throws: VaultError.self) { try vault.open(sealed, for: "") }
    }

    @Test func `another master key is refused`() throws {
        let sealed = try vault.seal("secret", for: "place")
        let other = Vault(masterKey: SymmetricKey(data: [UInt8](repeating: 8, count: 32)))
        #expect(throws: VaultError.self) { try other.open(sealed, for: "place") }
    }

    @Test func `a flipped bit anywhere is refused`() throws {
        let sealed = try vault.seal("secret", for: "place")
        for position in sealed.indices {
            var broken = sealed
            broken[position] ^= 1
            #expect(throws: VaultError.self) { try vault.open(broken, for: "place") }
        }
    }

    @Test func `a value that is cut off is refused`() throws {
        let sealed = try vault.seal("secret", for: "place")
        for length in 0..<sealed.count {
            #expect(throws: VaultError.self) { try vault.open(Array(sealed.prefix(length)), for: "place") }
        }
    }
}
