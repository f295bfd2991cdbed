import Archive
import Foundation
import Vocabulary

/// A file, a folder or an address that becomes the document of a source.
struct PushedDocument: Sendable, Hashable {
    let path: String
    let source: Slug
    let document: Document

    /// What the server calls the document: `petstore.yaml`; a document of several files ends in `.zip`.
    var fileName: String {
        let name = Self.fileName(of: String(path.prefix { $0 != "?" && $0 != "#" }))
        let isNamedSo = document.contentType != Self.archiveType || name.lowercased().hasSuffix(".zip")
        return isNamedSo ? name : name == "." ? "\(source).zip" : "\(name).zip"
    }

    /// Reads every file before anything is sent.
    ///
    /// - Throws: ``CommandFailure`` that names the first file that cannot be pushed.
    static func read(_ paths: [String], source: String?, main: String? = nil) async throws -> [PushedDocument] {
        if source != nil, paths.count > 1 {
            throw CommandFailure("--source names one source, and these are \(paths.count) files; push them one by one.")
        }
        if main != nil, paths.count > 1 {
            throw CommandFailure(
                "--main names a file of one folder, and these are \(paths.count); push them one by one."
            )
        }
        var documents: [PushedDocument] = []
        for path in paths { documents.append(try await PushedDocument(path: path, source: source, main: main)) }
        for (source, same) in Dictionary(grouping: documents, by: \.source) where same.count > 1 {
            let files = same.map(\.path).joined(separator: " and ")
            throw CommandFailure("\(files) would both be the source \(source); push one of them with --source.")
        }
        return documents
    }

    private init(path: String, source: String?, main: String?) async throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        if DocumentDownload.isAddress(path) {
            let own = String(path.prefix { $0 != "?" && $0 != "#" })
            self.source = try Self.source(named: source, path: own)
            try Self.requireNoMain(main, path)
            let content = try await DocumentDownload.bytes(at: path)
            document = Document(content: content, contentType: Self.contentType(path: own, content: content))
            return
        }
        self.source = try Self.source(
            named: source,
            path: path == "." ? FileManager.default.currentDirectoryPath : path
        )
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("there is no file \(path).")
        }
        if isFolder.boolValue {
            document = Document(
                content: try DocumentFolder.packed(path, main: main),
                contentType: Self.archiveType
            )
            return
        }
        try Self.requireNoMain(main, path)
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read as a file.")
        }
        let bytes = Array(content)
        if !ZipArchive.isArchive(bytes), let bundle = try DocumentFolder.bundle(of: path, content: bytes) {
            document = Document(content: bundle, contentType: Self.archiveType)
        } else {
            document = Document(content: bytes, contentType: Self.contentType(path: path, content: bytes))
        }
    }

    private static func requireNoMain(_ main: String?, _ path: String) throws {
        guard main != nil else { return }
        throw CommandFailure("--main names a file of a folder, and \(path) is none.")
    }

    private static let archiveType = "application/zip"

    private static func source(named name: String?, path: String) throws -> Slug {
        if let name {
            guard let slug = Slug(name) else {
                throw CommandFailure("\"\(name)\" cannot name a source; it takes \(Slug.rule).")
            }
            return slug
        }
        guard let slug = Slug(ofDocumentNamed: path) else {
            throw CommandFailure("no source can be named after \(path); name it by --source.")
        }
        return slug
    }

    private static func contentType(path: String, content: some Collection<UInt8>) -> String {
        let path = path.lowercased()
        if ZipArchive.isArchive(Array(content.prefix(4))) { return archiveType }
        if path.hasSuffix(".json") { return "application/json" }
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return "application/yaml" }
        let first = content.first { !" \t\r\n".utf8.contains($0) }
        return first == UInt8(ascii: "{") ? "application/json" : "application/yaml"
    }

    private static func fileName(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
