import Assets
import Foundation
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Templates` {
    struct Outer: Sendable {
        let name: String
        let inner: Inner
    }

    struct Inner: Sendable {
        let name: String?
        let count: Int
    }

    private func html(_ template: String, _ view: any Sendable, isStrict: Bool = true) throws -> String {
        try Renderer(templates: ["page": template], isStrict: isStrict).html(view, by: "page")
    }

    @Test func `a name that no view has is an error, and nothing where that would stop a server`() throws {
        let view = Outer(name: "a", inner: Inner(name: nil, count: 1))
        let problem = #expect(throws: Problem.self) { try html("{{name}} {{nane}}", view) }
        #expect(problem?.message.contains("nane") == true)
        #expect(try html("{{name}} {{nane}}", view, isStrict: false) == "a ")
    }

    @Test func `an absent field does not show that of an outer view`() throws {
        let view = Outer(name: "outer", inner: Inner(name: nil, count: 1))
        #expect(try html("{{#inner}}[{{name}}]{{count}}{{/inner}}", view) == "[]1")
    }

    @Test func `empty text is falsy, and text is escaped`() throws {
        let view = Inner(name: "", count: 0)
        #expect(try html("{{#name}}yes{{/name}}{{^name}}no{{/name}}", view) == "no")
        #expect(try html("{{name}}", Inner(name: "<a href=\"&\">", count: 0)) == "&lt;a href=&quot;&amp;&quot;&gt;")
    }

    @Test func `every file of the pages is part of the program`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/CAssets")
        let read = try AssetLibrary(folder: folder.path)
        #expect(read.templates == AssetLibrary.embedded.templates)
        #expect(read.styles.name == AssetLibrary.embedded.styles.name)
        #expect(read.scripts.name == AssetLibrary.embedded.scripts.name)
        #expect(!read.templates.isEmpty)
    }

    @Test func `no template has a script or a style in it, which the policy of pages forbids`() {
        for (name, text) in AssetLibrary.embedded.templates {
            #expect(!text.contains("style=\""), "\(name)")
            #expect(text.firstMatch(of: /\son[a-z]+="/) == nil, "\(name)")
            #expect(text.firstMatch(of: /<script(?! type="module" src=)/) == nil, "\(name)")
        }
    }

    @Test func `a class is laid out by one file of styles`() {
        var owners: [String: Set<String>] = [:]
        for file in AssetLibrary.embedded.names(in: "styles") {
            for match in (AssetLibrary.embedded.text(file) ?? "").matches(of: /(?m)^  \.([a-z-]+) \{/) {
                owners[String(match.output.1), default: []].insert(file)
            }
        }
        #expect(owners.count > 50)
        for (name, files) in owners { #expect(files.count == 1, "\(name): \(files.sorted())") }
    }
}
