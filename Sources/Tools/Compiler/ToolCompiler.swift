import JSON
package import OpenAPI
package import Vocabulary

/// Makes tool definitions of a document's operations: values in, values out.
///
/// Every operation becomes a tool, or an error diagnostic whose pointer is that operation, or, where the document wants
/// no tool of it, a note `operation_skipped`; none disappears, and no fault of one stops another. The same document with
/// the same previous names gives the same definitions, byte for byte.
///
/// The arguments of a tool are one flat object: a property for each parameter and for each member of a body that is an
/// object, or the property `body` for any other (`ArgumentNames` has the rule of names, `BodyMembers` that of bodies).
package struct ToolCompiler: Sendable {
    /// Rises when the same document compiles to other definitions, so that what an older compiler made is made anew at
    /// the next deployment.
    package static let version = 3

    /// How large definitions may be.
    package struct Limits: Sendable, Hashable {
        /// Bytes of the schemas and texts of one tool.
        package var toolBytes: Int
        /// Bytes of the schemas and texts of all tools together, since tools that share schemas each carry them.
        package var totalBytes: Int
        /// Bytes of the schema of one tool's answers; a larger one is left out.
        package var outputBytes: Int
        /// Bytes of the schemas of all answers together; those behind are left out.
        package var totalOutputBytes: Int

        package init(
            toolBytes: Int = 2 << 20,
            totalBytes: Int = 64 << 20,
            outputBytes: Int = 64 << 10,
            totalOutputBytes: Int = 16 << 20
        ) {
            self.toolBytes = toolBytes
            self.totalBytes = totalBytes
            self.outputBytes = outputBytes
            self.totalOutputBytes = totalOutputBytes
        }
    }

    private let limits: Limits

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Compiles a document as that source.
    ///
    /// `previousNames` are ``CompiledSource/names`` of the deployments before: an operation with the same method and
    /// path keeps its name.
    package func compile(
        _ document: Document,
        source: Slug,
        previousNames: [String: String] = [:]
    ) -> CompiledSource {
        let listing = document.listing
        let extensions = listing.operations.map { ToolExtensions($0, in: document) }
        let given = zip(listing.operations, extensions).compactMap { operation, said in
            said.name.map { (operation.key, $0) }
        }
        let names = ToolNames(
            operations: listing.operations,
            previous: previousNames,
            given: Dictionary(given, uniquingKeysWith: { first, _ in first })
        )
        var compilation = Compilation(
            document: document,
            operations: listing.operations,
            source: source,
            limits: limits
        )
        compilation.diagnostics += listing.diagnostics + names.diagnostics
        for (var operation, said) in zip(listing.operations, extensions) {
            if document.timeLimit.isOver() {
                operation.faults.append(Operation.Fault(.tooSlow, "Compiling the document takes too long."))
            }
            compilation.add(
                operation,
                name: names[operation],
                offeredName: names.offered[operation.key],
                extensions: said
            )
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
