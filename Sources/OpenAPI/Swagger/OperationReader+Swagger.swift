import JSON
import Vocabulary

extension OperationReader {
    private static let form = "application/x-www-form-urlencoded"
    private static let multipart = "multipart/form-data"

    /// Reads what Swagger 2.0 says in its own way: one list of parameters, of which some are the body (Swagger 2.0,
    /// Operation Object).
    mutating func readSwagger(_ place: Place) {
        let locations: Set = ["path", "query", "header", "body", "formData"]
        let written = mergedParameters(place, locations: locations)
        let parameters = written.compactMap { swaggerParameter($0) }
        operation.parameters = matchedWithPath(parameters.filter { !isIgnoredHeader($0) })
        readSwaggerBody(
            written.first { $0.location == "body" },
            fields: written.filter { $0.location == "formData" },
            consumes: mediaTypeNames("consumes", place)
        )
        readSwaggerResponses(place)
    }

    /// What the operation consumes or produces, else what all operations do; an empty list of its own is an answer.
    private func mediaTypeNames(_ key: String, _ place: Place) -> [String] {
        let list = place[key]?.value ?? document.root[key]
        return list?.array?.compactMap(\.string) ?? list?.string.map { [$0] } ?? []
    }

    private mutating func swaggerParameter(_ written: WrittenParameter) -> Operation.Parameter? {
        guard let location = Operation.Parameter.Location(rawValue: written.location) else { return nil }
        let place = written.place
        let format = collectionFormat(of: written)
        return Operation.Parameter(
            name: written.name,
            location: location,
            description: place.value["description"]?.string,
            isRequired: location == .path || place.value["required"]?.bool ?? false,
            isDeprecated: place.value["deprecated"]?.bool ?? false,
            style: format?.style(isList: location != .query),
            explode: format.map { $0 == .multi },
            schema: SwaggerSchema.schema(ofParameter: place),
            pointer: place.pointer,
            extensions: place.value.extensions
        )
    }

    /// How an array is written; nothing where the parameter is no array. What cannot be written so is `csv`, with a
    /// warning.
    private mutating func collectionFormat(of parameter: WrittenParameter) -> CollectionFormat? {
        let value = parameter.place.value
        guard value["type"] == "array" else { return nil }
        if value["items"]?["type"] == "array" {
            let message = "\"\(parameter.name)\" is a list of lists; only the outer one is written with its separator."
            report(.warning, .unsupportedStyle, message, at: parameter.place.pointer)
        }
        guard let written = value["collectionFormat"] else { return .csv }
        let isRepeatable = ["query", "formData"].contains(parameter.location)
        if let format = written.string.flatMap(CollectionFormat.init(rawValue:)), format != .multi || isRepeatable {
            return format
        }
        let text = written.string ?? written.text
        let message =
            "The collectionFormat \"\(text)\" does not exist for \(parameter.location) parameters; "
            + "\"\(parameter.name)\" is written as \"csv\"."
        report(.warning, .unsupportedStyle, message, at: parameter.place.pointer)
        return .csv
    }
}

// MARK: - Bodies

extension OperationReader {
    private mutating func readSwaggerBody(
        _ body: WrittenParameter?,
        fields: [WrittenParameter],
        consumes: [String]
    ) {
        if let body, let field = fields.first {
            let message = "The body \"\(body.name)\" and the form field \"\(field.name)\" cannot both be sent."
            return fault(.malformedRequestBody, message)
        }
        if let body {
            operation.body = Operation.Body(
                description: body.place.value["description"]?.string,
                isRequired: body.place.value["required"]?.bool ?? false,
                mediaTypes: (consumes.isEmpty ? ["application/json"] : consumes).map {
                    Operation.Body.MediaType(name: $0, schema: body.place["schema"])
                },
                pointer: body.place.pointer
            )
        } else if !fields.isEmpty {
            readForm(fields, consumes: consumes)
        }
    }

    /// A form is one object, of which each field is a member. It goes out as what the operation consumes of the two
    /// kinds of form; where it says neither, as multipart if there is a file, else urlencoded.
    private mutating func readForm(_ fields: [WrittenParameter], consumes: [String]) {
        var properties = JSONObject()
        var required: [String] = []
        var formats: [String: CollectionFormat] = [:]
        for field in fields {
            var schema = SwaggerSchema.schema(ofParameter: field.place).value.object ?? [:]
            if let description = field.place.value["description"] { schema["description"] = description }
            properties[field.name] = .object(schema)
            if field.place.value["required"]?.bool == true { required.append(field.name) }
            formats[field.name] = collectionFormat(of: field)
        }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object["required"] = JSONValue(required) }
        let pointer = operation.pointer.appending("parameters")
        let hasFile = fields.contains { $0.place.value["type"] == "file" }
        var names = consumes.filter { $0.hasPrefix(Self.form) || $0.hasPrefix(Self.multipart) }
        if names.isEmpty { names = [hasFile ? Self.multipart : Self.form] }
        operation.body = Operation.Body(
            description: nil,
            isRequired: !required.isEmpty,
            mediaTypes: names.map { name in
                Operation.Body.MediaType(
                    name: name,
                    schema: Place(.object(object), at: pointer),
                    // A field that is repeated is what OpenAPI 3 does by itself.
                    encodings: formats.filter { $0.value != .multi }.mapValues { format in
                        Operation.Body.Encoding(style: format.style(isList: false), explode: false)
                    }
                )
            },
            pointer: pointer
        )
    }

    private mutating func readSwaggerResponses(_ place: Place) {
        guard let responses = place["responses"] else { return }
        guard let object = responses.value.object else {
            let message = "\"responses\" must be an object, not of type \(responses.value.kind)."
            return report(.warning, .malformedResponse, message, at: responses.pointer)
        }
        let produces = mediaTypeNames("produces", place)
        for (status, value) in object where !status.hasPrefix("x-") {
            let written = Place(value, at: responses.pointer.appending(status))
            guard let response = followed(written) else { continue }
            guard response.value.object != nil else {
                let message = "The response \"\(status)\" must be an object, not of type \(response.value.kind)."
                report(.warning, .malformedResponse, message, at: written.pointer)
                continue
            }
            operation.responses.append(
                Operation.Response(
                    status: status,
                    description: response.value["description"]?.string,
                    mediaTypes: response["schema"].map { schema in
                        (produces.isEmpty ? ["*/*"] : produces).map {
                            Operation.Body.MediaType(name: $0, schema: schema)
                        }
                    } ?? [],
                    pointer: response.pointer
                )
            )
        }
    }
}

/// How Swagger 2.0 writes an array (Swagger 2.0, Parameter Object, `collectionFormat`).
private enum CollectionFormat: String {
    case csv, ssv, tsv, pipes, multi

    /// The style that writes it so; of `tsv`, which OpenAPI 3 does not have, `tabDelimited`. A list of values stands
    /// alone in a path and a header, and has its name beside it elsewhere.
    func style(isList: Bool) -> String {
        switch self {
        case .csv, .multi: isList ? "simple" : "form"
        case .ssv: "spaceDelimited"
        case .tsv: "tabDelimited"
        case .pipes: "pipeDelimited"
        }
    }
}
