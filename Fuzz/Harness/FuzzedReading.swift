import JSON
import OpenAPI
import Vocabulary

/// Reads bytes in every way that an import does, and says what must never be the case. The fuzz target and the tests
/// share it.
enum FuzzedReading {
    /// Small, so that what takes long is found by its time.
    private static let limits = DocumentLimits(
        bytes: 1 << 20,
        values: 20_000,
        depth: 100,
        references: 2000,
        operations: 500,
        files: 50,
        totalBytes: 1 << 20
    )

    /// What is wrong; nothing where all is well.
    static func fault(in bytes: [UInt8]) -> String? {
        faultOfJSON(bytes) ?? faultOfDocument(bytes) ?? faultOfFiles(bytes)
    }

    /// JSON that is read and written is the same when it is read and written again.
    private static func faultOfJSON(_ bytes: [UInt8]) -> String? {
        guard let value = try? JSONValue(parsing: bytes) else { return nil }
        let written = value.bytes
        guard let again = try? JSONValue(parsing: written) else { return "What is written of JSON is no JSON." }
        guard again == value else { return "JSON is not what it was." }
        return again.bytes == written ? nil : "JSON is not written as it was."
    }

    private static func faultOfDocument(_ bytes: [UInt8]) -> String? {
        guard let document = try? Document(reading: bytes, limits: limits) else { return nil }
        return fault(of: document)
    }

    /// Bytes with lines `=== name` are the files of one document.
    private static func faultOfFiles(_ bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "=== ".utf8) else { return nil }
        var files: [String: [UInt8]] = [:]
        var name = ""
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.starts(with: "=== ".utf8) {
                name = String(decoding: line.dropFirst(4), as: UTF8.self)
                files[name] = []
            } else {
                files[name, default: []] += line + [UInt8(ascii: "\n")]
            }
        }
        guard let document = try? Document(reading: files, limits: limits) else { return nil }
        for pointer in document.filePlaces where FileTree.split(pointer) == nil { return "A place is in no file." }
        return fault(of: document)
    }

    private static func fault(of document: Document) -> String? {
        guard let again = try? JSONValue(parsing: document.root.bytes), again == document.root else {
            return "A document is not what it was, once it is written as JSON."
        }
        let listing = document.listing
        guard Set(listing.operations.map(\.key)).count == listing.operations.count else {
            return "Two operations have one key."
        }
        for diagnostic in listing.diagnostics + listing.operations.flatMap(\.diagnostics) {
            guard DiagnosticCode(rawValue: diagnostic.code) != nil else { return "A code is not in the list." }
            var located = document.located(diagnostic)
            let place = located.place
            located.place = place
            guard located.place == place else { return "A place is not what it was." }
        }
        for scheme in document.securitySchemes where document[scheme.pointer] == nil {
            return "A security scheme stands nowhere."
        }
        for operation in listing.operations {
            let schemas = operation.parameters.map(\.schema) + (operation.body?.mediaTypes ?? []).map(\.schema)
            for schema in schemas
            where document.located(Diagnostic(.note, .noOperations, "", at: schema?.pointer ?? JSONPointer())).line == 0
            {
                return "A place has no line."
            }
        }
        return nil
    }
}
