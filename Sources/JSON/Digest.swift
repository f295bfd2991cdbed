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

extension Sequence<UInt8> {
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
