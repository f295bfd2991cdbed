import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// The first page: the toolsets of a project.
struct ToolsetListPages: PageController {
    var routes: [PageRoute] {
        [.get("/", home), .get("/projects/{project}", home), .get("/projects/{project}/toolsets", list)]
    }

    /// Straight to the toolsets of the project; of the first one where the address names none.
    private func home(_ visit: Visit) async throws -> PageAnswer {
        if let project = visit.project { return .redirect(to: Address.section(.toolsets, in: project), nil) }
        let projects = try await visit.call("projects.list", ["limit": 1]).body["projects"]?.array
        return .redirect(to: Address.section(.toolsets, in: projects?.first?["slug"]?.string.flatMap { Slug($0) }), nil)
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 60]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        let answer = try await visit.call("toolsets.list", input).body
        let isBegun = ToolsetListPage.hasOwn(answer) || visit.query.text("cursor") != nil
        let sources = isBegun ? [] : try await visit.call("sources.list").body["sources"]?.array ?? []
        let page = ToolsetListPage(answer, steps: isBegun ? nil : FirstSteps(sources, visit: visit), visit: visit)
        return .page("Toolsets", page, by: "toolset/list", in: .toolsets)
    }
}

/// The toolsets of a project, each with what is live and what waits.
struct ToolsetListPage: Sendable {
    struct Item: Sendable {
        let name: String
        let address: String
        let description: String
        let release: String
        let isStaged: Bool
        /// `3 changes`; empty where nobody counted.
        let changes: String
        let hold: Bool
        let isOff: Bool
        let isPublic: Bool
        let isBuiltIn: Bool
        let toolCount: String
        let url: String
    }

    /// What people made.
    let toolsets: [Item]
    /// What came with the server.
    let builtIn: [Item]
    let hasBuiltIn: Bool
    /// What to do first, where nobody has made a toolset yet.
    let steps: FirstSteps?
    let mayEdit: Bool
    let newAddress: String
    let more: String

    init(_ answer: JSONObject, steps: FirstSteps?, visit: Visit) {
        let address = Address.section(.toolsets, in: visit.project)
        let all = (answer["toolsets"]?.array ?? []).map { Item($0, project: visit.project) }
        toolsets = all.filter { !$0.isBuiltIn }
        builtIn = all.filter(\.isBuiltIn)
        hasBuiltIn = !builtIn.isEmpty
        self.steps = steps
        mayEdit = visit.caller.allows(.producer) && steps == nil
        newAddress = "\(address)/new"
        more = answer["next_cursor"]?.string.map { "\(address)?cursor=\($0)" } ?? ""
    }

    /// Whether somebody made a toolset, as far as this part of the list tells.
    static func hasOwn(_ answer: JSONObject) -> Bool {
        answer["next_cursor"]?.string != nil
            || answer["toolsets"]?.array?.contains { $0["built_in"]?.bool != true } == true
    }
}

extension ToolsetListPage.Item {
    init(_ toolset: JSONValue, project: Slug?) {
        let slug = toolset["slug"]?.string ?? ""
        name = toolset["name"]?.string ?? slug
        address = Address.toolset(slug, in: project)
        description = toolset["description"]?.string ?? ""
        release = toolset["current_release"]?["number"]?.integer.map(String.init) ?? ""
        isStaged = toolset["staging"]?.object != nil
        changes = toolset["staging"]?["changes"]?.integer.map(Count.changes) ?? ""
        hold = toolset["hold"]?.object != nil
        isOff = toolset["mcp_enabled"]?.bool == false
        isPublic = toolset["mcp_is_public"]?.bool == true
        isBuiltIn = toolset["built_in"]?.bool == true
        let live = toolset["current_release"]?["tool_count"]?.integer
        toolCount = Count.of(live ?? toolset["tool_urns"]?.array?.count ?? 0, "tool")
        url = toolset["mcp_url"]?.string ?? ""
    }
}

/// Numbers with their nouns.
enum Count {
    /// `1 tool`, `3 tools`
    static func of(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(number(count)) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// `1,000`: digits in groups of three.
    static func number(_ count: Int) -> String {
        var (digits, grouped) = (String(count.magnitude), "")
        while digits.utf8.count > 3 {
            grouped = ",\(digits.suffix(3))\(grouped)"
            digits.removeLast(3)
        }
        return (count < 0 ? "-" : "") + digits + grouped
    }

    /// `no changes`, `1 change`, `3 changes`
    static func changes(_ count: Int) -> String {
        count == 0 ? "no changes" : of(count, "change")
    }
}
