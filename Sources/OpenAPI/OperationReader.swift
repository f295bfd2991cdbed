import JSON
import Vocabulary

/// Reads one operation.
struct OperationReader {
    /// More than any real operation has, and few enough for every step to be quick.
    static let mostParameters = 1000
    private static let longestPath = 4096

    let document: Document
    let item: PathItem
    var operation: Operation
    private let place: Place?

    init(document: Document, item: PathItem, method: String) {
        self.document = document
        self.item = item
        place = item[method]
        let root = Place(document.root, at: JSONPointer())
        operation = Operation(
            method: method.uppercased(),
            path: item.path,
            pointer: item.pointer.appending(method),
            server: Operation.Server(firstOf: [place?["servers"], item["servers"], root["servers"]]),
            security: Operation.Security(place?["security"] ?? root["security"])
        )
    }

    mutating func read() {
        guard let place, let object = place.value.object else {
            fault(.malformedOperation, "An operation must be an object.")
            return
        }
        readOperationID(place)
        operation.summary = object["summary"]?.string
        operation.description = object["description"]?.string
        operation.tags = (object["tags"]?.array ?? []).compactMap(\.string)
        operation.isDeprecated = object["deprecated"]?.bool ?? false
        guard checkMethod(), checkPath() else { return }
        readParameters(place)
        if let body = place["requestBody"] { readBody(body) }
        readResponses(place)
        readExtensions(place)
        if let callbacks = place["callbacks"], callbacks.value.object?.isEmpty == false {
            let message = "Callbacks are calls that others make; the tool is made without them."
            report(.note, .callbacksIgnored, message, at: callbacks.pointer)
        }
    }

    mutating func report(
        _ severity: Diagnostic.Severity,
        _ code: DiagnosticCode,
        _ message: String,
        at pointer: JSONPointer
    ) {
        operation.diagnostics.append(Diagnostic(severity, code, message, at: pointer))
    }

    mutating func fault(_ code: DiagnosticCode, _ message: String) {
        operation.faults.append(Operation.Fault(code, message))
    }

    private mutating func readOperationID(_ place: Place) {
        guard let identifier = place["operationId"] else { return }
        operation.operationID = identifier.value.string
        guard operation.operationID == nil else { return }
        let message =
            "The operationId must be text, not of type \(identifier.value.kind); the name is made of method and path."
        report(.warning, .malformedOperationID, message, at: identifier.pointer)
    }

    /// False for TRACE, whose answer would hold the credentials of the call (RFC 9110, section 9.3.8).
    private mutating func checkMethod() -> Bool {
        guard operation.method == "TRACE" else { return true }
        fault(.unsupportedMethod, "Slipway does not make TRACE requests.")
        return false
    }

    /// False where nothing can be made of the path.
    private mutating func checkPath() -> Bool {
        guard item.path.utf8.count <= Self.longestPath else {
            fault(.invalidPath, "The path is longer than \(Self.longestPath) bytes.")
            return false
        }
        if item.path.contains("#") {
            let message = "The path \"\(item.path)\" has a fragment, which no request can carry; it is sent without."
            report(.warning, .invalidPath, message, at: item.pointer)
        } else if item.path.contains("?") {
            let message = "The path \"\(item.path)\" has a query of its own; it is sent as it is written."
            report(.note, .invalidPath, message, at: item.pointer)
        }
        if !item.path.hasPrefix("/") {
            let message = "The path \"\(item.path)\" should begin with \"/\"; it is read as \"/\(item.path)\"."
            report(.warning, .invalidPath, message, at: item.pointer)
        }
        return true
    }
}
