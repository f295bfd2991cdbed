import Crypto

/// A SHA-256 of bytes, printed as 64 lower-case hexadecimal digits.
package struct Digest: Sendable, Hashable {
    package let hex: String

    /// The digest of these bytes.
    package init(of bytes: some Sequence<UInt8>) {
        hex = SHA256.hash(data: Array(bytes)).hexadecimal
    }

    /// A digest from its text, or nothing where that is not 64 lower-case hexadecimal digits.
    package init?(_ hex: String) {
        let isHexadecimal = hex.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard hex.utf8.count == 64, isHexadecimal else { return nil }
        self.hex = hex
    }
}

extension Digest: CustomStringConvertible {
    package var description: String { hex }
}

extension Digest: Comparable {
    package static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }
}

extension SHA256Digest {
    fileprivate var hexadecimal: String {
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { text in
            var end = 0
            for byte in self {
                text[end] = Self.digit(byte >> 4)
                text[end + 1] = Self.digit(byte & 15)
                end += 2
            }
            return end
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
