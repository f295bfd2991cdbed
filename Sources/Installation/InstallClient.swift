/// A program that speaks MCP, and how it is told of an address.
package struct InstallClient: Sendable {
    /// For the command line and in addresses: `claude-code`.
    package let id: String
    package let name: String
    /// Whether it can send a key in a header. One that cannot is for public toolsets alone.
    package let sendsKey: Bool
    /// Whether the calls come from its maker's servers, so that the address must be public and use `https`.
    package let isHosted: Bool
    let ways: @Sendable (InstallTarget) -> [InstallMethod]
    private let remark: String
    private let keyRemark: String

    /// `note` is told with every address, `keyNote` with one that needs a key.
    init(
        id: String,
        name: String,
        sendsKey: Bool,
        isHosted: Bool = false,
        note: String = "",
        keyNote: String = "",
        ways: @escaping @Sendable (InstallTarget) -> [InstallMethod]
    ) {
        self.id = id
        self.name = name
        self.sendsKey = sendsKey
        self.isHosted = isHosted
        remark = note
        keyRemark = keyNote
        self.ways = ways
    }

    /// What else a person must know; empty where nothing.
    package func note(for target: InstallTarget) -> String {
        target.needsKey && !keyRemark.isEmpty ? keyRemark : remark
    }

    /// How to tell the client of an address, the easiest way first; empty where it cannot use it.
    package func methods(for target: InstallTarget) -> [InstallMethod] {
        ways(target)
    }

    /// The obstacle in a few words, where there is one: what the address would have to be.
    package func obstacleName(to target: InstallTarget) -> String {
        guard obstacle(to: target) != nil else { return "" }
        return target.needsKey && !sendsKey ? "Public toolsets only" : "Needs https"
    }

    /// Why the client cannot use the address as it stands; none where it can.
    package func obstacle(to target: InstallTarget) -> String? {
        if target.needsKey, !sendsKey {
            return "\(name) can send no key, so it can use public toolsets only, and this address needs a key."
        }
        if isHosted, !target.url.hasPrefix("https://") {
            return
                "\(name) calls from the servers of its maker, so it needs an https address that the internet can reach."
        }
        return nil
    }
}

extension InstallClient {
    /// The client with that id; none where there is none.
    package static func named(_ id: String) -> InstallClient? { all.first { $0.id == id } }
}
