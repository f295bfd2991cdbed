import JSON

/// Turns the subschemas of documents into a table.
///
/// Each subschema is read once; references become numbers.
struct SchemaCompiler {
    private(set) var table = SchemaTable()
    var warnings: [SchemaWarning] = []

    private let registry: [String: JSONValue]
    /// What a document is written in that does not say it.
    private let draft: SchemaDraft
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

    init(registry: [String: JSONValue], draft: SchemaDraft, limits: SchemaLimits) {
        self.registry = registry
        self.draft = draft
        self.limits = limits
    }

    /// Compiles a schema and all that its references lead to; gives its index.
    mutating func compile(_ document: JSONValue, at pointer: JSONPointer, baseURI: String) throws(SchemaError) -> Int {
        // What a document says that only holds the schema is not about the schema.
        let dialect = try dialect(of: document[pointer] ?? .null, at: pointer)
        let resource = addDocument(document, dialect, uri: URIReference(baseURI))
        let root = try node(at: pointer, of: resource) { "there is nothing at this place" }
        while let reference = pending.popLast() {
            table.targets[reference.number] = try target(of: reference)
        }
        return root
    }

    // MARK: - Documents and resources

    private mutating func addDocument(_ document: JSONValue, _ dialect: Dialect?, uri: URIReference) -> Int {
        documents.append(document)
        var resource = SchemaResource(
            uri: uri,
            document: documents.count - 1,
            location: JSONPointer(),
            draft: dialect?.draft ?? draft
        )
        resource.isRecursive = document["$recursiveAnchor"] == true
        resource.validates = dialect?.validates ?? true
        return addResource(resource)
    }

    private mutating func addResource(_ resource: SchemaResource) -> Int {
        table.resources.append(resource)
        let number = table.resources.count - 1
        let uri = resource.uri.document
        if resources[uri] == nil { resources[uri] = number }
        return number
    }

    /// What keywords mean, and whether those of validation have a meaning.
    private struct Dialect {
        let draft: SchemaDraft
        let validates: Bool
    }

    /// The dialect that a schema names; nothing where it names none (2020-12, core, sections 8.1.1 and 8.1.2).
    private func dialect(of schema: JSONValue, at pointer: JSONPointer) throws(SchemaError) -> Dialect? {
        guard let address = schema["$schema"]?.string else { return nil }
        if let draft = SchemaDraft(address: address) { return Dialect(draft: draft, validates: true) }
        guard let own = registry[URIReference(address).document] else {
            throw SchemaError(message: SchemaDraft.unknown(address).message, pointer: pointer.appending("$schema"))
        }
        let draft = own["$schema"]?.string.flatMap(SchemaDraft.init(address:)) ?? draft
        guard let vocabulary = own["$vocabulary"]?.object else { return Dialect(draft: draft, validates: true) }
        return Dialect(draft: draft, validates: vocabulary[draft.validationVocabulary] != nil)
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
        let dialect = try dialect(of: document, at: JSONPointer())
        let resource = addDocument(document, dialect, uri: URIReference(uri))
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
        guard case .object(let original) = schema else {
            return add(schema, at: location, of: enclosing)
        }
        let dialect = try embeddedDialect(of: original, at: location, in: enclosing)
        let draft = dialect?.draft ?? table.resources[enclosing].draft
        let resource = identified(original, dialect, at: location, in: enclosing)
        let object = draft.keywords(
            of: original,
            isRoot: table.resources[resource].location == location,
            isRecursive: table.resources[resource].isRecursive
        )
        let id = add(schema, at: location, of: resource)
        for keyword in draft.foreignKeywords(of: original) {
            warn("\"\(keyword)\" is not checked: it has no meaning in \(draft.name)", location.appending(keyword))
        }
        table.nodes[id].title = object["title"]?.string?.shortened(60)
        table.nodes[id].example = SchemaNode.Example(object["examples"]?.array?.first ?? object["example"])
        anchor(object, id, in: resource)
        var reader = KeywordReader(object, from: original, in: draft, at: location, of: resource, nesting: nesting)
        table.nodes[id].rules = try reader.rules(&self)
        return id
    }

    private mutating func add(_ schema: JSONValue, at location: JSONPointer, of resource: Int) -> Int {
        let id = table.nodes.count
        table.nodes.append(SchemaNode(resource: resource, location: location))
        nodes[Location(document: table.resources[resource].document, pointer: location)] = id
        switch schema {
        case .bool(false): table.nodes[id].rules = [.never]
        case .bool, .object: break
        default: warn("a schema must be an object or a Boolean, not \(schema.kind)", location)
        }
        return id
    }

    /// The dialect that an object names that has an address of its own; any other speaks that of what is around it.
    private func embeddedDialect(
        of object: JSONObject,
        at location: JSONPointer,
        in enclosing: Int
    ) throws(SchemaError) -> Dialect? {
        guard object["$schema"] != nil, table.resources[enclosing].location != location,
            SchemaDraft.allCases.contains(where: { $0.identifier(of: object).id != nil })
        else { return nil }
        return try dialect(of: .object(object), at: location)
    }

    private mutating func identified(
        _ schema: JSONObject,
        _ dialect: Dialect?,
        at location: JSONPointer,
        in enclosing: Int
    ) -> Int {
        let outer = table.resources[enclosing]
        let draft = dialect?.draft ?? outer.draft
        guard let id = draft.identifier(of: schema).id else { return enclosing }
        let uri = outer.uri.resolving(URIReference(id))
        if outer.location == location {
            // The document's own address; the one by which it was found stays valid beside it.
            table.resources[enclosing].uri = uri
            if resources[uri.document] == nil { resources[uri.document] = enclosing }
            return enclosing
        }
        var resource = SchemaResource(uri: uri, document: outer.document, location: location, draft: draft)
        resource.isRecursive = schema["$recursiveAnchor"] == true
        resource.validates = dialect?.validates ?? outer.validates
        return addResource(resource)
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
