import JSON
import OpenAPI
import Vocabulary

/// The arguments of one tool: their schema, and where each goes.
struct ToolInputs {
    private let operation: Operation
    private let mediaType: Operation.Body.MediaType?
    private let names: ArgumentNames
    private(set) var parameters: [CallRecipe.Parameter] = []
    private(set) var body: CallRecipe.Body?
    private(set) var diagnostics: [Diagnostic] = []
    /// Bytes of the schemas, about.
    private(set) var size = 0

    init(operation: Operation, body mediaType: Operation.Body.MediaType?) {
        self.operation = operation
        self.mediaType = mediaType
        names = ArgumentNames(operation.parameters, hasBody: mediaType != nil)
        parameters = operation.parameters.map { recipe(of: $0) }
        if let mediaType, let body = operation.body {
            self.body = CallRecipe.Body(
                content: .argument(ArgumentNames.body),
                contentType: mediaType.sentAs,
                isRequired: body.isRequired
            )
        }
    }

    /// The input schema, with everything that it refers to in its `$defs`; nothing where ``size`` exceeds the limit.
    mutating func schema(using library: inout SchemaLibrary, limit: Int) -> JSONObject? {
        var properties = JSONObject()
        var references: Set<Int> = []
        for parameter in operation.parameters {
            let compiled = library.compile(parameter.schema)
            references.formUnion(compiled.references)
            size += compiled.size
            var schema = compiled.schema.described(parameter.description)
            if parameter.isDeprecated { schema["deprecated"] = true }
            properties[names[parameter]] = .object(schema)
        }
        if let mediaType, let body = operation.body {
            let compiled = library.compile(mediaType.schema)
            references.formUnion(compiled.references)
            size += compiled.size
            properties[ArgumentNames.body] = .object(compiled.schema.described(body.description))
        }
        let closure = library.closure(of: references, limit: limit)
        size += closure.size
        guard size <= limit else { return nil }

        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = requiredArguments
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        schema["additionalProperties"] = false
        if !closure.identifiers.isEmpty { schema["$defs"] = .object(library.definitions(closure.identifiers)) }
        return schema
    }

    private var requiredArguments: [String] {
        var required = parameters.filter(\.isRequired).map(\.argument)
        if let body, body.isRequired { required.append(ArgumentNames.body) }
        return required
    }

    /// How a parameter is written, by OpenAPI's defaults where the document is silent (OpenAPI 3.1, 4.8.12.2).
    private mutating func recipe(of parameter: Operation.Parameter) -> CallRecipe.Parameter {
        let location = CallRecipe.Parameter.Location(parameter.location)
        var style = location.defaultStyle
        if let written = parameter.style {
            if let known = CallRecipe.Parameter.Style(rawValue: written), location.styles.contains(known) {
                style = known
            } else {
                let message =
                    "The style \"\(written)\" does not exist for \(location.rawValue) parameters; "
                    + "\"\(parameter.name)\" is written as \"\(style.rawValue)\"."
                diagnostics.append(Diagnostic(.warning, .unsupportedStyle, message, at: parameter.pointer))
            }
        }
        return CallRecipe.Parameter(
            argument: names[parameter],
            name: parameter.name,
            location: location,
            style: style,
            explode: parameter.explode ?? (style == .form),
            isRequired: parameter.isRequired,
            allowsReserved: parameter.allowsReserved,
            contentType: parameter.contentType
        )
    }
}

extension CallRecipe.Parameter.Location {
    init(_ location: Operation.Parameter.Location) {
        switch location {
        case .path: self = .path
        case .query: self = .query
        case .header: self = .header
        case .cookie: self = .cookie
        case .querystring: self = .querystring
        }
    }

    fileprivate var styles: [CallRecipe.Parameter.Style] {
        switch self {
        case .path: [.simple, .label, .matrix]
        case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
        case .header: [.simple]
        case .cookie, .querystring: [.form]
        }
    }

    fileprivate var defaultStyle: CallRecipe.Parameter.Style {
        switch self {
        case .path, .header: .simple
        case .query, .cookie, .querystring: .form
        }
    }
}

extension JSONValue {
    /// This schema as an object with a description, which replaces its own; a `$ref` may have siblings in 2020-12.
    fileprivate func described(_ description: String?) -> JSONObject {
        var schema: JSONObject =
            switch self {
            case .object(let object): object
            case .bool(false): ["not": [:]]
            default: [:]
            }
        if let description, !description.isEmpty { schema["description"] = .string(description) }
        return schema
    }
}
