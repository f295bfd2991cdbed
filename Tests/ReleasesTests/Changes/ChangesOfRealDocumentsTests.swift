import Foundation
import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

@testable import Releases

/// Documents of real APIs, where they lie beside the project.
private enum RealDocuments {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/specs")
    static var exist: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func definitions(_ name: String, previous: [String: String] = [:]) throws -> CompiledSource {
        let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
        return ToolCompiler().compile(
            try Document(reading: bytes),
            source: try #require(Slug("acme")),
            previousNames: previous
        )
    }
}

@Suite(.enabled(if: RealDocuments.exist, "the documents in ../shared/specs are not here"))
struct ChangesOfRealDocumentsTests {
    @Test(arguments: ["petstore.yaml", "train-travel.json", "discord/2026-07-18.json", "openai.yaml"])
    func `no text of an ordinary document orders a model around`(name: String) throws {
        let compiled = try RealDocuments.definitions(name)
        let detector = DirectiveText(toolNames: Set(compiled.tools.map(\.name)))
        var count = 0
        for tool in compiled.tools {
            let texts = SchemaTexts(in: .object(tool.inputSchema)).sentences.map(\.text) + [tool.description]
            count += texts.count
            for text in texts { #expect(detector.severe(in: text) == [], "\(tool.name): \(text)") }
        }
        #expect(count > 30)
    }

    @Test func `a real step is told in the same way each time, and what comes goes on the way back`() throws {
        var names: [String: String] = [:]
        let contents = try ["discord/2025-08-20.json", "discord/2025-12-01.json"].map { name in
            let compiled = try RealDocuments.definitions(name, previous: names)
            names = compiled.names
            let tools = compiled.tools.map { HeadTool(urn: $0.urn, definition: $0, variation: Variation()) }
            return try CompiledContent(heads(tools))
        }
        let there = ContentComparison(from: contents[0], to: contents[1])
        #expect(there.changes == ContentComparison(from: contents[0], to: contents[1]).changes)
        #expect(Set(there.changes.map(\.fingerprint)).count == there.changes.count)
        let back = ContentComparison(from: contents[1], to: contents[0]).changes
        for (one, other) in [(ChangeRule.setToolAdded, ChangeRule.setToolRemoved), (.setToolRemoved, .setToolAdded)] {
            let come = there.changes.filter { $0.rule == one }.map(\.name).sorted()
            #expect(!come.isEmpty)
            #expect(come == back.filter { $0.rule == other }.map(\.name).sorted())
        }
        #expect(!there.changes.contains { $0.rule.rawValue.hasSuffix("directive-added") })
    }
}
