/// What an address is for, by the registries of special-purpose addresses (RFC 6890 and its updates).
struct AddressScope {
    /// Why a call there is refused; nothing for addresses of the public internet.
    let refusal: EgressRefusal?

    init(_ address: IPAddress) {
        switch address {
        case .v4: refusal = Self.find(address, in: Self.special4)
        case .v6(let bits): refusal = Self.refusal(v6: bits)
        }
    }

    private static func refusal(v6 bits: UInt128) -> EgressRefusal? {
        if let reason = find(.v6(bits), in: special6) { return reason }
        for embedded in embeddedAddresses(bits) {
            if let reason = AddressScope(.v4(embedded)).refusal { return reason }
        }
        // Only 2000::/3 is given out; a translator's prefix leads to the IPv4 address that was checked above.
        let isGlobal = bits >> 125 == 1 || translated.contains(.v6(bits))
        return isGlobal ? nil : .reserved
    }

    /// The IPv4 addresses to which an IPv6 address leads by translation or through a tunnel.
    private static func embeddedAddresses(_ bits: UInt128) -> [UInt32] {
        let low = UInt32(truncatingIfNeeded: bits)
        if bits >> 32 == 0 || translated.contains(.v6(bits)) { return [low] }
        if bits >> 112 == 0x2002 { return [UInt32(truncatingIfNeeded: bits >> 80)] }
        // Teredo (RFC 4380, section 4): the server's address, and the client's with its bits turned.
        if bits >> 96 == 0x2001_0000 { return [UInt32(truncatingIfNeeded: bits >> 64), ~low] }
        return []
    }

    private static func find(_ address: IPAddress, in table: [(IPNetwork, EgressRefusal)]) -> EgressRefusal? {
        table.first { $0.0.contains(address) }?.1
    }

    private static let translated = IPNetwork(v6: 0x0064_FF9B << 96, prefix: 96)

    private static let special4: [(IPNetwork, EgressRefusal)] = table([
        ("169.254.169.254", .metadata), ("100.100.100.200", .metadata), ("192.0.0.192", .metadata),
        ("168.63.129.16", .metadata),
        ("0.0.0.0/8", .reserved), ("10.0.0.0/8", .privateNetwork), ("100.64.0.0/10", .privateNetwork),
        ("127.0.0.0/8", .loopback), ("169.254.0.0/16", .linkLocal), ("172.16.0.0/12", .privateNetwork),
        ("192.0.0.0/24", .reserved), ("192.0.2.0/24", .reserved), ("192.88.99.0/24", .reserved),
        ("192.168.0.0/16", .privateNetwork), ("198.18.0.0/15", .reserved), ("198.51.100.0/24", .reserved),
        ("203.0.113.0/24", .reserved), ("224.0.0.0/4", .multicast), ("255.255.255.255", .multicast),
        ("240.0.0.0/4", .reserved),
    ])

    private static let special6: [(IPNetwork, EgressRefusal)] = table([
        ("fd00:ec2::254", .metadata), ("fd20:ce::254", .metadata),
        ("::", .reserved), ("::1", .loopback), ("64:ff9b:1::/48", .privateNetwork), ("100::/64", .reserved),
        ("2001:2::/48", .reserved), ("2001:10::/28", .reserved), ("2001:db8::/32", .reserved), ("3fff::/20", .reserved),
        ("fc00::/7", .privateNetwork), ("fe80::/10", .linkLocal), ("fec0::/10", .privateNetwork),
        ("ff00::/8", .multicast),
    ])

    private static func table(_ rows: [(String, EgressRefusal)]) -> [(IPNetwork, EgressRefusal)] {
        rows.map { text, reason in
            guard let network = IPNetwork(text) else { preconditionFailure("\(text) is no network") }
            return (network, reason)
        }
    }
}

extension IPNetwork {
    fileprivate init(v6 bits: UInt128, prefix: Int) {
        first = .v6(bits)
        self.prefix = prefix
    }
}
