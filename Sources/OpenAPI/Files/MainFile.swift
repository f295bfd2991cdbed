import JSON

/// Finds the main file of a set: the one that is the document, to which all others are parts.
enum MainFile {
    /// The name of the main file, and what is in it.
    ///
    /// - Throws: `too_many_files`, `too_large`, `invalid_file_name`, `unknown_root`, `ambiguous_root`, `not_openapi`,
    ///   or what is wrong with the file.
    static func found(
        in files: [String: [UInt8]],
        named main: String?,
        limits: DocumentLimits,
        time: TimeLimit
    ) throws(DocumentError) -> (name: String, file: ParsedFile) {
        try check(files, limits: limits)
        if let main {
            guard let bytes = files[main] else {
                throw DocumentError(
                    .unknownRoot,
                    "There is no file \"\(main.prefix(200))\" among the document's files."
                )
            }
            return (main, try parsed(bytes, main, limits, time))
        }
        let candidates = files.filter { mayBeMain($0.key, $0.value) }.keys
        var failure: DocumentError?
        let levels = Set(candidates.map(FileName.depth)).sorted()
        for level in levels {
            var found: [(name: String, file: ParsedFile)] = []
            for name in candidates.filter({ FileName.depth($0) == level }).sorted() {
                do throws(DocumentError) {
                    let file = try parsed(files[name] ?? [], name, limits, time)
                    if file.root["openapi"] != nil || file.root["swagger"] != nil { found.append((name, file)) }
                } catch {
                    guard error.code == .syntax || error.code == .notOpenAPI else { throw error }
                    failure = failure ?? error
                }
            }
            if found.count > 1 {
                let names = found.map { "\"\($0.name)\"" }
                throw DocumentError(
                    .ambiguousRoot,
                    "More than one file could be the document: \(names.prefix(20).joined(separator: ", "))"
                        + (names.count > 20 ? " and \(names.count - 20) more" : "") + "; name the main one."
                )
            }
            if let only = found.first { return only }
        }
        throw failure
            ?? DocumentError(
                .notOpenAPI,
                "None of the \(files.count) files has an \"openapi\" or a \"swagger\" field, so none is the document."
            )
    }

    private static func check(_ files: [String: [UInt8]], limits: DocumentLimits) throws(DocumentError) {
        guard files.count <= limits.files else {
            throw DocumentError(.tooManyFiles, "The document has more than \(limits.files) files.")
        }
        guard files.values.reduce(0, { $0 + $1.count }) <= limits.totalBytes else {
            let message = "The files of the document have more than \(limits.totalBytes) bytes together."
            throw DocumentError(.tooLarge, message)
        }
        for name in files.keys.sorted() where !FileName.isValid(name) {
            let message = "\"\(name.prefix(200))\" is no relative path of a file, with \"/\" between its parts."
            throw DocumentError(.invalidFileName, message, file: name)
        }
    }

    private static func parsed(
        _ bytes: [UInt8],
        _ name: String,
        _ limits: DocumentLimits,
        _ time: TimeLimit
    ) throws(DocumentError) -> ParsedFile {
        do throws(DocumentError) {
            return try ParsedFile(bytes, limits: limits, time: time)
        } catch {
            throw error.inFile(name)
        }
    }

    /// Whether a file is worth a look: it is JSON or YAML by its name, and has the word somewhere.
    private static func mayBeMain(_ name: String, _ bytes: [UInt8]) -> Bool {
        let name = name.lowercased()
        guard [".json", ".yaml", ".yml"].contains(where: name.hasSuffix) else { return false }
        return bytes.containsWord(Array("openapi".utf8)) || bytes.containsWord(Array("swagger".utf8))
    }
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in them.
    fileprivate func containsWord(_ word: [UInt8]) -> Bool {
        withUnsafeBytes { text in
            guard let first = word.first, text.count >= word.count else { return false }
            return (0...(text.count - word.count)).contains { start in
                text[start] == first && text[start..<start + word.count].elementsEqual(word)
            }
        }
    }
}
