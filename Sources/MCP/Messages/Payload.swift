import JSON

/// The members of a result, before the era decides what stands beside them.
struct Payload: Sendable {
    enum Member: Sendable {
        case value(JSONValue)
        /// JSON that was encoded before and is copied as it is.
        case encoded([UInt8])
    }

    private var members: [(name: String, member: Member)] = []
    /// How long, and by whom, a modern client may keep this; nothing where it may not be kept at all.
    var caching: Caching?
    var meta: JSONObject = [:]
    /// Names the encoded list, where this is one.
    var etag: String?

    mutating func add(_ name: String, _ value: JSONValue?) {
        if let value { members.append((name, .value(value))) }
    }

    mutating func add(_ name: String, encoded: [UInt8]) {
        members.append((name, .encoded(encoded)))
    }

    /// What every modern result has and no legacy result may have (2026-07-28, Schema: Result, CacheableResult).
    func modernized(by implementation: Implementation) -> Payload {
        var modern = Payload()
        modern.add("resultType", "complete")
        modern.members += members
        if let caching {
            modern.add("ttlMs", .number(JSONNumber(caching.milliseconds)))
            modern.add("cacheScope", .string(caching.scope.rawValue))
        }
        modern.meta = meta
        modern.meta[MetaKey.serverInfo] = .object(implementation.object(in: .july2026))
        return modern
    }

    func write(to writer: inout JSONWriter) {
        writer.write(raw: "{")
        var separator = ""
        for (name, member) in members {
            writer.write(raw: separator)
            writer.write(name)
            writer.write(raw: ":")
            switch member {
            case .value(let value): writer.write(value)
            case .encoded(let bytes): writer.write(raw: bytes)
            }
            separator = ","
        }
        if !meta.isEmpty {
            writer.write(raw: separator + "\"_meta\":")
            writer.write(.object(meta))
        }
        writer.write(raw: "}")
    }
}
