import NIOCore

/// An IPv4 or IPv6 address. An IPv4 address that is written as an IPv6 one (`::ffff:10.0.0.1`) is the IPv4 address.
package enum IPAddress: Sendable, Hashable {
    case v4(UInt32)
    case v6(UInt128)

    /// An address in its usual text, without brackets, port or zone; nothing where the text is none.
    package init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// The address of a socket; nothing for a path.
    init?(_ address: SocketAddress) {
        guard address.protocol != .unix else { return nil }
        self = address.withSockAddr { pointer, _ in
            IPAddress(socketAddress: UnsafeRawPointer(pointer), isV6: address.protocol == .inet6)
        }
    }

    /// The address in a `sockaddr_in` or a `sockaddr_in6`, which stands behind family, port and flow label and is in
    /// network order.
    init(socketAddress pointer: UnsafeRawPointer, isV6: Bool) {
        let bytes = UnsafeRawBufferPointer(start: pointer + (isV6 ? 8 : 4), count: isV6 ? 16 : 4)
        if isV6 {
            self.init(v6: bytes.reduce(0) { $0 << 8 | UInt128($1) })
        } else {
            self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
        }
    }

    /// An address of 128 bits, the first of the text being the highest.
    package init(v6 bits: UInt128) {
        self = bits >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: bits)) : .v6(bits)
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .v4(let bits):
            return [24, 16, 8, 0].map { String(bits >> UInt32($0) & 0xFF) }.joined(separator: ".")
        case .v6(let bits):
            let groups = stride(from: 112, through: 0, by: -16).map { String(bits >> UInt128($0) & 0xFFFF, radix: 16) }
            return groups.joined(separator: ":")
        }
    }
}

/// A range of addresses: `10.0.0.0/8`. An address alone is a range of one.
package struct IPNetwork: Sendable, Hashable {
    package let first: IPAddress
    /// How many leading bits are fixed: 0 to 32 or 128.
    package let prefix: Int

    /// A network from its text, or nothing where that is none. Bits behind the prefix are ignored.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = IPAddress(String(parts[0])) else { return nil }
        self.first = first
        let longest = if case .v4 = first { 32 } else { 128 }
        guard parts.count == 2 else {
            prefix = longest
            return
        }
        guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(parts[1]),
            number <= longest
        else { return nil }
        prefix = number
    }

    /// Whether an address lies in this network. None of the other family does.
    package func contains(_ address: IPAddress) -> Bool {
        switch (first, address) {
        case (.v4(let network), .v4(let bits)): prefix == 0 || (network ^ bits) >> UInt32(32 - prefix) == 0
        case (.v6(let network), .v6(let bits)): prefix == 0 || (network ^ bits) >> UInt128(128 - prefix) == 0
        default: false
        }
    }
}
