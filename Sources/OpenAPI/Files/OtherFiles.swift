import JSON

extension Document {
    /// The files to which relative references of a file lead, by their names beside its own: what a document of several
    /// files needs besides its main one. A name that leaves the folder of the main one begins with `../`.
    ///
    /// References of discriminators count where they look like a file's name. Files that do not exist are named too.
    ///
    /// - Throws: what is wrong with the file, or which limit it breaks.
    package static func files(
        referredToBy bytes: [UInt8],
        named name: String,
        limits: DocumentLimits = DocumentLimits()
    ) throws(DocumentError) -> Set<String> {
        let root = try ParsedFile(bytes, limits: limits, time: .none).root
        var found: Set<String> = []
        OtherFiles.collect(from: root, .object, base: URIReference(name), into: &found)
        found.remove(name)
        return found
    }
}

/// Walks a file for references that leave it.
private enum OtherFiles {
    static func collect(
        from value: JSONValue,
        _ position: ReferencePositions,
        base: URIReference,
        into found: inout Set<String>
    ) {
        switch value {
        case .array(let items):
            for item in items { collect(from: item, .object, base: base, into: &found) }
        case .object(let object):
            for (key, member) in object {
                let inner = position.position(of: key)
                guard inner != .data else { continue }
                if key == "$ref" || key == "$dynamicRef", let text = member.string {
                    add(text, base: base, to: &found)
                } else if key == "discriminator", let mapping = member["mapping"]?.object {
                    for (_, text) in mapping { add(mapped: text.string ?? "", base: base, to: &found) }
                    add(mapped: member["defaultMapping"]?.string ?? "", base: base, to: &found)
                } else {
                    collect(from: member, inner, base: base, into: &found)
                }
            }
        default: break
        }
    }

    /// A mapping may be the mere name of a schema.
    private static func add(mapped text: String, base: URIReference, to found: inout Set<String>) {
        let file = text.prefix { $0 != "#" }.lowercased()
        guard [".json", ".yaml", ".yml"].contains(where: file.hasSuffix) else { return }
        add(text, base: base, to: &found)
    }

    private static func add(_ text: String, base: URIReference, to found: inout Set<String>) {
        let uri = URIReference(text.prefix { $0 != "#" })
        guard !uri.text.isEmpty, !uri.isAbsolute, !uri.text.hasPrefix("/") else { return }
        let resolved = uri.resolved(against: base).text
        if let name = Reference.percentDecoded(resolved[...]) { found.insert(name) }
    }
}
