import JSON
package import OpenAPI
package import Vocabulary

/// Makes tool definitions of a document's operations: values in, values out.
///
/// Every operation becomes a tool or an error diagnostic whose pointer is that operation; none disappears, and no fault
/// of one stops another. The same document with the same previous names gives the same definitions, byte for byte.
///
/// The arguments of a tool are one flat object: a property for each parameter (`ArgumentNames` has the rule of names)
/// and the property `body` for a JSON body.
package struct ToolCompiler: Sendable {
    /// Rises when the same document compiles to other definitions, so that what an older compiler made is made anew at
    /// the next deployment.
    package static let version = 1

    /// How large definitions may be.
    package struct Limits: Sendable, Hashable {
        /// Bytes of the schemas and texts of one tool.
        package var toolBytes: Int
        /// Bytes of the schemas and texts of all tools together, since tools that share schemas each carry them.
        package var totalBytes: Int

        package init(toolBytes: Int = 2 << 20, totalBytes: Int = 64 << 20) {
            self.toolBytes = toolBytes
            self.totalBytes = totalBytes
        }
    }

    private let limits: Limits

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Compiles a document as that source.
    ///
    /// `previousNames` are ``CompiledSource/names`` of the last deployment: an operation with the same method and path
    /// keeps its name.
    package func compile(
        _ document: Document,
        source: Slug,
        previousNames: [String: String] = [:]
    ) -> CompiledSource {
        let listing = document.listing
        let names = ToolNames(operations: listing.operations, previous: previousNames)
        var compilation = Compilation(document: document, source: source, limits: limits)
        compilation.diagnostics += listing.diagnostics + names.diagnostics
        for operation in listing.operations {
            compilation.add(operation, name: names[operation])
        }
        return CompiledSource(
            tools: compilation.tools,
            diagnostics: Self.finished(compilation.allDiagnostics, document: document, source: source),
            names: names.names,
            operationCount: listing.operations.count
        )
    }

    /// Each once, with its source and its place in the text. Every error stays; of the others, a document that has
    /// thousands keeps the first.
    private static func finished(_ diagnostics: [Diagnostic], document: Document, source: Slug) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        var others = 0
        var kept = diagnostics.filter { diagnostic in
            guard seen.insert(diagnostic).inserted else { return false }
            if diagnostic.severity != .error { others += 1 }
            return diagnostic.severity == .error || others <= mostWarnings
        }
        if others > mostWarnings {
            let message = "\(others - mostWarnings) more warnings and notes are left out."
            kept.append(Diagnostic(.note, .diagnosticsOmitted, message, at: JSONPointer()))
        }
        return kept.map { diagnostic in
            var located = document.located(diagnostic)
            located.source = source
            return located
        }
    }

    private static let mostWarnings = 2000
}

extension Operation {
    /// Bytes of what is said about the operation.
    fileprivate var textSize: Int {
        tags.reduce((description ?? "").utf8.count + (summary ?? "").utf8.count) { $0 + $1.utf8.count }
    }
}

/// The work on one document.
private struct Compilation {
    let source: Slug
    let serverVariable: String
    let limits: ToolCompiler.Limits
    var diagnostics: [Diagnostic] = []
    private(set) var tools: [ToolDefinition] = []
    private var schemas: SchemaLibrary
    private var security: SecurityTable
    private var bytes = 0

    init(document: Document, source: Slug, limits: ToolCompiler.Limits) {
        self.source = source
        serverVariable = VariableName.server(of: source)
        self.limits = limits
        schemas = SchemaLibrary(document: document)
        security = SecurityTable(document.securitySchemes, source: source)
    }

    /// What was reported so far, the schemas' own diagnostics last.
    var allDiagnostics: [Diagnostic] { diagnostics + security.diagnostics + schemas.diagnostics }

    mutating func add(_ operation: Operation, name: String) {
        diagnostics += operation.diagnostics
        guard bytes <= limits.totalBytes else {
            let message = "The tools before it take all the space that there is."
            return report([Operation.Fault(.inputSchemaTooLarge, message)], of: operation)
        }
        var faults = operation.faults
        var recipe = CallRecipe(
            method: operation.method,
            server: operation.server.compiled(variable: serverVariable, into: &diagnostics),
            serverVariable: serverVariable,
            serverVariables: operation.server.variables.map { variable in
                CallRecipe.ServerVariable(
                    name: variable.name,
                    variable: VariableName.server(variable: variable.name, of: source),
                    defaultValue: variable.defaultValue,
                    values: variable.values
                )
            },
            path: operation.requestPath
        )
        recipe.security = security.alternatives(for: operation, faults: &faults)
        var inputs = ToolInputs(operation: operation, body: bodyMediaType(of: operation, faults: &faults))
        recipe.parameters = inputs.parameters
        recipe.body = inputs.body
        diagnostics += inputs.diagnostics
        guard faults.isEmpty else { return report(faults, of: operation) }

        let inputSchema = inputs.schema(using: &schemas, limit: limits.toolBytes)
        let fits = takes(inputs.size + operation.textSize)
        guard let inputSchema, fits else {
            let message = "The schemas and texts of the operation are too large for a tool, or those of all tools are."
            return report([Operation.Fault(.inputSchemaTooLarge, message)], of: operation)
        }
        let texts = ToolTexts(operation: operation)
        tools.append(
            ToolDefinition(
                urn: ToolURN(source: source, name: name),
                title: texts.title,
                description: texts.description,
                tags: operation.tags,
                isDeprecated: operation.isDeprecated,
                inputSchema: inputSchema,
                annotations: ToolAnnotations(method: operation.method),
                call: recipe
            )
        )
    }

    /// Whether a tool of that size fits. What does not fit counts too, so that many of them cannot take for ever.
    private mutating func takes(_ size: Int) -> Bool {
        let fits = size <= limits.toolBytes && bytes + size <= limits.totalBytes
        bytes += min(size, limits.toolBytes)
        return fits
    }

    private static let mostFaults = 5

    /// One error for the operation, whatever the number of its faults.
    private mutating func report(_ faults: [Operation.Fault], of operation: Operation) {
        guard let first = faults.first else { return }
        var messages: [String] = []
        for fault in faults where !messages.contains(fault.message) { messages.append(fault.message) }
        let reasons = messages.prefix(Self.mostFaults).joined(separator: " ")
        var message = "\(operation.key.prefix(200)) is no tool: \(reasons)"
        if messages.count > Self.mostFaults { message += " There are \(messages.count - Self.mostFaults) more faults." }
        diagnostics.append(Diagnostic(.error, first.code, message, at: operation.pointer))
    }

    /// The media type that the body is sent as, where there is one that can be.
    private mutating func bodyMediaType(
        of operation: Operation,
        faults: inout [Operation.Fault]
    ) -> Operation.Body.MediaType? {
        guard let body = operation.body else { return nil }
        if operation.method == "HEAD" {
            let message = "HEAD requests have no body; the tool is made without it."
            diagnostics.append(Diagnostic(.warning, .ignoredRequestBody, message, at: body.pointer))
            return nil
        }
        if let json = body.mediaTypes.first(where: \.isJSON) { return json }
        let names = body.mediaTypes.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let message = "The request body has no JSON form, only \(names)."
        if body.isRequired {
            faults.append(Operation.Fault(.unsupportedRequestBody, message))
        } else {
            let warning = message + " It is optional, so the tool is made without it."
            diagnostics.append(Diagnostic(.warning, .unsupportedRequestBody, warning, at: operation.pointer))
        }
        return nil
    }
}

extension Operation.Body.MediaType {
    /// Type and subtype in lower case, without parameters.
    private var essence: String {
        let essence = name.prefix { $0 != ";" }
        return essence.filter { $0 != " " && $0 != "\t" }.lowercased()
    }

    /// Whether a JSON value can be sent as this: `application/json`, `application/*+json`, `*/*`.
    fileprivate var isJSON: Bool {
        let essence = essence
        return ["application/json", "text/json", "*/*", "application/*"].contains(essence) || essence.hasSuffix("+json")
    }

    /// What the request says that it carries.
    var sentAs: String { essence.contains("*") ? "application/json" : name }
}

extension Operation.Server {
    /// The base URL of the recipe, and a warning, once for a server, where the environment must supply it.
    fileprivate func compiled(variable: String, into diagnostics: inout [Diagnostic]) -> String {
        if let problem {
            let message = "The server's address \(problem); set \(variable) in the environment."
            diagnostics.append(Diagnostic(.warning, .unusableServer, message, at: pointer))
        } else if !isAbsolute {
            let address = url.isEmpty ? "/" : url
            let message = "The server \"\(address)\" is no full address; set \(variable) in the environment."
            diagnostics.append(Diagnostic(.warning, .relativeServer, message, at: pointer))
        }
        return url
    }
}
