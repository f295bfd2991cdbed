import JSON
import Testing

struct DigestTests {
    /// The example of FIPS 180-2, appendix B.1.
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `is the SHA-256 of the bytes`() {
        #expect(Digest(of: "abc".utf8).hex == abc)
    }

    @Test func `is read from its text`() {
        #expect(Digest(abc) == Digest(of: "abc".utf8))
        #expect(Digest(abc)?.description == abc)
        #expect(Digest(abc.uppercased()) == nil)
        #expect(Digest(String(abc.dropLast())) == nil)
        #expect(Digest(abc.dropLast() + "g") == nil)
    }
}
