import JSON

/// Turns the subschemas of documents into a table.
///
/// Each subschema is read once; references become numbers.
struct SchemaCompiler {
    private(set) var table = SchemaTable()
    var warnings: [SchemaWarning] = []

    private let registry: [String: JSONValue]
    private let limits: SchemaLimits
    private var documents: [JSONValue] = []
    private var nodes: [Location: Int] = [:]
    private var resources: [String: Int] = [:]
    private var pending: [PendingReference] = []
    /// How many instructions the patterns of the schema may still have, all together.
    private var patternBudget = 20 * Pattern.largest

    private struct Location: Hashable {
        let document: Int
        let pointer: JSONPointer
    }

    private struct PendingReference {
        let number: Int
        let uri: URIReference
        let text: String
        let pointer: JSONPointer
    }

    init(registry: [String: JSONValue], limits: SchemaLimits) {
        self.registry = registry
        self.limits = limits
    }

    /// Compiles a schema and all that its references lead to; gives its index.
    mutating func compile(_ document: JSONValue, at pointer: JSONPointer, baseURI: String) throws(SchemaError) -> Int {
        let resource = addDocument(document, uri: URIReference(baseURI))
        let root = try node(at: pointer, of: resource) { "there is nothing at this place" }
        while let reference = pending.popLast() {
            table.targets[reference.number] = try target(of: reference)
        }
        return root
    }

    // MARK: - Documents and resources

    private mutating func addDocument(_ document: JSONValue, uri: URIReference) -> Int {
        documents.append(document)
        let resource = SchemaResource(uri: uri, document: documents.count - 1, location: JSONPointer())
        return addResource(resource, schema: document)
    }

    private mutating func addResource(_ resource: SchemaResource, schema: JSONValue) -> Int {
        var resource = resource
        resource.validates = validates(schema) ?? resource.validates
        table.resources.append(resource)
        let number = table.resources.count - 1
        let uri = resource.uri.document
        if resources[uri] == nil { resources[uri] = number }
        return number
    }

    /// Whether the dialect that a schema names has the vocabulary of validation; nothing where it names none that is
    /// known here (core, section 8.1.2).
    private func validates(_ schema: JSONValue) -> Bool? {
        guard let dialect = schema["$schema"]?.string,
            let vocabulary = registry[URIReference(dialect).document]?["$vocabulary"]?.object
        else { return nil }
        return vocabulary["https://json-schema.org/draft/2020-12/vocab/validation"] != nil
    }

    // MARK: - References

    private mutating func target(of reference: PendingReference) throws(SchemaError) -> Int {
        guard let resource = try resource(reference.uri.document), let fragment = reference.uri.decodedFragment else {
            throw SchemaError(
                message: "the reference \"\(reference.text)\" leads to a document that is not known",
                pointer: reference.pointer
            )
        }
        let missing = SchemaError(
            message: "the reference \"\(reference.text)\" leads to nothing",
            pointer: reference.pointer
        )
        if let pointer = JSONPointer(fragment) {
            let root = table.resources[resource].location
            return try node(at: JSONPointer(root.tokens + pointer.tokens), of: resource) { missing.message }
        }
        // An anchor is known once the whole resource has been read.
        _ = try node(at: table.resources[resource].location, of: resource) { missing.message }
        guard let anchored = table.resources[resource].anchors[fragment] else { throw missing }
        return anchored
    }

    private mutating func resource(_ uri: String) throws(SchemaError) -> Int? {
        if let known = resources[uri] { return known }
        guard let document = registry[uri] ?? MetaSchema.document(uri) else { return nil }
        let resource = addDocument(document, uri: URIReference(uri))
        // All of it, for the anchors and addresses inside.
        _ = try read(document, at: JSONPointer(), of: resource, nesting: 0)
        return resource
    }

    /// The subschema at a place of a resource's document, which is read now if it was not read yet: a reference may
    /// lead to where no keyword expects a schema, such as `components` of an OpenAPI document.
    private mutating func node(
        at pointer: JSONPointer,
        of resource: Int,
        orElse message: () -> String
    ) throws(SchemaError) -> Int {
        let document = table.resources[resource].document
        if let known = nodes[Location(document: document, pointer: pointer)] { return known }
        let root = table.resources[resource].location
        guard let schema = documents[document][pointer] else {
            throw SchemaError(message: message(), pointer: pointer)
        }
        return try read(schema, at: pointer, of: enclosing(pointer, root: root, or: resource), nesting: 0)
    }

    /// The resource of the nearest subschema around a place.
    private func enclosing(_ pointer: JSONPointer, root: JSONPointer, or resource: Int) -> Int {
        let document = table.resources[resource].document
        var tokens = pointer.tokens
        while tokens.count > root.tokens.count {
            tokens.removeLast()
            if let node = nodes[Location(document: document, pointer: JSONPointer(tokens))] {
                return table.nodes[node].resource
            }
        }
        return resource
    }
}

// MARK: - Subschemas

extension SchemaCompiler {
    /// Reads a subschema and all inside it; gives its index.
    mutating func read(
        _ schema: JSONValue,
        at location: JSONPointer,
        of enclosing: Int,
        nesting: Int
    ) throws(SchemaError) -> Int {
        guard nesting < limits.nesting else {
            throw SchemaError(message: "subschemas are nested deeper than \(limits.nesting) levels", pointer: location)
        }
        guard table.nodes.count < limits.subschemas else {
            throw SchemaError(message: "there are more than \(limits.subschemas) subschemas", pointer: location)
        }
        let document = table.resources[enclosing].document
        // The reader may have come by here on the way of a reference.
        if let known = nodes[Location(document: document, pointer: location)] { return known }
        let resource = identified(schema, at: location, in: enclosing)
        let id = table.nodes.count
        table.nodes.append(SchemaNode(resource: resource, location: location))
        nodes[Location(document: document, pointer: location)] = id
        switch schema {
        case .bool(let accepts):
            if !accepts { table.nodes[id].rules = [.never] }
        case .object(let object):
            anchor(object, id, in: resource)
            var reader = KeywordReader(object, at: location, of: resource, nesting: nesting)
            table.nodes[id].rules = try reader.rules(&self)
        default:
            warn("a schema must be an object or a Boolean, not \(schema.kind)", location)
        }
        return id
    }

    private mutating func identified(_ schema: JSONValue, at location: JSONPointer, in enclosing: Int) -> Int {
        guard let id = schema["$id"]?.string else { return enclosing }
        let outer = table.resources[enclosing]
        let uri = outer.uri.resolving(URIReference(id))
        if outer.location == location {
            // The document's own address; the one by which it was found stays valid beside it.
            table.resources[enclosing].uri = uri
            if resources[uri.document] == nil { resources[uri.document] = enclosing }
            return enclosing
        }
        var resource = SchemaResource(uri: uri, document: outer.document, location: location)
        resource.validates = outer.validates
        return addResource(resource, schema: schema)
    }

    private mutating func anchor(_ schema: JSONObject, _ id: Int, in resource: Int) {
        if let name = schema["$anchor"]?.string { table.resources[resource].anchors[name] = id }
        if let name = schema["$dynamicAnchor"]?.string {
            table.resources[resource].anchors[name] = id
            table.resources[resource].dynamicAnchors[name] = id
        }
    }

    // MARK: What the reader of keywords needs

    /// Whether the keywords of validation count in a resource.
    func validates(_ resource: Int) -> Bool { table.resources[resource].validates }

    mutating func warn(_ message: String, _ pointer: JSONPointer) {
        warnings.append(SchemaWarning(message: message, pointer: pointer))
    }

    /// Reads a pattern; one that is too large uses up as much as the largest.
    mutating func pattern(_ text: String) throws(Pattern.Failure) -> Pattern {
        let limit = min(Pattern.largest, patternBudget)
        do {
            let pattern = try Pattern(text, limit: limit)
            patternBudget -= pattern.size
            return pattern
        } catch {
            if error.isSize { patternBudget -= limit }
            throw error
        }
    }

    mutating func trackEvaluated() { table.tracksEvaluated = true }

    /// A number for a reference, which is followed when all around it has been read.
    mutating func reference(_ text: String, of resource: Int, at pointer: JSONPointer) -> Int {
        let number = table.targets.count
        table.targets.append(0)
        let uri = table.resources[resource].uri.resolving(URIReference(text))
        pending.append(PendingReference(number: number, uri: uri, text: text, pointer: pointer))
        return number
    }
}
