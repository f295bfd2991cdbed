import Foundation
import JSON
import JSONSchema
import Testing

/// The official test suite of JSON Schema, where it lies beside the repository; it is not part of it.
///
/// The folders of the older drafts are run where they are there too.
@Suite(.enabled(if: OfficialSuite.isPresent, "no json-schema-test-suite beside the repository"))
struct OfficialSuiteTests {
    @Test(arguments: OfficialSuite.required)
    func `passes every required test`(file: String, draft: SchemaDraft) throws {
        for outcome in try OfficialSuite.outcomes(of: file, draft) where !outcome.passed {
            Issue.record("\(outcome.name)")
        }
    }

    /// A schema that was converted as a whole accepts what it accepted before.
    @Test(arguments: OfficialSuite.required)
    func `a converted schema passes every required test`(file: String, draft: SchemaDraft) throws {
        for outcome in try OfficialSuite.outcomes(of: file, draft, isConverted: true) where !outcome.passed {
            if Self.unconverted.contains(where: outcome.name.contains) { continue }
            Issue.record("\(outcome.name)")
        }
    }

    /// What is only right where the schema is read as it is: a dialect of its own, whose meta-schema stands in a
    /// registry that the conversion does not have. It refuses such a schema.
    private static let unconverted = ["/vocabulary.json"]

    @Test(arguments: OfficialSuite.drafts)
    func `the reference names exactly the optional tests that fail`(draft: SchemaDraft) throws {
        let required = try OfficialSuite.files(in: draft.folder).flatMap { try OfficialSuite.outcomes(of: $0, draft) }
        let optional = try OfficialSuite.optional(draft)
        print(
            "JSON Schema \(draft.name): \(required.filter(\.passed).count) of \(required.count) required tests, "
                + "\(optional.filter(\.passed).count) of \(optional.count) optional ones"
        )
        let failed = Set(optional.filter { !$0.passed }.map(\.name))
        let named = Set(try Reference.lines("- `\(draft.folder)/").map { $0.replacing("`", with: "") })
        #expect(failed == named)
    }

    @Test(.enabled(if: OfficialSuite.drafts.contains(.draft202012)))
    func `the reference counts the tests of 2020-12`() throws {
        var lines: [String] = []
        for file in OfficialSuite.files(in: "draft2020-12/optional") {
            let outcomes = try OfficialSuite.outcomes(of: file, .draft202012)
            let name = file.split(separator: "/").last ?? ""
            lines.append("| `\(name)` | \(outcomes.filter(\.passed).count) of \(outcomes.count) |")
        }
        let known = try Reference.lines("| `").filter { $0.contains(".json` | ") }
        for line in lines where !known.contains(line) { print(line) }
        #expect(known == lines)
        let required = try OfficialSuite.files(in: "draft2020-12").flatMap {
            try OfficialSuite.outcomes(of: $0, .draft202012)
        }
        #expect(
            try Reference.text().contains(
                "all \(required.count.formatted(.number.locale(.init(identifier: "en")))) required tests"
            )
        )
    }
}

/// What the documentation says.
enum Reference {
    static func text() throws -> String {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(3)
        let path = "/" + parts.joined(separator: "/") + "/docs/reference/json-schema.md"
        return try String(contentsOf: URL(filePath: path), encoding: .utf8)
    }

    /// The lines that begin so, without the mark of a list.
    static func lines(_ start: String) throws -> [String] {
        try text().split(separator: "\n").filter { $0.hasPrefix(start) }.map { line in
            String(line.hasPrefix("- ") ? line.dropFirst(2) : line)
        }
    }
}

extension SchemaDraft {
    /// The folder of the suite.
    fileprivate var folder: String {
        switch self {
        case .draft4, .draft6, .draft7: "draft\(rawValue)"
        default: "draft" + name
        }
    }
}

/// The files of the suite.
enum OfficialSuite {
    struct Outcome {
        let name: String
        let passed: Bool
    }

    static var folder: String {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(4)
        return "/" + parts.joined(separator: "/") + "/shared/json-schema-test-suite"
    }

    static var isPresent: Bool { !drafts.isEmpty }

    /// The drafts that are there.
    static var drafts: [SchemaDraft] {
        SchemaDraft.allCases.filter { FileManager.default.fileExists(atPath: folder + "/tests/" + $0.folder) }
    }

    static var required: [(String, SchemaDraft)] {
        drafts.flatMap { draft in files(in: draft.folder).map { ($0, draft) } }
    }

    static func optional(_ draft: SchemaDraft) throws -> [Outcome] {
        try files(in: draft.folder + "/optional").flatMap { try outcomes(of: $0, draft) }
    }

    static func files(in folder: String) -> [String] {
        let path = Self.folder + "/tests/" + folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
    }

    static let registry: [String: JSONValue] = {
        let root = folder + "/remotes"
        var documents: [String: JSONValue] = [:]
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            guard name.hasSuffix(".json"), let value = try? read(root + "/" + name) else { continue }
            documents["http://localhost:1234/" + name] = value
        }
        return documents
    }()

    static func read(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: path))))
    }

    static func outcomes(of file: String, _ draft: SchemaDraft, isConverted: Bool = false) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for group in try read(folder + "/tests/" + file).array ?? [] {
            let schema = try #require(group["schema"])
            let compiled = Result {
                try CompiledSchema(
                    isConverted ? SchemaDraft.current(schema, assuming: draft) : schema,
                    registry: registry,
                    assuming: draft
                )
            }
            for test in group["tests"]?.array ?? [] {
                let data = try #require(test["data"])
                let description = "\(file): \(group["description"]?.string ?? ""): \(test["description"]?.string ?? "")"
                let isValid = try? compiled.get().validate(data).isEmpty
                let problem = isValid == nil ? " (\(compiled))" : ""
                outcomes.append(Outcome(name: description + problem, passed: isValid == test["valid"]?.bool))
            }
        }
        return outcomes
    }
}
