import Foundation
import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

@testable import Releases

/// A document in other words is no change: what the compiler makes of both means the same by the change rules.
struct ChangesOfRewrittenDocumentsTests {
    @Test(arguments: Documents.own, DocumentRewriting.all)
    func `a document of ours in other words changes nothing`(path: String, rewriting: DocumentRewriting) throws {
        try check(Documents.repository.appending(path: path), rewriting)
    }

    @Test(
        .enabled(if: Documents.areShared, "the documents in ../shared/specs are not here"),
        arguments: Documents.shared,
        DocumentRewriting.all
    )
    func `a document of others in other words changes nothing`(path: String, rewriting: DocumentRewriting) throws {
        try check(Documents.specs.appending(path: path), rewriting)
    }

    private func check(_ file: URL, _ rewriting: DocumentRewriting) throws {
        let bytes = try Array(Data(contentsOf: file))
        let document = try Document(reading: bytes)
        guard let rewritten = rewriting(document.root) else { return }
        let before = try tools(of: document)
        let after = try tools(of: try Document(reading: rewritten), previous: before.names)
        // What a list costs a model depends on how it is written.
        let changes = ContentComparison(from: try content(before), to: try content(after)).changes
            .filter { !$0.rule.isTotal }
        #expect(changes.map { "\($0.name) \($0.rule.rawValue) \($0.pointer): \($0.message)" } == [])
    }

    private func tools(of document: Document, previous: [String: String] = [:]) throws -> CompiledSource {
        ToolCompiler().compile(document, source: try #require(Slug("acme")), previousNames: previous)
    }

    /// A toolset of all tools; where a tool stands in it is not the document's matter.
    private func content(_ compiled: CompiledSource) throws -> CompiledContent {
        let tools = compiled.tools.sorted { $0.name < $1.name }
        return try CompiledContent(
            heads(tools.map { HeadTool(urn: $0.urn, definition: $0, variation: Variation()) })
        )
    }
}

private enum Documents {
    static let repository = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let specs = repository.deletingLastPathComponent().appending(path: "shared/specs")

    static let own =
        files(in: repository, "Tests/Clients/openapi")
        + ["Tests/Browser/petstore.yaml", "docs/examples/library.yaml"]
    static let shared = ["petstore.yaml", "train-travel.json"] + files(in: specs, "features")
    static var areShared: Bool { FileManager.default.fileExists(atPath: specs.path) }

    private static func files(in folder: URL, _ subfolder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: subfolder).path)
        return (names ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
            .map { "\(subfolder)/\($0)" }
    }
}
