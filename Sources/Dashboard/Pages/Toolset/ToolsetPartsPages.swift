import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The tabs Prompts and Resources of a toolset: which of the project's are in, and in which order.
struct ToolsetPartsPages: PageController {
    let kind: ToolsetPart

    static let all: [any PageController] = [ToolsetPartsPages(kind: .prompts), ToolsetPartsPages(kind: .resources)]

    private var path: String { "/projects/{project}/toolsets/{toolset}/\(kind.rawValue)" }

    var routes: [PageRoute] {
        [.get(path, show), .post(path, scope: .producer, change)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit)
    }

    /// Adds what was ticked, takes one out, or moves one.
    private func change(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var names = kind.names(in: place)
        let what: String
        if let name = visit.form.text("remove") {
            names.removeAll { $0 == name }
            what = "\(kind.label(name)) is removed."
        } else if let name = visit.form.text("up") ?? visit.form.text("down") {
            move(name, in: &names, by: visit.form.has("up") ? -1 : 1)
            what = "\(kind.label(name)) is moved."
        } else {
            let added = visit.form.all("add").filter { !names.contains($0) }
            guard !added.isEmpty else {
                let problem = Problem(.invalid, "Tick the \(kind.rawValue) that you want to add.")
                return try await page(visit, problem: problem)
            }
            names += added
            what = "\(Count.of(added.count, kind.noun)) added."
        }
        do {
            _ = try await visit.call(
                "toolsets.update",
                ["slug": .string(place.slug), kind.field: JSONValue(names)],
                etag: visit.form.text("etag")
            )
        } catch let problem as Problem {
            return try await page(visit, problem: problem)
        }
        return .redirect(to: place.address(kind.rawValue), place.edited(what))
    }

    private func move(_ name: String, in names: inout [String], by step: Int) {
        guard let position = names.firstIndex(of: name), names.indices.contains(position + step) else { return }
        names.swapAt(position, position + step)
    }

    private func page(_ visit: Visit, problem: Problem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let items = try await visit.all(kind.list, kind == .prompts ? "templates" : "resources")
        let page = ToolsetPartsPage(items, kind: kind, place: place, fault: problem?.pageMessage ?? "")
        return .page(
            "\(page.title) · \(place.name)",
            page,
            by: "toolset/parts",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

/// What a toolset holds besides tools.
enum ToolsetPart: String, Sendable {
    case prompts, resources

    /// The field of `toolsets.update`.
    var field: String { self == .prompts ? "prompt_names" : "resource_urns" }
    var list: String { self == .prompts ? "templates.list" : "resources.list" }
    var noun: String { self == .prompts ? "prompt" : "resource" }

    func names(in place: ToolsetPlace) -> [String] {
        (place.toolset[field]?.array ?? []).compactMap(\.string)
    }

    /// A name for people: the slug of a resource's URN.
    func label(_ name: String) -> String {
        self == .prompts ? name : name.split(separator: ":").last.map(String.init) ?? name
    }
}

/// The prompts, or the resources, of a side of a toolset.
struct ToolsetPartsPage: Sendable {
    struct Item: Sendable {
        /// What `toolsets.update` calls it.
        let key: String
        let name: String
        let detail: String
        let description: String
        let address: String
        let isFirst: Bool
        let isLast: Bool
    }

    let header: ToolsetHeader
    let title: String
    let lead: String
    let noun: String
    let fault: String
    let isEditable: Bool
    let address: String
    let etag: String
    let items: [Item]
    let hasItems: Bool
    let others: [Item]
    let hasOthers: Bool
    let isProjectEmpty: Bool
    let makeAddress: String
    let makeLabel: String

    init(_ all: [JSONValue], kind: ToolsetPart, place: ToolsetPlace, fault: String = "") {
        header = ToolsetHeader(place, page: kind == .prompts ? .prompts : .resources)
        self.fault = fault
        noun = kind.noun
        title = kind == .prompts ? "Prompts" : "Resources"
        lead =
            kind == .prompts
            ? "Prompts are texts with blanks that a person picks in a client. They belong to the project; here you choose which of them this server offers, and in which order."
            : "Resources are documents that a client can read. They belong to the project; here you choose which of them this server offers, and in which order."
        isEditable = place.isEditable
        address = Address.toolset(place.slug, kind.rawValue, in: place.project)
        etag = place.etag
        let section = "\(Address.project(place.project))/\(kind.rawValue)"
        makeAddress = section
        makeLabel = kind == .prompts ? "Write a prompt" : "See the resources of the project"
        let key = kind == .prompts ? "name" : "urn"
        let known = Dictionary(all.map { ($0[key]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        let names = kind.names(in: place)
        items = names.enumerated().map { position, name in
            Item(
                known[name] ?? .null,
                key: name,
                kind: kind,
                section: section,
                isFirst: position == 0,
                isLast: position == names.count - 1
            )
        }
        hasItems = !items.isEmpty
        let taken = Set(names)
        others = all.filter { !taken.contains($0[key]?.string ?? "") }.map {
            Item($0, key: $0[key]?.string ?? "", kind: kind, section: section, isFirst: true, isLast: true)
        }
        hasOthers = !others.isEmpty
        isProjectEmpty = all.isEmpty
    }
}

extension ToolsetPartsPage.Item {
    fileprivate init(
        _ item: JSONValue,
        key: String,
        kind: ToolsetPart,
        section: String,
        isFirst: Bool,
        isLast: Bool
    ) {
        self.key = key
        self.isFirst = isFirst
        self.isLast = isLast
        description = ToolRow.shortened(item["description"]?.string ?? "")
        switch kind {
        case .prompts:
            name = key
            let arguments = item["arguments"]?.array?.compactMap { $0["name"]?.string } ?? []
            detail = arguments.isEmpty ? "no arguments" : arguments.joined(separator: ", ")
            address = "\(section)/\(key)"
        case .resources:
            name = item["title"]?.string ?? item["name"]?.string ?? kind.label(key)
            detail = [item["mime_type"]?.string, item["uri"]?.string].compactMap(\.self).joined(separator: " · ")
            // Resources have no page of their own yet.
            address = ""
        }
    }
}
