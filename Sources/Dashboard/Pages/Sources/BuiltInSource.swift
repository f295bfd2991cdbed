import JSON
import ManagementAPI

/// The source that came with the server. Pages tell it apart from what people uploaded, and do not count it with that.
struct BuiltInSource: Sendable {
    let slug: String
    private let assetID: String
    private let toolCount: Int

    /// None where the project has none, or somebody has put a document of their own in its place.
    init?(in sources: [JSONValue]) {
        guard let source = sources.first(where: Self.isBuiltIn) else { return nil }
        slug = source["slug"]?.string ?? ""
        assetID = source["asset"]?["id"]?.string ?? ""
        toolCount = source["tool_count"]?.integer ?? 0
    }

    static func isBuiltIn(_ source: JSONValue) -> Bool { source["built_in"]?.bool == true }

    /// A deployment with what people uploaded alone; where it has nothing else, as it is and with the mark `built_in`.
    func leftOut(of deployment: JSONValue) -> JSONValue {
        let all = deployment["sources"]?.array ?? []
        let own = all.filter { $0["slug"]?.string != slug || $0["asset_id"]?.string != assetID }
        guard own.count < all.count, var json = deployment.object else { return deployment }
        guard !own.isEmpty else {
            json["built_in"] = true
            return .object(json)
        }
        json["sources"] = .array(own)
        json["tool_count"] = deployment["tool_count"]?.integer.map { JSONValue(max(0, $0 - toolCount)) } ?? .null
        return .object(json)
    }

    /// What pages call it.
    static func label(_ slug: String) -> String { "\(slug) (built in)" }
}

extension Visit {
    /// The source that came with the server, where the project has it.
    func builtInSource() async throws -> BuiltInSource? {
        BuiltInSource(in: try await call("sources.list").body["sources"]?.array ?? [])
    }
}

extension BuiltInSource? {
    /// As it does where the project has one; else the deployment as it is.
    func leftOut(of deployment: JSONValue) -> JSONValue { self?.leftOut(of: deployment) ?? deployment }
}
