import Foundation
import JSON
import JSONSchema
import Testing

/// The official test suite of JSON Schema, where it lies beside the repository; it is not part of it.
@Suite(.enabled(if: OfficialSuite.isPresent, "no json-schema-test-suite beside the repository"))
struct OfficialSuiteTests {
    @Test(arguments: OfficialSuite.files(in: "draft2020-12"))
    func `passes every required test`(file: String) throws {
        for outcome in try OfficialSuite.outcomes(of: file) where !outcome.passed {
            Issue.record("\(outcome.name)")
        }
    }

    @Test func `counts the optional tests`() throws {
        var passed = 0
        var failed: [String] = []
        for file in OfficialSuite.files(in: "draft2020-12/optional") {
            for outcome in try OfficialSuite.outcomes(of: file) {
                if outcome.passed { passed += 1 } else { failed.append(outcome.name) }
            }
        }
        print("optional tests of JSON Schema: \(passed) passed, \(failed.count) failed")
        for name in failed { print("  failed: \(name)") }
        #expect(passed > failed.count)
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

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/tests/draft2020-12") }

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

    static func outcomes(of file: String) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for group in try read(folder + "/tests/" + file).array ?? [] {
            let schema = try #require(group["schema"])
            let compiled = Result { try CompiledSchema(schema, registry: registry) }
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
