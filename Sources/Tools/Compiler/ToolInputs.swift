import JSON
import OpenAPI
import Vocabulary

/// The arguments of one tool: their schema, and where each goes.
struct ToolInputs {
    private let operation: Operation
    private let plan: BodyPlan?
    private let names: ArgumentNames
    private(set) var parameters: [CallRecipe.Parameter] = []
    private(set) var body: CallRecipe.Body?
    private(set) var diagnostics: [Diagnostic] = []
    /// Bytes of the schemas, about.
    private(set) var size = 0

    init(operation: Operation, body plan: BodyPlan?, version: Document.Version) {
        self.operation = operation
        self.plan = plan
        let isTakenApart = plan?.isTakenApart ?? false
        let members = plan?.members.map(\.name) ?? []
        names = ArgumentNames(
            operation.parameters,
            members: members,
            files: isTakenApart ? members.filter { plan?.files[$0] == .one } : [],
            hasBody: plan != nil && !isTakenApart
        )
        parameters = operation.parameters.map { recipe(of: $0, version: version) }
        body = plan?.recipe(names: names)
        diagnostics += plan?.diagnostics ?? []
    }

    /// The input schema, with everything that it refers to in its `$defs`; nothing where ``size`` exceeds the limit.
    mutating func schema(using library: inout SchemaLibrary, limit: Int) -> JSONObject? {
        var arguments = ArgumentSchemas()
        for parameter in operation.parameters {
            let places = [parameter.schema].compactMap(\.self)
            var schema = arguments.compile(places, using: &library).described(parameter.description)
            if parameter.isDeprecated { schema["deprecated"] = true }
            schema = schema.titled(parameter.name)
            arguments.add(names[parameter], schema, headerHint: parameter.headerHint, at: parameter.pointer)
        }
        if let plan {
            if plan.isTakenApart {
                addMembers(of: plan, to: &arguments, using: &library)
            } else {
                addWhole(plan, to: &arguments, using: &library)
            }
        }
        diagnostics += arguments.diagnostics
        let closure = library.closure(of: arguments.references, limit: limit)
        size = arguments.size + closure.size
        guard size <= limit else { return nil }

        var schema: JSONObject = ["type": "object", "properties": .object(arguments.properties)]
        let required = requiredArguments
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        if let rule = dependentArguments { schema["dependentRequired"] = .object(rule) }
        schema["additionalProperties"] = false
        if !closure.identifiers.isEmpty { schema["$defs"] = .object(library.definitions(closure.identifiers)) }
        return schema
    }

    private func addMembers(
        of plan: BodyPlan,
        to arguments: inout ArgumentSchemas,
        using library: inout SchemaLibrary
    ) {
        for member in plan.members {
            let pointer = member.places.first?.pointer ?? operation.pointer
            let name = names[.member(member.name)]
            guard let shape = plan.files[member.name] else {
                let schema = arguments.compile(member.places, using: &library)
                let hint = member.places.lazy.compactMap { $0.value["x-mcp-header"] }.first
                arguments.add(name, schema.titled(member.name), headerHint: hint, at: pointer)
                continue
            }
            let schema = JSONObject(bytes: shape, for: member.places.first, in: library.document)
            arguments.add(name, schema, headerHint: nil, at: pointer)
            guard shape == .one else { continue }
            let fileName: JSONObject = [
                "type": "string", "description": .string("Name of the file in \"\(name)\"."),
            ]
            arguments.add(names[.fileName(member.name)], fileName, headerHint: nil, at: pointer)
        }
    }

    private mutating func noteText(_ plan: BodyPlan, saysMore: Bool) {
        guard saysMore else { return }
        let message = "The body is \"\(plan.mediaType.name)\", which the caller writes as text; its schema is left out."
        diagnostics.append(Diagnostic(.note, .bodyAsText, message, at: plan.body.pointer))
    }

    private mutating func addWhole(
        _ plan: BodyPlan,
        to arguments: inout ArgumentSchemas,
        using library: inout SchemaLibrary
    ) {
        var schema: JSONObject
        let place = plan.mediaType.schema
        switch plan.form {
        case .binary:
            schema = JSONObject(bytes: .one, for: place, in: library.document)
            let type = plan.mediaType.sentAs(.binary)
            if !type.contains("*") { schema["contentMediaType"] = .string(type) }
        case .text where plan.mediaType.isSequence && place.isList(in: library.document):
            schema = arguments.compile([place].compactMap(\.self), using: &library)
        case .text where plan.mediaType.isSequence && place == nil && plan.mediaType.itemSchema != nil:
            let items = arguments.compile([plan.mediaType.itemSchema].compactMap(\.self), using: &library)
            schema = ["type": "array", "items": .object(items)]
        case .text where place?.target(in: library.document)?.value.isOnly("string") != true:
            let target = place?.target(in: library.document)?.value
            schema = ["type": "string", "contentMediaType": .string(plan.mediaType.sentAs(.text))]
            for keyword in ["title", "description"] { schema[keyword] = place?.value[keyword] ?? target?[keyword] }
            noteText(plan, saysMore: target?["properties"] != nil || target?["items"] != nil)
        default:
            schema = arguments.compile([place].compactMap(\.self), using: &library)
        }
        let described = schema.described(plan.body.description)
        arguments.add(ArgumentNames.body, described, headerHint: nil, at: plan.body.pointer)
    }

    private var requiredArguments: [String] {
        var required = parameters.filter(\.isRequired).map(\.argument)
        guard let body, body.isRequired else { return required }
        switch body.content {
        case .argument(let name): required.append(name)
        case .members(let members): required += members.filter(\.isRequired).map(\.argument)
        }
        return required
    }

    /// Of a body that may be left out: what must be given as soon as any of it is.
    private var dependentArguments: JSONObject? {
        guard let body, !body.isRequired, case .members(let members) = body.content else { return nil }
        let required = members.filter(\.isRequired).map(\.argument)
        var rule = JSONObject()
        for member in members {
            let others = required.filter { $0 != member.argument }
            if !others.isEmpty { rule[member.argument] = JSONValue(others) }
        }
        return rule.isEmpty ? nil : rule
    }

    /// How a parameter is written, by OpenAPI's defaults where the document is silent (OpenAPI 3.1, 4.8.12.2).
    private mutating func recipe(
        of parameter: Operation.Parameter,
        version: Document.Version
    ) -> CallRecipe.Parameter {
        let location = CallRecipe.Parameter.Location(parameter.location)
        var style = location.defaultStyle
        if let written = parameter.style {
            let styles = location.styles(in: version)
            if let known = CallRecipe.Parameter.Style(rawValue: written), styles.contains(known) {
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
            explode: parameter.explode ?? (style == .form || style == .cookie),
            isRequired: parameter.isRequired,
            allowsReserved: parameter.allowsReserved,
            contentType: parameter.contentType
        )
    }
}

extension Place? {
    fileprivate func isList(in document: Document) -> Bool {
        self?.target(in: document)?.value.isOnly("array") ?? false
    }
}

extension Operation.Parameter {
    /// The header that a client repeats the argument in (MCP 2026-07-28, `x-mcp-header`).
    fileprivate var headerHint: JSONValue? { extensions["x-mcp-header"] ?? schema?.value["x-mcp-header"] }
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

    /// The styles that a place has (OpenAPI 3.1, 4.8.12.3; OpenAPI 3.2, 4.12.3). In Swagger 2.0 lists have the same
    /// separators everywhere.
    fileprivate func styles(in version: Document.Version) -> [CallRecipe.Parameter.Style] {
        let separated: [CallRecipe.Parameter.Style] =
            version == .v20 ? [.spaceDelimited, .pipeDelimited, .tabDelimited] : []
        return switch self {
        case .path: [.simple, .label, .matrix] + separated
        case .query: version == .v20 ? [.form] + separated : [.form, .spaceDelimited, .pipeDelimited, .deepObject]
        case .header: [.simple] + separated
        case .cookie: version >= .v32 ? [.form, .cookie] : [.form]
        case .querystring: [.form]
        }
    }

    fileprivate var defaultStyle: CallRecipe.Parameter.Style {
        switch self {
        case .path, .header: .simple
        case .query, .cookie, .querystring: .form
        }
    }
}
