import Installation
import JSON
import Vocabulary

/// How each client is told of a toolset, and what the toolset offers.
struct InstallPage: Sendable {
    struct Method: Sendable {
        let title: String
        let text: String
        let path: String
        let link: String
        let steps: [String]
        let isSnippet: Bool
    }

    struct Client: Sendable {
        let id: String
        let name: String
        let note: String
        let obstacle: String
        let obstacleName: String
        let methods: [Method]
        let isOpen: Bool
    }

    struct Tool: Sendable {
        let name: String
        let title: String
        let description: String
        /// What a call does, in the words of all pages.
        let hints: [ToolRow.Badge]
    }

    let name: String
    let initial: String
    let description: String
    let documentationURL: String
    let logo: String
    let url: String
    let isStaging: Bool
    let isPrivate: Bool
    let scope: String
    let variable: String
    let release: String
    let mayLook: Bool
    let hasSides: Bool
    /// The toolset's own page, for members; empty for others.
    let toolsetAddress: String
    let liveAddress: String
    let stagingAddress: String
    let clients: [Client]
    let tools: [Tool]
    let toolCount: String
    let hasSearch: Bool
    let search: String
    let address: String
    let noneFound: Bool
    let more: String
    let prompts: [String]

    /// How many tools one page shows.
    private static let shownTools = 50

    init(_ found: ServedInstallation, mayLook: Bool, isMember: Bool, isStaging: Bool, query: FormFields) {
        let target = InstallTarget(
            slug: found.mcpSlug.text,
            url: found.url,
            isPublic: found.isPublic,
            isStaging: isStaging
        )
        liveAddress = "/install/\(found.mcpSlug)"
        stagingAddress = "/install/\(found.mcpSlug)/staging"
        address = isStaging ? stagingAddress : liveAddress
        name = found.name
        initial = String(found.name.prefix(1)).uppercased()
        description = mayLook ? found.description : ""
        documentationURL = mayLook ? found.documentationURL : ""
        logo = mayLook ? found.logo : ""
        url = found.url
        self.isStaging = isStaging
        self.mayLook = mayLook
        isPrivate = target.needsKey
        scope = isStaging ? "reader" : "consumer"
        variable = target.variable
        release = mayLook ? found.release.map(String.init) ?? "" : ""
        hasSides = isMember && found.hasStaging
        toolsetAddress =
            isMember
            ? Address.toolset(found.toolset.text, "", view: isStaging ? "staging" : nil, in: found.project) : ""
        let asked = query["client"].flatMap { InstallClient.named($0)?.id }
        let chosen = asked ?? InstallClient.all.first { $0.obstacle(to: target) == nil }?.id
        clients = InstallClient.all.map { Client($0, for: target, isOpen: $0.id == chosen) }
        search = query.text("q") ?? ""
        let all = mayLook ? found.tools : []
        let matching = all.filter { $0.matches(query.text("q")) }
        let start = query.position("from") ?? 0
        tools = matching.dropFirst(start).prefix(Self.shownTools).map(Tool.init)
        toolCount = Count.of(all.count, "tool")
        hasSearch = all.count > 10
        noneFound = !all.isEmpty && matching.isEmpty
        let next = start + Self.shownTools
        let term = query.text("q").map { "&q=\(Address.encoded($0))" } ?? ""
        more = matching.count > next ? "\(address)?from=\(next)\(term)#tools" : ""
        prompts = mayLook ? found.promptNames : []
    }
}

extension InstallPage.Client {
    fileprivate init(_ client: InstallClient, for target: InstallTarget, isOpen: Bool) {
        id = client.id
        name = client.name
        note = client.note(for: target)
        obstacle = client.obstacle(to: target) ?? ""
        obstacleName = client.obstacleName(to: target)
        methods = client.methods(for: target).map(InstallPage.Method.init)
        self.isOpen = isOpen
    }
}

extension InstallPage.Method {
    fileprivate init(_ method: InstallMethod) {
        title = method.title
        text = method.text
        switch method.kind {
        case .link:
            (link, path, steps, isSnippet) = (method.text, "", [], false)
        case .command:
            (link, path, steps, isSnippet) = ("", "", [], true)
        case .file(let file):
            (link, path, steps, isSnippet) = ("", file, [], true)
        case .steps:
            (link, path, isSnippet) = ("", "", false)
            steps = method.text.split(separator: "\n").map(String.init)
        }
    }
}

extension InstallPage.Tool {
    fileprivate init(_ tool: ServedInstallation.Tool) {
        name = tool.name
        title = tool.title
        description = tool.description
        hints = ToolRow.hints(["annotations": tool.annotations])
    }
}

extension ServedInstallation.Tool {
    fileprivate func matches(_ query: String?) -> Bool {
        guard let query = query?.lowercased() else { return true }
        return name.lowercased().contains(query) || title.lowercased().contains(query)
            || description.lowercased().contains(query)
    }
}
