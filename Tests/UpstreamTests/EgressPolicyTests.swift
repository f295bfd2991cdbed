import Testing
import Upstream

struct EgressPolicyTests {
    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "100.100.100.200", "192.88.99.1",
    ])
    func `IPv4 addresses that are not of the public internet are refused`(_ text: String) throws {
        try expectRefused(text)
        // The same address in the clothes of IPv6.
        try expectRefused("::ffff:\(text)")
        try expectRefused("::\(text)")
        try expectRefused("64:ff9b::\(text)")
        let bytes = text.split(separator: ".").compactMap { UInt16($0) }
        let (high, low) = (bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3])
        try expectRefused("2002:\(String(high, radix: 16)):\(String(low, radix: 16))::1")
        try expectRefused("2001:0:808:808:0:0:\(String(~high, radix: 16)):\(String(~low, radix: 16))")
        try expectRefused("2001:0:\(String(high, radix: 16)):\(String(low, radix: 16)):0:0:f7f7:f7f7")
    }

    @Test(arguments: [
        "::", "::1", "fc00::1", "fdff:ffff::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
        "2001:db8::1", "2001:2::1", "2001:10::1", "3fff::1", "100::1", "64:ff9b:1::1", "5f00::1", "4000::1", "1::1",
    ])
    func `IPv6 addresses that are not of the public internet are refused`(_ text: String) throws {
        try expectRefused(text)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "2002:808:808::1",
    ])
    func `public addresses are allowed`(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(EgressPolicy().refusal(of: address, host: "h", port: 443) == nil)
    }

    private func expectRefused(_ text: String) throws {
        let address = try #require(IPAddress(text), "\(text)")
        #expect(EgressPolicy().refusal(of: address, host: "h", port: 443) != nil, "\(text)")
    }
}

struct EgressRuleTests {
    @Test(arguments: [
        ("intranet.example", "10.0.0.1", "intranet.example", 80, true),
        ("Intranet.Example", "10.0.0.1", "intranet.example", 80, true),
        ("intranet.example", "10.0.0.1", "other.example", 80, false),
        ("intranet.example", "10.0.0.1", "x.intranet.example", 80, false),
        ("intranet.example:8080", "10.0.0.1", "intranet.example", 8080, true),
        ("intranet.example:8080", "10.0.0.1", "intranet.example", 80, false),
        ("localhost:8080", "::1", "localhost", 8080, true),
        (" 10.0.0.0/8\n", "10.200.0.1", "any.example", 80, true),
        ("10.0.0.0/8", "127.0.0.1", "any.example", 80, false),
        ("10.0.0.0/8", "192.168.0.1", "any.example", 80, false),
        ("10.0.0.0/8", "::ffff:10.0.0.1", "any.example", 80, true),
        ("10.0.0.5", "10.0.0.5", "any.example", 80, true),
        ("10.0.0.5", "10.0.0.6", "any.example", 80, false),
        ("10.0.0.5:81", "10.0.0.5", "any.example", 80, false),
        ("[::1]:8080", "::1", "localhost", 8080, true),
        ("[::1]:8080", "::1", "localhost", 8081, false),
        ("::1", "::1", "localhost", 1, true),
        ("fd00::/8", "fd12::1", "any.example", 443, true),
        ("0.0.0.0/0", "127.0.0.1", "any.example", 443, true),
        ("0.0.0.0/0", "::1", "any.example", 443, false),
    ])
    func `an entry allows what it names`(
        _ entry: String,
        _ address: String,
        _ host: String,
        _ port: Int,
        _ allowed: Bool
    ) throws {
        let policy = try EgressPolicy(entries: [entry])
        let refusal = policy.refusal(of: try #require(IPAddress(address)), host: host, port: port)
        #expect((refusal == nil) == allowed)
    }

    @Test(arguments: [
        "", " ", "http://intranet.example", "intranet.example/path", "10.0.0.0/33", "fd00::/129", "10.0.0.0/",
        "10.0.0.0/-1",
        "[::1", "[::1]:0", "host:0", "host:65536", "host:", ":80", "*.example", "a b", "127.1", "2130706433",
        "[10.0.0.1]:80",
        "[host]:80", "user@host", "a..b",
    ])
    func `a wrong entry is named`(_ entry: String) throws {
        let error = #expect(throws: EgressRule.Malformed.self) { try EgressPolicy(entries: ["localhost", entry]) }
        #expect(error?.message.hasPrefix("\"\(entry)\" is not a host to allow") == true)
    }

    @Test func `the server itself is allowed on its port`() throws {
        let policy = try EgressPolicy(entries: [], own: "127.0.0.1:8080")
        let loopback = try #require(IPAddress("127.0.0.1"))
        #expect(policy.refusal(of: loopback, host: "127.0.0.1", port: 8080) == nil)
        #expect(policy.refusal(of: loopback, host: "127.0.0.1", port: 8081) == .loopback)
    }

    @Test func `metadata addresses are told from other link-local ones`() throws {
        let metadata = try #require(IPAddress("169.254.169.254"))
        let other = try #require(IPAddress("169.254.1.1"))
        #expect(EgressPolicy().refusal(of: metadata, host: "h", port: 80) == .metadata)
        #expect(EgressPolicy().refusal(of: other, host: "h", port: 80) == .linkLocal)
    }

    @Test(
        arguments: [
            ("intranet.example", "intranet.example", true), ("intranet.example", "INTRANET.example:8080", true),
            ("intranet.example:8080", "intranet.example:8080", true),
            ("intranet.example:8080", "intranet.example:9090", false),
            ("intranet.example:8080", "intranet.example", false), ("10.0.0.0/8", "10.1.2.3:80", true),
            ("10.0.0.0/8", "11.1.2.3", false), ("::1", "[::1]:8080", true), ("[::1]:8080", "[::1]:8080", true),
            ("[::1]:8080", "[::1]", false), ("10.0.0.0/8", "intranet.example", false),
        ]
    )
    func `a place is allowed by its name`(entry: String, place: String, isAllowed: Bool) throws {
        #expect(try EgressPolicy(entries: [entry]).allows(place) == isAllowed)
    }
}
