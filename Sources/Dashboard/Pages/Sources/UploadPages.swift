import Accounts
import Foundation
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// How a document comes in: by file, by address, or by the command line; and which source it becomes.
struct UploadPages: PageController {
    private static let path = SourcePages.path

    var routes: [PageRoute] {
        [
            .get("\(Self.path)/~new", scope: .producer, choose),
            .post("\(Self.path)/~upload", scope: .producer, upload),
            .post("\(Self.path)/~fetch", scope: .producer, fetch),
            .get("\(Self.path)/documents/{asset}", scope: .producer, inspect),
            .post("\(Self.path)/documents/{asset}", scope: .producer, deploy),
        ]
    }

    private func choose(_ visit: Visit) async throws -> PageAnswer {
        .page("Upload a document", UploadPage(visit), by: "source/upload", in: .sources)
    }

    /// Takes a file of a form, or from a script the document itself, with its name in the query.
    private func upload(_ visit: Visit) async throws -> PageAnswer {
        do {
            let isScript = visit.isFromScript
            let file = isScript ? nil : visit.files.first { !$0.content.isEmpty }
            guard isScript ? !visit.document.isEmpty : file != nil else {
                throw visit.files.contains { !$0.name.isEmpty } ? UploadPage.emptyFile : UploadPage.nothingChosen
            }
            let asset = try await visit.send(
                file?.content ?? visit.document,
                of: "application/octet-stream",
                to: "assets.uploadOpenAPI",
                ["name": .string(Self.name(file?.name ?? visit.query.text("name")))]
            )
            let address = documentAddress(asset.body["asset"], visit)
            return isScript ? .json(["address": .string(address)], status: 201) : .redirect(to: address, nil)
        } catch let problem as Problem where !visit.isFromScript {
            return again(visit, problem)
        } catch let problem as Problem {
            return .json(["message": .string(problem.pageMessage)], status: problem.code.httpStatus)
        }
    }

    private func fetch(_ visit: Visit) async throws -> PageAnswer {
        do {
            let url = visit.form.text("url") ?? ""
            guard ["http://", "https://"].contains(where: url.lowercased().hasPrefix), url.utf8.count > 8 else {
                throw ShortName.problem("url", "Write an address that begins with http:// or https://.")
            }
            let asset = try await visit.call("assets.importOpenAPI", ["url": .string(url)])
            return .redirect(to: documentAddress(asset.body["asset"], visit), nil)
        } catch let problem as Problem {
            return again(visit, problem)
        }
    }

    private func inspect(_ visit: Visit) async throws -> PageAnswer {
        .page("Which source", try await page(visit), by: "source/document", in: .sources)
    }

    private func deploy(_ visit: Visit) async throws -> PageAnswer {
        do {
            let slug = try await slug(visit)
            let source: JSONValue = ["slug": .string(slug), "asset_id": .string(visit["asset"])]
            let answer = try await visit.call("deployments.evolve", ["upsert": [source], "wait": false])
            let id = answer.body["deployment"]?["id"]?.string ?? ""
            return .redirect(to: DeploymentPages.address(id, in: visit.project), nil)
        } catch let problem as Problem where !problem.errors.isEmpty {
            let page = try await page(visit, problem)
            return .page("Which source", page, by: "source/document", in: .sources, status: .unprocessableContent)
        }
    }

    /// The source that a form chose; for a new one its short name, as typed or as the document suggests it.
    private func slug(_ visit: Visit) async throws -> String {
        let sources = try await visit.call("sources.list").body["sources"]?.array ?? []
        let builtIn = BuiltInSource(in: sources)?.slug
        if let chosen = visit.form.text("source"), chosen != builtIn { return chosen }
        let known = sources.compactMap { $0["slug"]?.string }
        guard visit.form.text("slug") != nil else {
            let document = try await visit.call("assets.inspect", ["id": .string(visit["asset"])]).body["document"]
            return DocumentPage.free(document?["suggested_slug"]?.string ?? "api", among: known)
        }
        let slug = try ShortName.text(of: visit.form, from: nil)
        guard !known.contains(slug) else {
            throw ShortName.problem(
                "slug",
                slug == builtIn
                    ? "The source that came with the server is called \(slug); choose another short name."
                    : "A source of that short name is there; choose it above to give it this document."
            )
        }
        return slug
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> DocumentPage {
        let id = JSONValue.string(visit["asset"])
        let asset = try await visit.call("assets.get", ["id": id]).body["asset"] ?? .null
        let document = try await visit.call("assets.inspect", ["id": id]).body["document"] ?? .null
        let sources = try await visit.call("sources.list").body["sources"]?.array ?? []
        let twin = try await sourceTitled(document["title"]?.string, among: sources, visit)
        return DocumentPage(document, asset: asset, sources: sources, twin: twin, visit: visit, problem: problem)
    }

    /// The source whose document has the same title, among the first ten: another file of the same API is rarely another
    /// source.
    private func sourceTitled(_ title: String?, among sources: [JSONValue], _ visit: Visit) async throws -> String? {
        guard let title, !title.isEmpty else { return nil }
        for source in sources.filter({ !BuiltInSource.isBuiltIn($0) }).prefix(10) {
            guard let asset = source["asset"]?["id"] else { continue }
            // A document that cannot be looked at is no twin; whoever deploys it hears of that.
            let document = try? await visit.call("assets.inspect", ["id": asset]).body["document"]
            if document?["title"]?.string == title { return source["slug"]?.string }
        }
        return nil
    }

    private func again(_ visit: Visit, _ problem: Problem) -> PageAnswer {
        let page = UploadPage(visit, problem: problem)
        return .page("Upload a document", page, by: "source/upload", in: .sources, status: .unprocessableContent)
    }

    private func documentAddress(_ asset: JSONValue?, _ visit: Visit) -> String {
        let list = Address.section(.sources, in: visit.project)
        return Address.query(
            "\(list)/documents/\(asset?["id"]?.string ?? "")",
            ["source": visit.form.text("for") ?? visit.query.text("for") ?? ""]
        )
    }

    /// The last part of what a computer calls a file, which some send with its folders.
    private static func name(_ text: String?) -> String {
        let last = (text ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return last.isEmpty ? "openapi" : String(last.prefix(200))
    }
}

extension Visit {
    /// Whether a script sent a document as it stands, so that it reads the answer.
    fileprivate var isFromScript: Bool { contentType == "application/octet-stream" }
}

/// The ways by which a document comes in.
struct UploadPage: Sendable {
    let listAddress: String
    let uploadAddress: String
    let fetchAddress: String
    /// The source that gets another document; empty for a new one.
    let source: String
    let url: FormField
    let command: String
    let fault: String
    let fileError: String

    init(_ visit: Visit, problem: Problem? = nil) {
        listAddress = Address.section(.sources, in: visit.project)
        uploadAddress = "\(listAddress)/~upload"
        fetchAddress = "\(listAddress)/~fetch"
        source = visit.form.text("for") ?? visit.query.text("source") ?? ""
        let isFetch = visit.form.has("url")
        url = FormField(
            "url",
            "Address of the document",
            value: visit.form["url"] ?? "",
            hint: "The server fetches it once, now. Addresses inside private networks need an operator to allow them.",
            problem: isFetch ? problem.map { Self.at("/url", $0) } : nil
        )
        command = "slipway push openapi.yaml\(source.isEmpty ? "" : " --source \(source)")"
        fileError = isFetch ? "" : problem?.pageMessage ?? ""
        fault = ""
    }

    static let nothingChosen = Problem(
        .invalid,
        "Choose a file first; it may be JSON, YAML, or a zip of several files."
    )

    static let emptyFile = Problem(.invalid, "The file is empty; choose another one.")

    /// The whole sentence of the problem, at the field.
    private static func at(_ pointer: String, _ problem: Problem) -> Problem {
        Problem(problem.code, problem.message, errors: [.init(pointer: pointer, message: problem.pageMessage)])
    }
}

/// What a document says that it is, and the choice of the source that it becomes.
struct DocumentPage: Sendable {
    struct Fault: Sendable {
        let message: String
        let place: String
    }

    let title: String
    let version: String
    let openAPI: String
    let operations: String
    /// Whether it has none, so that it makes no tools.
    let isBare: Bool
    let fileName: String
    let size: String
    let fault: Fault?
    let sources: [FormOption]
    let hasSources: Bool
    let isNew: Bool
    let slug: FormField
    let action: String
    let uploadAddress: String

    init(
        _ document: JSONValue,
        asset: JSONValue,
        sources: [JSONValue],
        twin: String? = nil,
        visit: Visit,
        problem: Problem? = nil
    ) {
        title = document["title"]?.string ?? asset["name"]?.string ?? ""
        version = document["version"]?.string ?? ""
        let openAPIVersion = document["openapi"]?.string ?? ""
        openAPI = openAPIVersion.isEmpty ? "" : (openAPIVersion == "2.0" ? "Swagger 2.0" : "OpenAPI \(openAPIVersion)")
        operations = Count.of(document["operation_count"]?.integer ?? 0, "operation")
        isBare = document["operation_count"]?.integer == 0 && document["fault"]?.object == nil
        fileName = asset["name"]?.string ?? ""
        size = Size.text(asset["content_length"]?.integer ?? 0)
        fault = document["fault"].flatMap { Fault($0) }
        let suggested = document["suggested_slug"]?.string ?? ""
        let taken = sources.compactMap { $0["slug"]?.string }
        let slugs = sources.filter { !BuiltInSource.isBuiltIn($0) }.compactMap { $0["slug"]?.string }
        let likely = slugs.contains(suggested) ? suggested : twin ?? suggested
        let chosen = visit.form["source"] ?? visit.query.text("source") ?? likely
        self.sources = slugs.map { FormOption(value: $0, label: $0, isChosen: $0 == chosen) }
        hasSources = !slugs.isEmpty
        isNew = !slugs.contains(chosen)
        slug = .shortName(
            of: visit.form,
            from: ("", "file’s name"),
            suggested: Self.free(suggested, among: taken),
            problem: problem
        )
        let list = Address.section(.sources, in: visit.project)
        action = "\(list)/documents/\(asset["id"]?.string ?? visit["asset"])"
        uploadAddress = "\(list)/~new"
    }

    /// A short name that no source has yet: `library-2` where `library` is taken.
    static func free(_ slug: String, among taken: [String]) -> String {
        guard taken.contains(slug) else { return slug }
        return (2...).lazy.map { "\(slug)-\($0)" }.first { !taken.contains($0) } ?? slug
    }
}

extension DocumentPage.Fault {
    init?(_ fault: JSONValue) {
        guard let message = fault["message"]?.string else { return nil }
        self.message = message
        place = DocumentPlace.text(
            fault["file"]?.string,
            line: fault["line"]?.integer,
            column: fault["column"]?.integer
        )
    }
}

/// Amounts of bytes for people.
enum Size {
    /// `312 bytes`, `48 KiB`, `1.4 MiB`
    static func text(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: Count.of(bytes, "byte")
        case ..<(1 << 20): "\(bytes >> 10) KiB"
        default: "\(bytes >> 20).\(((bytes & ((1 << 20) - 1)) * 10) >> 20) MiB"
        }
    }
}
