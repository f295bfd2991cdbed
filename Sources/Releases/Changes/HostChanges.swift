import JSON
import Tools

/// What changes in where a tool's calls go: `exec.host.*`.
struct HostChanges {
    private let old: CallRecipe
    private let new: CallRecipe
    private let allowsHost: (String) -> Bool
    private var differences = Differences()

    /// `allowsHost` says of private hosts whether the operator wants them called.
    static func differences(
        from old: CallRecipe,
        to new: CallRecipe,
        allowsHost: (String) -> Bool
    ) -> [RuledDifference] {
        withoutActuallyEscaping(allowsHost) { allowsHost in
            var changes = HostChanges(old: old, new: new, allowsHost: allowsHost)
            changes.compareServer()
            changes.compareTokens()
            changes.compareReach()
            return changes.differences.all
        }
    }

    private init(old: CallRecipe, new: CallRecipe, allowsHost: @escaping (String) -> Bool) {
        self.old = old
        self.new = new
        self.allowsHost = allowsHost
    }

    /// The worst that a call of this recipe reaches, and which host that is; hosts that are allowed do not count.
    static func reach(of call: CallRecipe, allowsHost: (String) -> Bool) -> (reach: HostReach, host: String?) {
        var worst = (reach: HostReach.publicInternet, host: String?.none)
        for address in call.reachableAddresses {
            let reach = HostReach(host: address.host)
            if reach > worst.reach, !allowsHost(address.host), !allowsHost(address.place) {
                worst = (reach, address.place)
            }
        }
        return worst
    }

    private mutating func compareServer() {
        let before = RecipeAddress(old.serverAddress())
        let after = RecipeAddress(new.serverAddress())
        switch (before, after) {
        case (let before?, let after?):
            tellDowngrade(before, after, at: "/call/server")
            if before.place != after.place {
                tellHost(before.origin, after.origin)
            } else if before.scheme == "http", after.scheme == "https" {
                tellVariable(
                    "/call/server",
                    .string(before.origin),
                    .string(after.origin),
                    "its scheme is https by now"
                )
            }
        case (nil, let after?): tellHost("what the environment says", after.origin)
        case (let before?, nil): tellHost(before.origin, "what the environment says")
        case (nil, nil): break
        }
        guard !differences.all.contains(where: { $0.rule == .execHostChanged }) else { return }
        compareVariables()
    }

    private mutating func compareVariables() {
        if old.serverVariable != new.serverVariable {
            tellVariable(
                "/call/serverVariable",
                .string(old.serverVariable),
                .string(new.serverVariable),
                "the variable that replaces it is \(new.serverVariable), and was \(old.serverVariable)"
            )
        }
        let before = Dictionary(old.serverVariables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.serverVariables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for name in Set(before.keys).union(after.keys).sorted() where before[name]?.json != after[name]?.json {
            let pointer = JSONPointer(["call", "serverVariables", name]).description
            let how = before[name] == nil ? "is new" : after[name] == nil ? "is gone" : "says something else"
            tellVariable(pointer, before[name]?.json, after[name]?.json, "{\(name)} in it \(how)")
        }
    }

    private mutating func compareTokens() {
        let before = old.security.joined().compactMap { $0.tokenAddress.flatMap { RecipeAddress($0) } }
        let after = new.security.joined().compactMap { $0.tokenAddress.flatMap { RecipeAddress($0) } }
        guard let first = before.first, before.allSatisfy({ $0.scheme == "https" }),
            let lower = after.first(where: { $0.scheme == "http" })
        else { return }
        tellDowngrade(first, lower, at: "/call/security")
    }

    private mutating func compareReach() {
        let before = Self.reach(of: old, allowsHost: allowsHost)
        let after = Self.reach(of: new, allowsHost: allowsHost)
        guard after.reach > before.reach, let host = after.host else { return }
        differences.tell(
            .execHostPrivateReached,
            at: "/call/server",
            before.host.map(JSONValue.string),
            .string(host),
            "The call reaches \(host), which is not of the public internet."
        )
    }

    private mutating func tellDowngrade(_ before: RecipeAddress, _ after: RecipeAddress, at pointer: String) {
        guard before.scheme == "https", after.scheme == "http" else { return }
        let message = "Calls and their credentials go to \(after.place) without TLS."
        differences.tell(
            .execHostSchemeDowngraded,
            at: pointer,
            .string(before.origin),
            .string(after.origin),
            message
        )
    }

    private mutating func tellHost(_ before: String, _ after: String) {
        let message = "Calls and their credentials go to \(after) in place of \(before)."
        differences.tell(.execHostChanged, at: "/call/server", .string(before), .string(after), message)
    }

    private mutating func tellVariable(_ pointer: String, _ before: JSONValue?, _ after: JSONValue?, _ what: String) {
        let message = "The server's address changed: \(what)."
        differences.tell(.execHostVariableChanged, at: pointer, before, after, message)
    }
}

extension CallRecipe.ServerVariable {
    /// The variable with its values in an order that says nothing.
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "variable": .string(variable), "default": .string(defaultValue),
            "enum": JSONValue(values.sorted()),
        ]
    }
}
