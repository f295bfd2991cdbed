import JSON
import Vocabulary

/// The files of one document: those that references reach are read, once each, and hung into one tree.
struct FileSet {
    /// A file that is reached.
    struct Reached {
        var file: ParsedFile
        /// Read only in versions whose parts may name themselves (OpenAPI 3.1 and later).
        var index: FileIndex?
    }

    /// Nothing where the document is one file without a name, which can refer to no other.
    private let files: [String: [UInt8]]?
    private let limits: DocumentLimits
    private let time: TimeLimit
    let main: String
    /// The member of the main file under which the others are.
    let member: String
    let version: Document.Version

    private(set) var reached: [String: Reached] = [:]
    /// Files that are not rewritten yet.
    private var pending: [String] = []
    /// Files that cannot be read; what refers to them is an error of its own.
    private(set) var diagnostics: [Diagnostic] = []
    private var unreadable: Set<String> = []
    /// Where references lead to in files other than the main one.
    var targets: Set<JSONPointer> = []
    private var examined: Set<JSONPointer> = []
    /// Places that look like data and were rewritten all the same, as pointers into the tree.
    var rewrittenData: Set<JSONPointer> = []
    private var values = 0
    private var references = 0

    init(
        main: String,
        parsed: ParsedFile,
        version: Document.Version,
        files: [String: [UInt8]]?,
        limits: DocumentLimits,
        time: TimeLimit
    ) throws(DocumentError) {
        self.files = files
        self.limits = limits
        self.time = time
        self.main = main
        self.version = version
        var member = FileTree.member
        var number = 2
        while parsed.root[member] != nil {
            member = "\(FileTree.member)-\(number)"
            number += 1
        }
        self.member = member
        try add(parsed, as: main)
    }

    /// The tree of all files that are reached, each reference led to its place there.
    mutating func tree() throws(DocumentError) -> JSONValue {
        repeat {
            while let name = pending.popLast() {
                try rewrite(name) { rewriter, root throws(DocumentError) in try rewriter.rewritten(root) }
            }
            // What has the name of data and is referred to all the same is none: a response that is called "default".
            for pointer in targets.subtracting(examined).sorted(by: { $0.tokens.count < $1.tokens.count }) {
                examined.insert(pointer)
                guard let (name, inner) = FileTree.split(pointer), isData(inner.tokens) else { continue }
                try rewrite(name) { rewriter, root throws(DocumentError) in
                    try rewriter.rewritten(root, at: inner.tokens)
                }
            }
        } while !pending.isEmpty || examined.count < targets.count
        guard var root = reached[main]?.file.root.object else { return reached[main]?.file.root ?? .null }
        let others = reached.keys.filter { $0 != main }.sorted()
        if !others.isEmpty {
            root[member] = .object(JSONObject(others.map { ($0, reached[$0]?.file.root ?? .null) }))
        }
        return .object(root)
    }

    private mutating func rewrite(
        _ name: String,
        _ change: (inout ReferenceRewriter, JSONValue) throws(DocumentError) -> JSONValue
    ) throws(DocumentError) {
        guard let file = reached[name]?.file else { return }
        var rewriter = ReferenceRewriter(files: self, file: name, time: time)
        let root = try change(&rewriter, file.root)
        self = rewriter.files
        reached[name]?.file.root = root
    }

    /// Whether a place is inside of what looks like data.
    private func isData(_ tokens: [String]) -> Bool {
        tokens.reduce(ReferencePositions.object) { $0.position(of: $1) } == .data
    }

    /// The place in the tree of a place in a file.
    func pointer(_ file: String, _ tokens: [String]) -> JSONPointer {
        JSONPointer(file == main ? tokens : [member, file] + tokens)
    }

    /// The file whose part, or which itself, has that name; nothing where none has.
    func named(_ identifier: URIReference) -> (file: String, pointer: JSONPointer)? {
        for (name, file) in reached {
            if let pointer = file.index?.identifiers[identifier] { return (name, pointer) }
        }
        return nil
    }

    /// Whether there are other files at all, and whether one of that name is among them.
    var isSet: Bool { files != nil }
    func has(_ name: String) -> Bool { files?[name] != nil }

    /// Reads a file, if it was not before; false where there is none of that name, or it cannot be read.
    mutating func reach(_ name: String) throws(DocumentError) -> Bool {
        if reached[name] != nil { return true }
        guard let bytes = files?[name], !unreadable.contains(name) else { return false }
        do throws(DocumentError) {
            let parsed = try ParsedFile(bytes, limits: limits, time: time)
            try add(parsed, as: name)
            return true
        } catch {
            guard error.code == .syntax || error.code == .notOpenAPI else { throw error.inFile(name) }
            unreadable.insert(name)
            var diagnostic = Diagnostic(.error, .unreadableFile, error.message, at: JSONPointer())
            diagnostic.file = name
            diagnostic.line = error.line
            diagnostic.column = error.column
            diagnostics.append(diagnostic)
            return false
        }
    }

    private mutating func add(_ parsed: ParsedFile, as name: String) throws(DocumentError) {
        values += parsed.map.entries.count
        guard values <= limits.values else {
            throw DocumentError(.tooManyValues, "The document holds more than \(limits.values) values.", file: name)
        }
        references += parsed.root.references(upTo: limits.references).count
        guard references <= limits.references else {
            let message = "The document holds more than \(limits.references) references."
            throw DocumentError(.tooManyReferences, message, file: name)
        }
        let index = version >= .v31 ? FileIndex(parsed.root, base: URIReference(name)) : nil
        reached[name] = Reached(file: parsed, index: index)
        pending.append(name)
    }
}
