/// Which addresses a call may go to.
///
/// Addresses that are not of the public internet are refused, unless the configuration allows the host or the address.
/// The address that is checked must be the one that is dialled.
package struct EgressPolicy: Sendable, Hashable {
    /// What is allowed in spite of where it leads.
    package let allowed: [EgressRule]

    package init(allowed: [EgressRule] = []) {
        self.allowed = allowed
    }

    /// A policy from the configuration's entries, and the server's own `host:port`, which is allowed as it is written.
    package init(entries: [String], own: String? = nil) throws(EgressRule.Malformed) {
        var rules: [EgressRule] = []
        for entry in entries { rules.append(try EgressRule(entry)) }
        if let own { rules.append(try EgressRule(own)) }
        allowed = rules
    }

    /// Why a call to that address is refused; nothing where it is allowed. `host` is what the URL says, and may be the
    /// address itself.
    package func refusal(of address: IPAddress, host: String, port: Int) -> EgressRefusal? {
        guard let reason = AddressScope(address).refusal else { return nil }
        return allowed.contains { $0.matches(address, host: host, port: port) } ? nil : reason
    }

    /// Whether the configuration allows a place by its name, `host` or `host:port`, wherever it leads.
    package func allows(_ place: String) -> Bool {
        allowed.contains { $0.allows(place) }
    }
}

/// Why an address is refused.
package enum EgressRefusal: String, Sendable, Hashable {
    case loopback = "a loopback address"
    case privateNetwork = "an address of a private network"
    case linkLocal = "a link-local address"
    case metadata = "an address where cloud providers serve credentials"
    case multicast = "a multicast or broadcast address"
    case reserved = "a reserved address"
}

/// One entry of the list of what is allowed: a host, a host with a port, an address, a network.
package struct EgressRule: Sendable, Hashable {
    private enum Target: Sendable, Hashable {
        case host(String)
        case network(IPNetwork)
    }

    private let target: Target
    private let port: Int?

    /// A rule from `intranet.example`, `intranet.example:8080`, `10.0.0.5`, `10.0.0.5:8080`, `10.0.0.0/8`, `::1`,
    /// `[::1]:8080` or `fd00::/8`. Space around it is ignored.
    package init(_ entry: String) throws(Malformed) {
        let text = entry.trimmed
        if let network = IPNetwork(text) {
            target = .network(network)
            port = nil
            return
        }
        var (name, digits): (Substring, Substring?) = (text[...], nil)
        if let colon = text.lastIndex(of: ":"), text.last != "]" {
            (name, digits) = (text[..<colon], text[text.index(after: colon)...])
        }
        port = digits.flatMap { Int(port: $0) }
        guard digits == nil || port != nil else { throw Malformed(entry: entry) }
        let bracketed = name.hasPrefix("[") && name.hasSuffix("]")
        let inner = String(bracketed ? name.dropFirst().dropLast() : name)
        if let address = IPNetwork(inner), !inner.contains("/"), bracketed == inner.contains(":") {
            target = .network(address)
        } else {
            guard !bracketed, EgressRule.isHostName(inner) else { throw Malformed(entry: entry) }
            target = .host(inner.lowercased())
        }
    }

    /// An entry is none of what may be allowed.
    package struct Malformed: Error, Hashable {
        /// The entry as it was written.
        package let entry: String

        /// One sentence that names the entry and shows what would do.
        package var message: String {
            """
            "\(entry)" is not a host to allow: write a host name, host:port, an address, [IPv6 address]:port or a \
            network such as 10.0.0.0/8, without a scheme or a path.
            """
        }
    }

    /// Whether this is the rule that allows `host` or `host:port`. What a name leads to is not asked.
    fileprivate func allows(_ place: String) -> Bool {
        var (host, asked): (Substring, Int?) = (place[...], nil)
        if let colon = place.lastIndex(of: ":"), place.last != "]", IPAddress(place) == nil {
            (host, asked) = (place[..<colon], Int(place[place.index(after: colon)...]))
        }
        if let port, port != asked { return false }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        switch target {
        case .host(let name): return name == host.lowercased()
        case .network(let network): return IPAddress(String(host)).map(network.contains) ?? false
        }
    }

    func matches(_ address: IPAddress, host: String, port: Int) -> Bool {
        if let only = self.port, only != port { return false }
        switch target {
        case .host(let name): return name == host.lowercased()
        case .network(let network): return network.contains(address)
        }
    }

    /// Names that could be read as addresses (`127.1`, `2130706433`) are none: the last label has a letter.
    private static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy { PercentEncoding.isUnreserved($0) && $0 != 0x7E }
            } && labels.last?.utf8.contains { !(0x30...0x39).contains($0) } == true
    }
}
