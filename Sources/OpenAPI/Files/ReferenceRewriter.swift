import JSON

/// Leads the references of one file to places in the tree of all files.
///
/// What leads out of the files stays as it is, and is reported where it is followed; so is what leads to a file that is
/// not there. Examples and other data are not looked at.
struct ReferenceRewriter {
    var files: FileSet
    private let file: String
    private let time: TimeLimit
    private var tokens: [String] = []
    private var count = 0

    /// What a relative reference is relative to.
    private struct Base {
        /// As `$id` and `$self` say it.
        var uri: URIReference
        /// Where the schema stands that has an `$id` of its own, in which `#` begins.
        var resource: [String] = []
    }

    init(files: FileSet, file: String, time: TimeLimit) {
        self.files = files
        self.file = file
        self.time = time
    }

    mutating func rewritten(_ root: JSONValue) throws(DocumentError) -> JSONValue {
        try rewrite(root, .object, base(of: root)) ?? root
    }

    /// The same with the references of one place led elsewhere, which were left alone as data.
    mutating func rewritten(_ root: JSONValue, at place: [String]) throws(DocumentError) -> JSONValue {
        // What is around it was rewritten before, and it with that.
        for length in 0...place.count
        where files.rewrittenData.contains(files.pointer(file, Array(place.prefix(length)))) {
            return root
        }
        tokens = place
        defer { files.rewrittenData.insert(files.pointer(file, place)) }
        guard let value = root[JSONPointer(place)], let changed = try rewrite(value, .object, base(of: root)) else {
            return root
        }
        return root.replacing(place[...], with: changed)
    }

    private func base(of root: JSONValue) -> Base {
        var base = Base(uri: URIReference(file))
        if files.version >= .v31, let own = root["$self"]?.string {
            base.uri = URIReference(own.prefix { $0 != "#" }).resolved(against: base.uri)
        }
        return base
    }

    /// The value with its references led elsewhere; nothing where it stays as it is, so that what is large and has
    /// none is not copied.
    private mutating func rewrite(
        _ value: JSONValue,
        _ position: ReferencePositions,
        _ base: Base
    ) throws(DocumentError) -> JSONValue? {
        switch value {
        case .array(let items):
            var result: [JSONValue]?
            for (index, item) in items.enumerated() {
                tokens.append(String(index))
                defer { tokens.removeLast() }
                guard let changed = try rewrite(item, .object, base) else { continue }
                if result == nil { result = items }
                result?[index] = changed
            }
            return result.map { .array($0) }
        case .object(let object): return try rewrite(object, position, base).map { .object($0) }
        default: return nil
        }
    }

    private mutating func rewrite(
        _ object: JSONObject,
        _ position: ReferencePositions,
        _ outer: Base
    ) throws(DocumentError) -> JSONObject? {
        let isDone = !files.rewrittenData.isEmpty && files.rewrittenData.contains(files.pointer(file, tokens))
        guard !isDone else { return nil }
        count += 1
        if count.isMultiple(of: 1024) { try time.check() }
        var base = outer
        if position == .object, files.version >= .v31, let own = object["$id"]?.string, !own.hasPrefix("#") {
            base.uri = URIReference(own.prefix { $0 != "#" }).resolved(against: base.uri)
            base.resource = tokens
        }
        var result: JSONObject?
        for (key, member) in object {
            let inner = position.position(of: key)
            guard inner != .data else { continue }
            tokens.append(key)
            defer { tokens.removeLast() }
            let changed: JSONValue?
            if let text = member.string {
                let isReference = ["$ref", "$dynamicRef"].contains(key) || isMapping(key, member)
                changed = isReference ? try rewrite(text, base).map { .string($0) } : nil
            } else {
                changed = try rewrite(member, inner, base)
            }
            guard let changed else { continue }
            if result == nil { result = object }
            result?[key] = changed
        }
        return result
    }

    /// Whether a text is a reference of a discriminator, which may also be the mere name of a schema (OpenAPI 3.1,
    /// 4.8.25; 3.2, 4.25).
    private func isMapping(_ key: String, _ value: JSONValue) -> Bool {
        let base = URIReference(file)
        let isMapped = tokens.dropLast().suffix(2) == ["discriminator", "mapping"]
        let isDefault = key == "defaultMapping" && tokens.dropLast().last == "discriminator"
        guard isMapped || isDefault, let text = value.string else { return false }
        return text.contains("#") || text.contains("/") || files.has(URIReference(text).resolved(against: base).text)
    }
}

// MARK: - Where a reference leads

extension ReferenceRewriter {
    /// The text of the same reference in the tree; nothing where it stays.
    private mutating func rewrite(_ text: String, _ base: Base) throws(DocumentError) -> String? {
        let uri = text.prefix { $0 != "#" }
        let fragment = text.dropFirst(uri.count)
        if uri.isEmpty {
            if !base.resource.isEmpty, let inner = target(file, base.resource, fragment), files[inner] != nil {
                return reference(to: inner)
            }
            guard file != files.main else { return nil }
            return target(file, [], fragment).map { reference(to: $0) }
        }
        guard let (name, tokens) = try place(of: URIReference(uri), base) else { return nil }
        return target(name, tokens, fragment).map { reference(to: $0) }
    }

    /// The file that a reference names, and where in it what it names begins. A file that is not there has no place in
    /// the tree, so that the reference leads nowhere, and names the file.
    private mutating func place(
        of uri: URIReference,
        _ base: Base
    ) throws(DocumentError) -> (file: String, tokens: [String])? {
        let resolved = uri.resolved(against: base.uri)
        if let (name, pointer) = files.named(resolved) { return (name, pointer.tokens) }
        guard files.isSet, !uri.isAbsolute, !uri.text.hasPrefix("/") else { return nil }
        let byFile = uri.resolved(against: URIReference(file)).text
        guard let name = Reference.percentDecoded(byFile[...]), FileName.isValid(name) else { return nil }
        if try files.reach(name), let (name, pointer) = files.named(resolved) { return (name, pointer.tokens) }
        return (name, [])
    }

    /// The place in the tree of a fragment with its `#`, or of the whole; nothing where its percent-encoding is broken.
    private func target(_ name: String, _ tokens: [String], _ fragment: Substring) -> JSONPointer? {
        guard let text = Reference.percentDecoded(fragment.dropFirst()) else { return nil }
        if let pointer = JSONPointer(text) { return files.pointer(name, tokens + pointer.tokens) }
        if let anchor = files.reached[name]?.index?.anchors[text] { return files.pointer(name, anchor.tokens) }
        return files.pointer(name, tokens + ["#\(text)"])
    }

    private mutating func reference(to pointer: JSONPointer) -> String {
        if FileTree.split(pointer) != nil { files.targets.insert(pointer) }
        return FileTree.reference(to: pointer)
    }
}

extension FileSet {
    /// What stands at a place of the tree, in the files that are reached.
    fileprivate subscript(pointer: JSONPointer) -> JSONValue? {
        guard let (name, inner) = FileTree.split(pointer) else { return reached[main]?.file.root[pointer] }
        return reached[name]?.file.root[inner]
    }
}

extension JSONValue {
    /// The same with another value at a place that it has.
    fileprivate func replacing(_ place: ArraySlice<String>, with value: JSONValue) -> JSONValue {
        guard let token = place.first else { return value }
        switch self {
        case .object(var object):
            object[token] = object[token]?.replacing(place.dropFirst(), with: value)
            return .object(object)
        case .array(var items):
            if let index = Int(token), items.indices.contains(index) {
                items[index] = items[index].replacing(place.dropFirst(), with: value)
            }
            return .array(items)
        default: return self
        }
    }
}
