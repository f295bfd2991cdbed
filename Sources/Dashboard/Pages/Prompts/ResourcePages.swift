import Accounts
import Foundation
import JSON
import ManagementAPI
import Vocabulary

/// Resources of a project: documents that toolsets serve.
struct ResourcePages: PageController {
    private static let path = "/projects/{project}/resources"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .get("\(Self.path)/~new", scope: .producer, new),
            .post("\(Self.path)/~new", scope: .producer, create), .get("\(Self.path)/{resource}", show),
            .get("\(Self.path)/{resource}/content", download),
            .post("\(Self.path)/{resource}", scope: .producer, update),
            .get("\(Self.path)/{resource}/delete", scope: .producer, confirmDeletion),
            .post("\(Self.path)/{resource}/delete", scope: .producer, delete),
        ]
    }

    static func list(in project: Slug?) -> String { Address.section(.resources, in: project) }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        let page = ResourceListPage(try await visit.call("resources.list", input).body, visit: visit)
        return .page("Resources", page, by: "resource/list", in: .resources)
    }

    private func new(_ visit: Visit) async throws -> PageAnswer {
        .page("New resource", ResourcePage(nil, visit: visit), by: "resource/show", in: .resources)
    }

    private func create(_ visit: Visit) async throws -> PageAnswer {
        do {
            let slug = try ShortName.text(of: visit.form, from: visit.form.text("title"))
            let fields = ResourceFields(visit)
            guard fields.hasContent else {
                throw ShortName.problem("text", "Write a text, or choose a file below.")
            }
            var input = fields.input
            input["slug"] = .string(slug)
            _ = try await visit.call("resources.create", input)
            let notice = Notice(text: "The resource \(slug) is there. Toolsets choose it in their tab Resources.")
            return .redirect(to: address(slug, visit), notice)
        } catch let problem as Problem where problem.isAboutInput {
            let page = ResourcePage(nil, visit: visit, problem: problem)
            return .page("New resource", page, by: "resource/show", in: .resources, status: problem.pageStatus)
        }
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        .page(
            visit["resource"],
            ResourcePage(try await current(visit), visit: visit),
            by: "resource/show",
            in: .resources
        )
    }

    private func download(_ visit: Visit) async throws -> PageAnswer {
        let resource = try await current(visit)
        let text = resource["text"]?.string.map { Array($0.utf8) }
        let bytes = text ?? resource["blob"]?.string.flatMap { Data(base64Encoded: $0) }.map(Array.init) ?? []
        // As what it is, a page could be made to run in ours.
        return .download(bytes, name: visit["resource"], type: "application/octet-stream")
    }

    private func update(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["resource"]
        do {
            var input = ResourceFields(visit).input
            input["slug"] = .string(slug)
            let answer = try await visit.call("resources.update", input, etag: visit.form.text("etag"))
            let version = answer.body["resource"]?["version"]?.integer ?? 1
            let text =
                String(version) == visit.form["version"]
                ? "Nothing differs, so it stays version \(version)."
                : "Version \(version) of \(slug) is written: live in toolsets in iteration mode, waiting in staging of the others."
            return .redirect(to: address(slug, visit), Notice(text: text))
        } catch let problem as Problem where problem.isAboutInput {
            let page = ResourcePage(try await current(visit), visit: visit, problem: problem)
            return .page(slug, page, by: "resource/show", in: .resources, status: problem.pageStatus)
        }
    }

    private func confirmDeletion(_ visit: Visit) async throws -> PageAnswer {
        .page("Delete resource", try await deletion(visit), by: "confirm", in: .resources)
    }

    private func delete(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["resource"]
        do {
            _ = try await visit.call("resources.delete", ["slug": .string(slug)], etag: visit.form.text("etag"))
            return .redirect(to: Self.list(in: visit.project), Notice(text: "The resource \(slug) is deleted."))
        } catch let problem as Problem where problem.isAboutInput {
            var page = try await deletion(visit)
            page.fault = problem.pageMessage
            return .page("Delete resource", page, by: "confirm", in: .resources, status: problem.pageStatus)
        }
    }

    private func deletion(_ visit: Visit) async throws -> ConfirmPage {
        let slug = visit["resource"]
        let resource = try await visit.call("resources.get", ["slug": .string(slug)])
        return ConfirmPage(
            title: "Delete the resource \(slug)",
            sentences: [
                "No toolset can choose it any more. Where a toolset or a release needs it, it cannot be deleted."
            ],
            button: "Delete resource \(slug)",
            action: "\(address(slug, visit))/delete",
            back: address(slug, visit),
            etag: resource.etag ?? ""
        )
    }

    private func current(_ visit: Visit) async throws -> JSONValue {
        let input: JSONObject = ["slug": .string(visit["resource"]), "content": true]
        return try await visit.call("resources.get", input).body["resource"] ?? .null
    }

    private func address(_ slug: String, _ visit: Visit) -> String {
        "\(Self.list(in: visit.project))/\(Address.encoded(slug))"
    }
}

/// What a form says of a resource.
struct ResourceFields: Sendable {
    let input: JSONObject
    let hasContent: Bool

    /// What somebody typed; else what the file is, which a type that only stood in the form does not hide.
    private static func type(_ form: FormFields, of file: FormFile?) -> String? {
        let typed = form.text("mime_type")
        let isTyped = typed != nil && typed != form.text("mime_type_was")
        guard !isTyped, let file else { return typed ?? form.text("mime_type_was") ?? standardType }
        guard ["", "application/octet-stream"].contains(file.contentType) else { return file.contentType }
        // Computers do not know every kind of text.
        return typed ?? (String(validating: file.content, as: UTF8.self) == nil ? file.contentType : "text/plain")
    }

    /// What a text is, where nobody says it.
    private static let standardType = "text/markdown"

    /// A file wins over the text; a field that is empty takes title and description away.
    init(_ visit: Visit) {
        var input = JSONObject()
        let form = visit.form
        input["title"] = JSONValue(form.text("title"))
        input["description"] = JSONValue(form.text("description"))
        let file = visit.files.first { !$0.content.isEmpty }
        if let type = Self.type(form, of: file) { input["mime_type"] = .string(type) }
        if let file {
            let text = String(validating: file.content, as: UTF8.self)
            if let text {
                input["text"] = .string(text)
            } else {
                input["blob"] = .string(Data(file.content).base64EncodedString())
            }
        } else if let text = form["text"] {
            input["text"] = .string(text)
        }
        self.input = input
        hasContent = file != nil || !(form["text"] ?? "").isEmpty
    }
}

/// The resources of a project.
struct ResourceListPage: Sendable {
    struct Item: Sendable {
        let slug: String
        let address: String
        let title: String
        let description: String
        let mimeType: String
        let size: String
        let version: Int
        let changed: Moment?
    }

    let resources: [Item]
    let isEmpty: Bool
    let mayEdit: Bool
    let newAddress: String
    let more: String

    init(_ answer: JSONObject, visit: Visit, now: Timestamp = .now()) {
        let list = ResourcePages.list(in: visit.project)
        resources = (answer["resources"]?.array ?? []).map { resource in
            let slug = resource["slug"]?.string ?? ""
            return Item(
                slug: slug,
                address: "\(list)/\(slug)",
                title: resource["title"]?.string ?? "",
                description: resource["description"]?.string ?? "",
                mimeType: resource["mime_type"]?.string ?? "",
                size: Size.text(resource["size"]?.integer ?? 0),
                version: resource["version"]?.integer ?? 1,
                changed: Moment(resource["created_at"]?.string, now: now)
            )
        }
        isEmpty = resources.isEmpty && visit.query.text("cursor") == nil
        mayEdit = visit.caller.allows(.producer)
        newAddress = "\(list)/~new"
        more = answer["next_cursor"]?.string.map { Address.query(list, ["cursor": $0]) } ?? ""
    }
}
