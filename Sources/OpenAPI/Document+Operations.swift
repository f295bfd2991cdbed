import JSON
package import Vocabulary

/// What a document offers: every operation in the order of the document, and what is to be said beside them.
package struct OperationListing: Sendable {
    package let operations: [Operation]
    package let diagnostics: [Diagnostic]
}

extension Document {
    /// Reads every operation under `paths` (OpenAPI 3.1, 4.8.8). What looks like an operation is one, even where it
    /// cannot be called; then it has faults.
    package var listing: OperationListing {
        var reader = PathsReader(document: self)
        reader.read()
        return OperationListing(operations: reader.operations, diagnostics: fileDiagnostics + reader.diagnostics)
    }
}

/// Walks the paths of a document.
private struct PathsReader {
    let document: Document
    private(set) var operations: [Operation] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(document: Document) {
        self.document = document
    }

    mutating func read() {
        noteWebhooks()
        readPaths()
        guard operations.isEmpty else { return }
        let pointer = JSONPointer(document.root["paths"] == nil ? [] : ["paths"])
        let message = "The document describes no operations, so it makes no tools."
        diagnostics.append(Diagnostic(.warning, .noOperations, message, at: pointer))
    }

    private mutating func readPaths() {
        guard let paths = readReference(Place(document.root, at: JSONPointer())["paths"]) else { return }
        guard let items = paths.value.object else {
            report(.malformedPathItem, "\"paths\" must be an object.", at: paths.pointer)
            return
        }
        for (path, value) in items where !path.hasPrefix("x-") {
            readItem(Place(value, at: paths.pointer.appending(path)), path: path)
        }
    }

    /// The paths, which many documents of several files keep in one of their own, though no version speaks of it.
    private mutating func readReference(_ paths: Place?) -> Place? {
        guard let paths, paths.value["$ref"]?.string != nil else { return paths }
        do throws(UnresolvedReference) {
            return try document.resolved(paths)
        } catch {
            report(error.code, error.message, at: error.pointer)
            return nil
        }
    }

    private mutating func noteWebhooks() {
        guard let webhooks = document.root["webhooks"]?.object, !webhooks.isEmpty else { return }
        diagnostics.append(
            Diagnostic(
                .note,
                .webhooksIgnored,
                "Webhooks are calls that others make, and no tools; the document has \(webhooks.count).",
                at: JSONPointer(["webhooks"])
            )
        )
    }

    private mutating func readItem(_ place: Place, path: String) {
        guard let written = place.value.object else {
            report(.malformedPathItem, "The path item of \"\(path)\" must be an object.", at: place.pointer)
            return
        }
        var referenced: PathItem.Referenced?
        var fault: Operation.Fault?
        if written["$ref"] != nil {
            do throws(UnresolvedReference) {
                let target = try document.resolved(place)
                referenced = target.value.object.map { PathItem.Referenced(item: $0, pointer: target.pointer) }
            } catch {
                fault = Operation.Fault(error.code, error.message)
            }
        }
        let item = PathItem(path: path, pointer: place.pointer, written: written, referenced: referenced)
        let (entries, misplaced) = item.entries(in: document.version)
        diagnostics += misplaced
        if entries.isEmpty, let fault { report(fault.code, fault.message, at: place.pointer) }
        for entry in entries {
            var reader = OperationReader(document: document, item: item, entry: entry)
            // Whoever set the limit asks it again at the end, and takes nothing of what is too late.
            if document.timeLimit.isOver() {
                reader.fault(.tooSlow, "Reading the document takes too long.")
            } else {
                reader.read()
            }
            if let fault { reader.operation.faults.append(fault) }
            operations.append(reader.operation)
        }
    }

    private mutating func report(_ code: DiagnosticCode, _ message: String, at pointer: JSONPointer) {
        diagnostics.append(Diagnostic(.error, code, message, at: pointer))
    }
}
