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

    init(document: Document, source: Slug, limits: ToolCompiler.Limits) {
        self.document = document
        self.source = source
        serverVariable = VariableName.server(of: source)
        self.limits = limits
        schemas = SchemaLibrary(document: document, direction: .request)
        answers = SchemaLibrary(document: document, direction: .answer)
        security = SecurityTable(document.securitySchemes, source: source)
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
        recipe.accept = outputs.accept
        let plan = bodyPlan(of: operation)
        var inputs = ToolInputs(operation: operation, body: plan, version: document.version)
        recipe.parameters = inputs.parameters
        recipe.body = inputs.body
        guard faults.isEmpty else { return report(faults, of: operation) }

        let inputSchema = inputs.schema(using: &schemas, limit: limits.toolBytes)
        diagnostics += inputs.diagnostics
        let fits = takes(inputs.size + operation.textSize)
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
                outputSchema: outputs.schema(
                    using: &answers,
                    limit: limits.outputBytes,
                    diagnostics: &diagnostics
                ),
                annotations: extensions.annotations.over(ToolAnnotations(method: operation.method)),
                call: recipe,
                confirm: extensions.confirm,
                offeredName: offeredName
            )
        )
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
