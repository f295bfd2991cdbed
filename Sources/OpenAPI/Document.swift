package import JSON
package import Vocabulary

/// An OpenAPI document: its values as written, its version, and where each value stands in the text.
///
/// Reading checks that the bytes are JSON or YAML 1.2 and that they say which OpenAPI they are. Everything beyond that
/// is reported by diagnostics when the operations are read, so that one fault never hides the rest.
///
/// A document of several files is one tree (``FileTree``), in which every reference that leads from one of its files
/// to another is a pointer. What is told about it names the file, and the place in it.
package struct Document: Sendable {
    /// The syntax that a document is written in.
    package enum Format: String, Sendable {
        case json, yaml
    }

    /// The versions that are understood, from the oldest on.
    package enum Version: String, Sendable, CaseIterable, Comparable {
        /// Swagger 2.0.
        case v20 = "2.0"
        case v30 = "3.0"
        case v31 = "3.1"
        case v32 = "3.2"

        package static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
    }

    package let root: JSONValue
    /// That of the main file.
    package let format: Format
    package let version: Version
    /// The main file of a document of several.
    package let mainFile: String?
    /// The places in other files to which references lead, as pointers into ``root``.
    package let filePlaces: Set<JSONPointer>
    /// Files that could not be read.
    let fileDiagnostics: [Diagnostic]
    /// Asked while the document is read and compiled.
    package let timeLimit: TimeLimit
    private let map: SourceMap
    private let otherFiles: [String: ParsedFile]

    /// Reads a document that is one file: JSON where the text begins as JSON does, with `{` or `[` and behind it `"`,
    /// a bracket or a brace; else YAML, of which `{openapi: 3.1.0}` is an example.
    ///
    /// - Throws: what is wrong with the document as a whole, or which limit it breaks.
    package init(
        reading bytes: [UInt8],
        limits: DocumentLimits = DocumentLimits(),
        timeLimit: TimeLimit = .none
    ) throws(DocumentError) {
        let parsed = try ParsedFile(bytes, limits: limits, time: timeLimit)
        let version = try Version(of: parsed.root)
        let references = parsed.root.references(upTo: limits.references)
        var files = try FileSet(
            main: "",
            parsed: parsed,
            version: version,
            files: nil,
            limits: limits,
            time: timeLimit
        )
        // Without names to be led to, all references are pointers of this file or lead out of it.
        let root = references.mayLeadElsewhere ? try files.tree() : parsed.root
        try self.init(root, files, isSet: false, limits: limits, timeLimit: timeLimit)
    }

    /// Reads a document of several files, by their names: relative paths, with `/` between their parts.
    ///
    /// The main one is `main` where it is given; else the one that says that it is OpenAPI or Swagger, of several the
    /// one in the fewest folders. Of the others those are read that references reach.
    ///
    /// - Throws: what is wrong with the set or with its main file, or which limit they break.
    package init(
        reading files: [String: [UInt8]],
        main: String? = nil,
        limits: DocumentLimits = DocumentLimits(),
        timeLimit: TimeLimit = .none
    ) throws(DocumentError) {
        let (name, parsed) = try MainFile.found(in: files, named: main, limits: limits, time: timeLimit)
        var set: FileSet
        do throws(DocumentError) {
            let version = try Version(of: parsed.root)
            set = try FileSet(
                main: name,
                parsed: parsed,
                version: version,
                files: files,
                limits: limits,
                time: timeLimit
            )
        } catch {
            throw error.inFile(name)
        }
        let root = try set.tree()
        try self.init(root, set, isSet: true, limits: limits, timeLimit: timeLimit)
    }

    private init(
        _ root: JSONValue,
        _ files: FileSet,
        isSet: Bool,
        limits: DocumentLimits,
        timeLimit: TimeLimit
    ) throws(DocumentError) {
        guard let main = files.reached[files.main]?.file else {
            throw DocumentError(.notOpenAPI, "The document has no main file.")
        }
        self.root = root
        self.timeLimit = timeLimit
        format = main.format
        version = files.version
        map = main.map
        mainFile = isSet ? files.main : nil
        filePlaces = files.targets
        fileDiagnostics = files.diagnostics
        otherFiles = files.reached.filter { $0.key != files.main }.mapValues(\.file)
        guard operationCount <= limits.operations else {
            let message = "The document holds more than \(limits.operations) operations."
            throw DocumentError(.tooManyOperations, message, file: mainFile)
        }
    }

    /// The document's own title, where it has one.
    package var title: String? { root["info"]?["title"]?.string }

    /// The names of the files that were read, the main one first; none where the document is one file.
    package var fileNames: [String] { mainFile.map { [$0] + otherFiles.keys.sorted() } ?? [] }

    /// How many operations there are at most, counted without following references.
    private var operationCount: Int {
        let methods = Operation.methods(in: version)
        let written = Place(root, at: JSONPointer())["paths"]
        let paths = written.flatMap { try? resolved($0) } ?? written
        return (paths?.value.object ?? [:]).reduce(0) { count, item in
            guard let members = item.value.object else { return count }
            let additional = version >= .v32 ? members["additionalOperations"]?.object?.count ?? 0 : 0
            if members["$ref"] != nil { return count + methods.count + additional }
            return count + methods.count { members[$0] != nil } + additional
        }
    }
}

// MARK: - Places

extension Document {
    /// The same diagnostic with line and column of the place that it points to, or of the nearest value around it. In
    /// a document of several files it names the file, and its pointer is one into that file.
    package func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard diagnostic.line == nil, diagnostic.file == nil, let pointer = JSONPointer(diagnostic.pointer) else {
            return diagnostic
        }
        var located = diagnostic
        var entry: SourceMap.Entry?
        if let (name, inner) = FileTree.split(pointer), let file = otherFiles[name] {
            located.file = name
            located.pointer = inner.description
            entry = file.map.entry(at: inner, in: file.root)
        } else {
            located.file = mainFile
            entry = map.entry(at: pointer, in: root)
        }
        located.line = entry.map { Int($0.line) }
        located.column = entry.map { Int($0.column) }
        return located
    }
}

// MARK: - Version

extension Document.Version {
    /// The version that a document says it has.
    fileprivate init(of root: JSONValue) throws(DocumentError) {
        guard let object = root.object else {
            throw DocumentError(.notOpenAPI, "An OpenAPI document is an object; this is of type \(root.kind).")
        }
        guard
            let (name, field) = object["openapi"].map({ ("OpenAPI", $0) }) ?? object["swagger"].map({ ("Swagger", $0) })
        else {
            throw DocumentError(
                .notOpenAPI,
                "The document has no \"openapi\" field, so it is not an OpenAPI 3 document, and no \"swagger\" field."
            )
        }
        let text: String
        switch field {
        case .string(let version): text = version
        case .number(let version): text = version.text
        default: throw DocumentError(.notOpenAPI, "The \"\(name.lowercased())\" field must be text such as \"3.1.0\".")
        }
        let known = Self.allCases.filter { ($0 == .v20) == (name == "Swagger") }
        let version = known.first { text == $0.rawValue || text.hasPrefix($0.rawValue + ".") }
        // YAML makes a number of 2.0, and some write 2.
        guard let version = version ?? (name == "Swagger" && text == "2" ? .v20 : nil) else {
            throw DocumentError(
                .unsupportedVersion,
                "\(name) \(text) is not supported; this server reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2."
            )
        }
        self = version
    }
}
