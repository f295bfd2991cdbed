/// Where a host leads, told by its text alone: nothing is resolved.
///
/// A name of the public internet may lead to a private address all the same; the check at the moment of a call is the
/// one that protects. This one tells reviewers what a document says.
enum HostReach: Int, Comparable {
    case publicInternet
    /// Loopback, private networks, and names that only a local resolver knows.
    case privateNetwork
    /// Link-local addresses, and those at which clouds hand out credentials.
    case metadata

    static func < (left: HostReach, right: HostReach) -> Bool { left.rawValue < right.rawValue }

    /// The reach of a host as an address has it: a name, an IPv4 address in any of its notations, an IPv6 address in
    /// brackets.
    init(host: String) {
        var host = host.lowercased()
        while host.hasSuffix(".") { host.removeLast() }
        if host.hasPrefix("[") {
            let inner = host.dropFirst().prefix { $0 != "]" && $0 != "%" }
            self = IPv6Groups(String(inner)).map(Self.init(groups:)) ?? .privateNetwork
        } else if let address = Self.ipv4(host) {
            self = Self(ipv4: address)
        } else {
            self = Self(name: host)
        }
    }

    private init(name: String) {
        // Names with percent signs or without a dot mean something to a local resolver, if to anyone.
        let labels = name.split(separator: ".").map(String.init)
        let local: Set = [
            "localhost", "localdomain", "local", "internal", "intranet", "private", "lan", "home", "corp", "svc",
            "home.arpa", "nip.io", "sslip.io", "localtest.me", "lvh.me",
        ]
        if name == "metadata.google.internal" || name == "metadata.goog" || name == "instance-data" {
            self = .metadata
        } else if labels.count < 2 || name.contains("%") || labels.last.map(local.contains) ?? true
            || local.contains(labels.suffix(2).joined(separator: "."))
        {
            self = .privateNetwork
        } else {
            self = .publicInternet
        }
    }

    private init(ipv4 bits: UInt32) {
        let metadata: [UInt32] = [0x6464_64C8, 0xC000_00C0, 0xA83F_8110]
        let networks: [(UInt32, UInt32)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xAC10_0000, 12),
            (0xC000_0000, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xE000_0000, 3),
        ]
        if bits >> 16 == 0xA9FE || metadata.contains(bits) {
            self = .metadata
        } else {
            let isPrivate = networks.contains { (bits ^ $0.0) >> (32 - $0.1) == 0 }
            self = isPrivate ? .privateNetwork : .publicInternet
        }
    }

    private init(groups address: IPv6Groups) {
        let groups = address.groups
        let low = UInt32(groups[6]) << 16 | UInt32(groups[7])
        if groups[0] & 0xFFC0 == 0xFE80 || groups.starts(with: [0xFD00, 0xEC2]) || groups.starts(with: [0xFD20, 0xCE]) {
            self = .metadata
        } else if groups.prefix(5).allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF || groups[5] == 0, low > 1 {
            self = Self(ipv4: low)
        } else if groups[0] == 0x64, groups[1] == 0xFF9B {
            self = Self(ipv4: low)
        } else if groups[0] == 0x2002 {
            self = Self(ipv4: UInt32(groups[1]) << 16 | UInt32(groups[2]))
        } else {
            self = groups[0] >> 13 == 1 ? .publicInternet : .privateNetwork
        }
    }

    /// One to four numbers, decimal, octal or hexadecimal, as `inet_aton` reads them: `127.1`, `0x7f000001`.
    private static func ipv4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var numbers: [UInt32] = []
        for part in parts {
            let isHexadecimal = part.hasPrefix("0x")
            let isOctal = !isHexadecimal && part.hasPrefix("0") && part.count > 1
            let digits = isHexadecimal ? part.dropFirst(2) : part
            guard digits.allSatisfy(\.isASCII), digits.first?.isHexDigit ?? false,
                let number = UInt32(digits, radix: isHexadecimal ? 16 : isOctal ? 8 : 10)
            else { return nil }
            numbers.append(number)
        }
        let last = numbers.removeLast()
        guard numbers.allSatisfy({ $0 < 256 }) else { return nil }
        let high = numbers.enumerated().reduce(UInt32(0)) { $0 | $1.element << (24 - 8 * UInt32($1.offset)) }
        guard numbers.isEmpty || last < UInt32(1) << (32 - 8 * UInt32(numbers.count)) else { return nil }
        return high | last
    }
}

/// The eight groups of an IPv6 address.
private struct IPv6Groups {
    let groups: [UInt16]

    init?(_ text: String) {
        var text = text
        if text.contains("."), let colon = text.lastIndex(of: ":") {
            let parts = text[text.index(after: colon)...].split(separator: ".").compactMap { UInt16($0) }
            guard parts.count == 4, parts.allSatisfy({ $0 < 256 }) else { return nil }
            let groups = [parts[0] << 8 | parts[1], parts[2] << 8 | parts[3]]
            text = text[...colon] + groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let gap = text.firstRange(of: "::") else {
            guard let groups = Self.read(text[...]), groups.count == 8 else { return nil }
            self.groups = groups
            return
        }
        guard let head = Self.read(text[..<gap.lowerBound]), let tail = Self.read(text[gap.upperBound...]),
            head.count + tail.count < 8
        else { return nil }
        groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func read(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let groups = parts.compactMap { UInt16($0, radix: 16) }
        return groups.count == parts.count ? groups : nil
    }
}
