import JSON
import Vocabulary

/// Reads one operation.
struct OperationReader {
    /// More than any real operation has, and few enough for every step to be quick.
    static let mostParameters = 1000
    private static let longestPath = 4096
    private static let longestMethod = 40

    let document: Document
    let item: PathItem
    var operation: Operation
    private let place: Place?

    init(document: Document, item: PathItem, entry: PathItem.Entry) {
        self.document = document
        self.item = item
        place = entry.place
        let root = Place(document.root, at: JSONPointer())
        let isSwagger = document.version == .v20
        operation = Operation(
            method: entry.method,
            path: item.path,
            pointer: entry.pointer,
            server: isSwagger
                ? Operation.Server(swagger: root, schemes: place?["schemes"])
                : Operation.Server(firstOf: [place?["servers"], item["servers"], root["servers"]]),
            security: Operation.Security(Self.requirements(of: place) ?? root["security"], in: document)
        )
        noteSecurity()
    }

    /// What the operation says it needs, where that is a list: nothing else may take away what the document needs.
    private static func requirements(of place: Place?) -> Place? {
        place?["security"].flatMap { $0.value.array == nil ? nil : $0 }
    }

    private mutating func noteSecurity() {
        let root = Place(document.root, at: JSONPointer())
        for written in [place?["security"], root["security"]].compactMap(\.self) where written.value.array == nil {
            let message =
                "\"security\" must be a list, not of type \(written.value.kind); what the document needs holds."
            report(.warning, .malformedSecurity, message, at: written.pointer)
        }
    }

    mutating func read() {
        guard let place, let object = place.value.object else {
            fault(.malformedOperation, "An operation must be an object.")
            return
        }
        readOperationID(place)
        readTexts(object)
        operation.tags = (object["tags"]?.array ?? []).compactMap(\.string)
        operation.isDeprecated = object["deprecated"]?.bool ?? false
        readExtensions(place)
        guard checkMethod(), checkPath() else { return }
        if document.version == .v20 {
            readSwagger(place)
        } else {
            readParameters(place)
            if let body = place["requestBody"] { readBody(body) }
            readResponses(place)
        }
        if let callbacks = place["callbacks"], callbacks.value.object?.isEmpty == false {
            let message = "Callbacks are calls that others make; the tool is made without them."
            report(.note, .callbacksIgnored, message, at: callbacks.pointer)
        }
    }

    /// What a path item says is said of all its operations (OpenAPI 3.1, 4.8.9); it counts where an operation itself
    /// says nothing.
    private mutating func readTexts(_ object: JSONObject) {
        operation.summary = object["summary"]?.string
        operation.description = object["description"]?.string
        guard operation.summary == nil, operation.description == nil else { return }
        operation.summary = item["summary"]?.value.string
        operation.description = item["description"]?.value.string
    }

    /// A place for people.
    func named(_ pointer: JSONPointer) -> String { FileTree.name(of: pointer) }

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

    /// False for TRACE, whose answer would hold the credentials of the call (RFC 9110, section 9.3.8), for CONNECT,
    /// which is made of a proxy (section 9.3.6), and for what is no method (section 9.1).
    private mutating func checkMethod() -> Bool {
        let method = operation.method
        let isToken = method.utf8.allSatisfy { PathItem.isTokenCharacter($0) }
        guard isToken, (1...Self.longestMethod).contains(method.utf8.count) else {
            fault(.unsupportedMethod, "\"\(method.prefix(Self.longestMethod))\" is no name that a method may have.")
            return false
        }
        guard !["TRACE", "CONNECT"].contains(method.uppercased()) else {
            fault(.unsupportedMethod, "Slipway does not make \(method.uppercased()) requests.")
            return false
        }
        return true
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
