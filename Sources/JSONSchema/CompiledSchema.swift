package import JSON

/// A JSON Schema made ready to check values.
///
/// A schema is read in the draft that it names as its `$schema`: 2020-12, 2019-09, draft 7, 6 or 4 (``SchemaDraft``).
///
/// References are followed by index, never copied, and nothing is ever fetched: what a reference leads to is in the
/// schema's own document, in the registry, or is a draft's meta-schema. `format`, `contentEncoding` and
/// `contentMediaType` are annotations, as the specification has it by default.
///
/// A keyword with a value that makes no sense is left out with a warning, since a server must be able to offer the
/// tools of a document that is not perfect. A check never fails for lack of time or stack: see ``SchemaLimits``.
package struct CompiledSchema: Sendable {
    /// The keywords that are not checked, in the order of the schema.
    package let warnings: [SchemaWarning]
    let table: SchemaTable
    let root: Int
    let limits: SchemaLimits

    /// Compiles the schema that stands at a place of a document.
    ///
    /// - Parameters:
    ///   - document: A schema, or any document that holds one.
    ///   - pointer: Where the schema stands; a reference such as `#/components/schemas/Pet` begins at the document.
    ///   - baseURI: The address of the document, which relative references are resolved against.
    ///   - registry: Other documents by their absolute address, without a fragment. A meta-schema among them makes a
    ///     dialect of its own: that of the draft that it names itself, without what its `$vocabulary` leaves out.
    ///   - draft: What a document is taken to be written in where it names nothing.
    ///   - limits: What the schema and each check may cost.
    /// - Throws: ``SchemaError`` where a reference leads nowhere, where the schema names a draft that is not known, or
    ///   where it is beyond a limit.
    package init(
        _ document: JSONValue,
        at pointer: JSONPointer = JSONPointer(),
        baseURI: String = "",
        registry: [String: JSONValue] = [:],
        assuming draft: SchemaDraft = .draft202012,
        limits: SchemaLimits = SchemaLimits()
    ) throws(SchemaError) {
        var compiler = SchemaCompiler(registry: registry, draft: draft, limits: limits)
        root = try compiler.compile(document, at: pointer, baseURI: baseURI)
        table = compiler.table
        warnings = compiler.warnings
        self.limits = limits
    }

    /// What is wrong with a value; nothing where it is valid.
    ///
    /// At most as many errors as the limits allow, in the order of the schema.
    package func validate(_ instance: JSONValue) -> [ValidationError] {
        var quick = SchemaEvaluator(table: table, limits: limits, collects: false)
        if quick.accepts(instance, root) { return [] }
        if quick.isExhausted { return [.tooComplex] }
        var evaluator = SchemaEvaluator(table: table, limits: limits, collects: true)
        return evaluator.errors(of: instance, against: root)
    }

    /// Whether a value is valid; quicker than ``validate(_:)``, since it stops at the first error.
    package func isValid(_ instance: JSONValue) -> Bool {
        var evaluator = SchemaEvaluator(table: table, limits: limits, collects: false)
        return evaluator.accepts(instance, root)
    }
}
