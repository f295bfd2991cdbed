import JSON
import OpenAPI
import Vocabulary

/// The work of the compiler on one document.
struct Compilation {
    let source: Slug
    let serverVariable: String
    let limits: ToolCompiler.Limits
    var diagnostics: [Diagnostic] = []
    private(set) var tools: [ToolDefinition] = []
    private let document: Document
    private var schemas: SchemaLibrary
    private var answers: SchemaLibrary
    private var security: SecurityTable
    private var bytes = 0
    private var outputBytes = 0

    init(document: Document, operations: [Operation], source: Slug, limits: ToolCompiler.Limits) {
        self.document = document
        self.source = source
        serverVariable = VariableName.server(of: source)
        self.limits = limits
        schemas = SchemaLibrary(document: document, direction: .request)
        answers = SchemaLibrary(document: document, direction: .answer)
        let servers = operations.lazy.flatMap(\.server.variables).map {
            VariableName.server(variable: $0.name, of: source)
        }
        security = SecurityTable(document.securitySchemes, source: source, taken: Set(servers))
    }

    /// What was reported so far, the schemas' own diagnostics last.
    var allDiagnostics: [Diagnostic] {
        diagnostics + security.diagnostics + schemas.diagnostics + answers.diagnostics
    }

    mutating func add(_ operation: Operation, name: String, offeredName: String?, extensions: ToolExtensions) {
        guard !extensions.isSkipped else {
            let message = "\(operation.key.prefix(200)) is no tool, since the document says so."
            diagnostics.append(Diagnostic(.note, .operationSkipped, message, at: operation.pointer))
            return
        }
        diagnostics += operation.diagnostics + extensions.diagnostics
        guard bytes <= limits.totalBytes else {
            let message = "The tools before it take all the space that there is."
            return report([Operation.Fault(.inputSchemaTooLarge, message)], of: operation)
        }
        var faults = operation.faults
        let outputs = ToolOutputs(operation)
        var recipe = recipe(of: operation, faults: &faults)
        let operation = operation.without(credentials: recipe.security, diagnostics: &diagnostics)
        recipe.accept = outputs.accept
        let plan = bodyPlan(of: operation)
        var inputs = ToolInputs(operation: operation, body: plan, version: document.version)
        recipe.parameters = inputs.parameters
        recipe.body = inputs.body
        guard faults.isEmpty else { return report(faults, of: operation) }

        let inputSchema = inputs.schema(using: &schemas, limit: limits.toolBytes)
        diagnostics += inputs.diagnostics
        let fits = takes(inputs.size + operation.textSize + operation.server.size)
        guard let inputSchema, fits else {
            let message = "The schemas and texts of the operation are too large for a tool, or those of all tools are."
            return report([Operation.Fault(.inputSchemaTooLarge, message)], of: operation)
        }
        let texts = ToolTexts(operation: operation, extensions: extensions, body: plan)
        tools.append(
            ToolDefinition(
                urn: ToolURN(source: source, name: name),
                title: texts.title,
                description: texts.description,
                tags: extensions.tags ?? operation.tags,
                isDeprecated: operation.isDeprecated,
                inputSchema: inputSchema,
                outputSchema: outputSchema(outputs),
                annotations: extensions.annotations.over(ToolAnnotations(method: operation.method)),
                call: recipe,
                confirm: extensions.confirm,
                offeredName: offeredName
            )
        )
    }

    /// The schema of the answers, as long as those of all tools have room.
    private mutating func outputSchema(_ outputs: ToolOutputs) -> JSONObject? {
        let limit = min(limits.outputBytes, limits.totalOutputBytes - outputBytes)
        let schema = outputs.schema(using: &answers, in: document, limit: limit, diagnostics: &diagnostics)
        if let schema { outputBytes += JSONValue.object(schema).bytes.count }
        return schema
    }

    /// Where the call goes and what authorizes it.
    private mutating func recipe(of operation: Operation, faults: inout [Operation.Fault]) -> CallRecipe {
        CallRecipe(
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
            path: operation.requestPath,
            security: security.alternatives(for: operation, faults: &faults)
        )
    }

    /// How the body is made; none where the method has none.
    private mutating func bodyPlan(of operation: Operation) -> BodyPlan? {
        guard let body = operation.body else { return nil }
        if operation.method == "HEAD" {
            let message = "HEAD requests have no body; the tool is made without it."
            diagnostics.append(Diagnostic(.warning, .ignoredRequestBody, message, at: body.pointer))
            return nil
        }
        return BodyPlan(operation, in: document, isHidden: schemas.isHidden)
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
}

extension Operation.Server {
    /// Bytes of what is said about it, which each tool carries.
    fileprivate var size: Int {
        variables.reduce(url.utf8.count) { $0 + $1.values.reduce($1.defaultValue.utf8.count) { $0 + $1.utf8.count } }
    }
}

extension Operation {
    /// The operation without the parameters that are credentials of it: those come from the environment, and a call
    /// would refuse them.
    fileprivate func without(
        credentials security: [[CallRecipe.SecurityScheme]],
        diagnostics: inout [Diagnostic]
    ) -> Operation {
        let keys = security.joined().compactMap { scheme -> (name: String, location: String)? in
            guard case .apiKey(let name, let location) = scheme.kind else { return nil }
            return (name.lowercased(), location.rawValue)
        }
        guard !keys.isEmpty else { return self }
        var operation = self
        operation.parameters.removeAll { parameter in
            let isKey = keys.contains { key in
                key.location == parameter.location.rawValue && key.name == parameter.name.lowercased()
            }
            guard isKey else { return false }
            let message =
                "The parameter \"\(parameter.name)\" is a credential of a security scheme; it comes from the environment, "
                + "and is no argument."
            diagnostics.append(Diagnostic(.note, .credentialParameter, message, at: parameter.pointer))
            return true
        }
        return operation
    }
}

extension Operation {
    /// Bytes of what is said about the operation.
    fileprivate var textSize: Int {
        tags.reduce((description ?? "").utf8.count + (summary ?? "").utf8.count) { $0 + $1.utf8.count }
    }
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
