import Foundation
import JSON
import JSONSchema
import OpenAPI
import Testing
import Tools
import Vocabulary

/// Compiles a document that is given without its version, and where it names no server, with one.
func compile(
    _ yaml: String,
    version: String = "3.1.0",
    source: String = "acme",
    previousNames: [String: String] = [:],
    limits: ToolCompiler.Limits = ToolCompiler.Limits()
) throws -> CompiledSource {
    let servers = yaml.contains("servers:") ? "" : "\nservers: [{url: https://api.example.com}]"
    let document = try Document(reading: Array("openapi: \(version)\n\(yaml)\(servers)".utf8))
    let slug = try #require(Slug(source))
    return ToolCompiler(limits: limits).compile(document, source: slug, previousNames: previousNames)
}

extension CompiledSource {
    /// The diagnostics as `error code /pointer`.
    var reports: [String] { diagnostics.map { "\($0.severity) \($0.code) \($0.pointer)" } }

    /// The first tool.
    var first: ToolDefinition { get throws { try #require(tools.first) } }

    subscript(name: String) -> ToolDefinition? { tools.first { $0.name == name } }

    /// What must hold for whatever was compiled.
    func checkInvariants(_ document: Document, sourceLocation: SourceLocation = #_sourceLocation) {
        let operations = document.listing.operations
        let pointers = Set(operations.map(\.pointer.description))
        let errors = diagnostics.filter { $0.severity == .error && pointers.contains($0.pointer) }
        #expect(operations.count == operationCount, sourceLocation: sourceLocation)
        #expect(tools.count + errors.count == operations.count, sourceLocation: sourceLocation)
        #expect(Set(errors.map(\.pointer)).count == errors.count, sourceLocation: sourceLocation)
        let made = Set(tools.map { "\($0.call.method) \($0.name)" })
        for operation in operations {
            let name = names[operation.key]
            let isTool = name.map { made.contains("\(operation.method) \($0)") } ?? false
            let isError = errors.contains { $0.pointer == operation.pointer.description }
            #expect(isTool != isError, "\(operation.key)", sourceLocation: sourceLocation)
        }
        #expect(Set(names.values).count == operations.count, sourceLocation: sourceLocation)
        #expect(names.values.allSatisfy(ToolName.isValid), sourceLocation: sourceLocation)
        #expect(diagnostics.allSatisfy { DiagnosticCode(rawValue: $0.code) != nil }, sourceLocation: sourceLocation)
        #expect(diagnostics.allSatisfy { $0.line != nil && $0.source != nil }, sourceLocation: sourceLocation)
        for tool in tools { tool.checkInvariants(sourceLocation) }
    }
}

extension ToolDefinition {
    fileprivate func checkInvariants(_ sourceLocation: SourceLocation) {
        #expect(!description.isEmpty, sourceLocation: sourceLocation)
        #expect(inputSchema["type"] == "object", sourceLocation: sourceLocation)
        #expect(inputSchema["additionalProperties"] == false, sourceLocation: sourceLocation)
        let properties = Set(inputSchema["properties"]?.object?.keys.map(\.self) ?? [])
        let arguments = call.parameters.map(\.argument) + (call.body?.arguments ?? [])
        #expect(
            arguments.count == properties.count && Set(arguments) == properties,
            "\(name)",
            sourceLocation: sourceLocation
        )
        let required = inputSchema["required"]?.array?.compactMap(\.string) ?? []
        #expect(properties.isSuperset(of: required), sourceLocation: sourceLocation)
        #expect(JSONValue.object(inputSchema).danglingReferences.isEmpty, "\(name)", sourceLocation: sourceLocation)
        #expect(throws: Never.self, "\(name)", sourceLocation: sourceLocation) {
            try CompiledSchema(.object(inputSchema))
        }
        #expect(ToolDefinition(json: json) == self, "\(name)", sourceLocation: sourceLocation)
    }
}

extension JSONValue {
    /// Every `$ref` of a schema that does not lead to a place inside the schema, and every `$defs` that nothing needs.
    var danglingReferences: [String] {
        var dangling: [String] = []
        var needed: Set<String> = []
        var open = [self]
        while let value = open.popLast() {
            switch value {
            case .array(let items): open.append(contentsOf: items)
            case .object(let object):
                for (key, member) in object {
                    if key == "$ref", let reference = member.string {
                        needed.insert(reference)
                        let pointer = JSONPointer(String(reference.dropFirst()))
                        if !reference.hasPrefix("#/$defs/") || pointer.flatMap({ self[$0] }) == nil {
                            dangling.append(reference)
                        }
                    }
                    if key != "example", key != "examples", key != "default", key != "enum" { open.append(member) }
                }
            default: break
            }
        }
        for name in self["$defs"]?.object?.keys.map(\.self) ?? [] where !needed.contains("#/$defs/\(name)") {
            dangling.append("unused \(name)")
        }
        return dangling
    }
}

/// The real documents beside the repository, which are no part of it.
enum Specs {
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/specs")

    static var exists: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func document(_ path: String) throws -> Document {
        try Document(reading: [UInt8](Data(contentsOf: folder.appending(path: path))))
    }

    /// The names of the files in a folder, in their order.
    static func files(in subfolder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: subfolder).path)
        return (names ?? []).sorted().map { "\(subfolder)/\($0)" }
    }
}
