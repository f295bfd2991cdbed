import Foundation
import JSON
import ManagementAPI
import Vocabulary

/// One tool, prompt or resource of a release, as it was frozen.
struct ReleaseItemPages: PageController {
    var routes: [PageRoute] {
        [.get("/projects/{project}/toolsets/{toolset}/releases/{number}/items/{subject}", show)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let number = try visit.releaseNumber
        let answer = try await visit.call(
            "toolsets.compareItem",
            [
                "slug": .string(place.slug), "from": .string(String(number)), "to": .string(String(number)),
                "subject": .string(visit["subject"]),
            ]
        )
        let page = ReleaseItemPage(place, answer.body["item"] ?? .null, release: number)
        return .page(page.title, page, by: "releases/item", in: .toolsets)
    }
}

/// What callers of a release get of one item: its definition, and the call that it makes.
struct ReleaseItemPage: Sendable {
    let header: ToolsetHeader
    let title: String
    let name: String
    let subject: String
    let release: Int
    /// `about 120 tokens`; empty where it has none.
    let tokens: String
    /// As a model reads it; empty for what is no tool.
    let text: String
    let json: String
    let arguments: [SchemaRow]
    let hasArguments: Bool
    let call: UpstreamCallView?
    /// The playground with this tool of this release; empty for what cannot be called.
    let tryAddress: String

    init(_ place: ToolsetPlace, _ item: JSONValue, release: Int, now: Timestamp = .now()) {
        let content = item["after"]
        let definition = content?["definition"]
        name = content?["name"]?.string ?? ""
        subject = item["subject"]?.string ?? ""
        self.release = release
        title = "\(name) in release \(release)"
        header = ToolsetHeader(
            place,
            page: .releases,
            trail: [("Releases", "releases"), ("Release \(release)", "releases/\(release)"), (name, "")],
            now: now
        )
        tokens = content?["tokens"]?.integer.map { "about \(Count.of($0, "token"))" } ?? ""
        call = content?["call"].flatMap { $0.object == nil ? nil : UpstreamCallView($0) }
        text = call == nil ? "" : definition?.object.map { ToolText($0).text } ?? ""
        json = definition?.indentedText ?? ""
        arguments = call == nil ? [] : SchemaRow.rows(of: definition?["inputSchema"])
        hasArguments = !arguments.isEmpty
        tryAddress =
            call == nil
            ? ""
            : Address.query(
                Address.toolset(place.slug, "playground", in: place.project),
                ["view": "live", "release": String(release), "tool": name]
            )
    }

    /// The page of an item of a release.
    static func address(of subject: String, release: Int, _ place: ToolsetPlace) -> String {
        Address.toolset(place.slug, "releases/\(release)/items/\(Address.encoded(subject))", in: place.project)
    }
}
