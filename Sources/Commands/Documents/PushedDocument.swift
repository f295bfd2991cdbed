import Foundation
import Vocabulary

/// A file that becomes the document of a source.
struct PushedDocument: Sendable, Hashable {
    let path: String
    let source: Slug
    let document: Document

    var fileName: String { Self.fileName(of: path) }

    /// Reads every file before anything is sent.
    ///
    /// - Throws: ``CommandFailure`` that names the first file that cannot be pushed.
    static func read(_ paths: [String], source: String?) throws -> [PushedDocument] {
        if source != nil, paths.count > 1 {
            throw CommandFailure("--source names one source, and these are \(paths.count) files; push them one by one.")
        }
        let documents = try paths.map { try PushedDocument(path: $0, source: source) }
        for (source, same) in Dictionary(grouping: documents, by: \.source) where same.count > 1 {
            let files = same.map(\.path).joined(separator: " and ")
            throw CommandFailure("\(files) would both be the source \(source); push one of them with --source.")
        }
        return documents
    }

    private init(path: String, source: String?) throws {
        if path.contains("://") {
            throw CommandFailure("push takes files for now: fetch \(path) and push the file.")
        }
        self.path = path
        self.source = try Self.source(named: source, path: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure("there is no file \(path).")
        }
        guard !isFolder.boolValue, let content = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read as a file.")
        }
        document = Document(content: Array(content), contentType: Self.contentType(path: path, content: content))
    }

    private static func source(named name: String?, path: String) throws -> Slug {
        if let name {
            guard let slug = Slug(name) else {
                throw CommandFailure("\"\(name)\" cannot name a source; it takes \(Slug.rule).")
            }
            return slug
        }
        guard let slug = Slug(nearest: stem(of: fileName(of: path))) else {
            throw CommandFailure("no source can be named after \(path); name it by --source.")
        }
        return slug
    }

    private static func contentType(path: String, content: some Collection<UInt8>) -> String {
        let path = path.lowercased()
        if path.hasSuffix(".json") { return "application/json" }
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return "application/yaml" }
        let first = content.first { !" \t\r\n".utf8.contains($0) }
        return first == UInt8(ascii: "{") ? "application/json" : "application/yaml"
    }

    private static func fileName(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// `petstore` of `petstore.yaml`, but `.hidden` of `.hidden`.
    private static func stem(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}
