import JSON
import OpenAPI

/// The form in which a body is sent, by its media type.
enum BodyForm {
    case json
    /// `application/x-www-form-urlencoded`.
    case form
    case multipart
    /// The argument's text, as it is: plain text, XML, YAML, lines of JSON.
    case text
    /// Bytes.
    case binary

    /// The form of a media type with that schema; a type that nobody knows is told by its schema.
    init(_ mediaType: Operation.Body.MediaType, in document: Document) {
        let essence = mediaType.essence
        let shape = FileShape(mediaType.schema, in: document)
        if shape == .one, essence.hasSuffix("*") || essence.isEmpty {
            self = .binary
        } else if essence == "application/x-www-form-urlencoded" {
            self = .form
        } else if essence.hasPrefix("multipart/") {
            self = .multipart
        } else if mediaType.isJSON {
            self = .json
        } else if essence.hasPrefix("text/") || essence.hasSuffix("+xml") || essence.hasSuffix("+yaml")
            || Self.textual.contains(essence) || mediaType.isSequence
        {
            self = .text
        } else if shape == nil, mediaType.schema?.isObjectOrArray(in: document) == true {
            self = .json
        } else {
            self = .binary
        }
    }

    private static let textual: Set<String> = [
        "application/xml", "application/yaml", "application/x-yaml", "application/graphql", "application/javascript",
        "application/toml", "application/sql",
    ]

    /// The lower, the better a model can fill it in.
    private var rank: Int {
        switch self {
        case .json: 0
        case .form, .multipart: 1
        case .text: 2
        case .binary: 3
        }
    }

    /// The media type that is sent: of several the one that is easiest to fill in, and of those the plainest, by its name.
    /// In which order a document has them says nothing: it is an object.
    static func best(
        of mediaTypes: [Operation.Body.MediaType],
        in document: Document
    ) -> (mediaType: Operation.Body.MediaType, form: BodyForm)? {
        mediaTypes.map { ($0, BodyForm($0, in: document)) }
            .min { ($0.1.rank, $0.0.plainness, $0.0.name) < ($1.1.rank, $1.0.plainness, $1.0.name) }
    }
}

/// Whether a value is bytes, a list of values that are, or either of them.
enum FileShape {
    case one, many, either

    /// Nothing where the schema means neither (OpenAPI 3.0.4, 4.7.14.2; OpenAPI 3.1, 4.8.14.3).
    init?(_ place: Place?, in document: Document, depth: Int = 0) {
        guard depth < Self.deepest, let place = place?.target(in: document), let object = place.value.object else {
            return nil
        }
        if let choices = (object["anyOf"] ?? object["oneOf"])?.array {
            let shapes = choices.filter { $0["type"] != "null" }.prefix(Self.mostChoices).map { choice in
                FileShape(Place(choice, at: place.pointer), in: document, depth: depth + 1)
            }
            guard let first = shapes.first, let first, !shapes.contains(where: { $0 == nil }) else { return nil }
            self = shapes.allSatisfy { $0 == first } ? first : .either
            return
        }
        let types = object["type"]?.array?.compactMap(\.string) ?? object["type"]?.string.map { [$0] } ?? []
        let isEncoded = object["contentEncoding"] != nil
        if types.contains("array") {
            guard let items = object["items"] else { return nil }
            let item = FileShape(Place(items, at: place.pointer), in: document, depth: depth + 1)
            guard item == .one else { return nil }
            self = .many
        } else if types.contains("file")
            || (object["format"] == "binary" && (types.isEmpty || types.contains("string")))
            || (!isEncoded && object["contentMediaType"]?.string.map(Self.isBytes) == true)
        {
            self = .one
        } else {
            return nil
        }
    }

    /// Files are said plainly, where they are said.
    private static let deepest = 3
    private static let mostChoices = 10

    private static func isBytes(_ mediaType: String) -> Bool {
        let essence = mediaType.lowercased()
        return !essence.hasPrefix("text/") && !essence.hasPrefix("application/json") && !essence.hasSuffix("+json")
            && !essence.hasSuffix("xml")
    }
}

extension Place {
    /// What stands here once references are followed, and schemas that are nothing but another one; nothing where a
    /// reference leads nowhere.
    func target(in document: Document) -> Place? {
        var place = self
        for _ in 0..<Document.longestChain {
            guard let text = place.value["$ref"]?.string else {
                guard let lone = place.loneSchema else { return place }
                place = lone
                continue
            }
            guard case .local(let pointer) = Reference(text), let value = document[pointer] else { return nil }
            place = Place(value, at: pointer)
        }
        return nil
    }

    fileprivate func isObjectOrArray(in document: Document) -> Bool {
        guard let object = target(in: document)?.value.object else { return false }
        let value = JSONValue.object(object)
        return value.isOnly("object") || value.isOnly("array") || object["properties"] != nil || object["allOf"] != nil
    }
}

extension Operation.Body.MediaType {
    /// Type and subtype in lower case, without parameters.
    var essence: String {
        let essence = name.prefix { $0 != ";" }
        return essence.filter { $0 != " " && $0 != "\t" }.lowercased()
    }

    /// Whether a JSON value can be sent as this: `application/json`, `application/*+json`, `*/*`.
    var isJSON: Bool {
        let essence = essence
        return ["application/json", "text/json", "*/*", "application/*"].contains(essence) || essence.hasSuffix("+json")
    }

    /// The lower, the less a type says of its own: JSON or text as such before any other, ranges at the end.
    fileprivate var plainness: Int {
        if essence.contains("*") || essence.isEmpty { return 2 }
        return ["application/json", "text/plain", "application/octet-stream"].contains(essence) ? 0 : 1
    }

    /// Whether it is one JSON value after the other (OpenAPI 3.2, 4.14.3).
    var isSequence: Bool {
        ["application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json-seq"].contains(
            essence
        )
    }

    /// What the request says that it carries. A range is no type.
    func sentAs(_ form: BodyForm) -> String {
        guard essence.contains("*") || essence.isEmpty else { return name }
        return switch form {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .text: "text/plain"
        // The caller says which, by a data: URL.
        case .binary: name
        }
    }
}
