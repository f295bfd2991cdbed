import JSON

/// Builds the JSON value that a YAML text of one document says, with the place of every value.
///
/// Aliases share the value that they name; a budget counts every value that they stand for, so that a text whose
/// aliases multiply (the "billion laughs") is refused, and so is a text whose aliases add up to more levels than are
/// allowed.
struct YAMLReader {
    private let events: YAMLEvents
    private let limits: DocumentLimits
    private let time: TimeLimit
    private var map = SourceMap()
    private var anchors: [String: Anchored] = [:]
    private var expanded = 0
    private var registrations = 0
    /// False once the places of an anchored value were moved, which only an anchor inside a merged mapping does.
    private var isMapComplete = true

    /// A value, and how many levels it has.
    private typealias Composed = (value: JSONValue, height: Int)

    private struct Anchored {
        let composed: Composed
        /// What the scalar says as a member's name.
        let key: String?
        let entries: Range<Int>
    }

    private struct Merge {
        let value: JSONValue
        let entries: [SourceMap.Entry]
        let place: SourceMap.Entry
    }

    private init(events: YAMLEvents, limits: DocumentLimits, time: TimeLimit) {
        self.events = events
        self.limits = limits
        self.time = time
    }

    /// Reads bytes that are UTF-8.
    static func read(
        _ bytes: [UInt8],
        limits: DocumentLimits,
        time: TimeLimit
    ) throws(DocumentError) -> (value: JSONValue, map: SourceMap) {
        let result = bytes.withUnsafeBufferPointer {
            text -> Result<(value: JSONValue, map: SourceMap), DocumentError> in
            var reader = YAMLReader(events: YAMLEvents(text), limits: limits, time: time)
            do throws(DocumentError) {
                let value = try reader.document()
                return .success((value, reader.isMapComplete ? reader.map : SourceMap()))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func document() throws(DocumentError) -> JSONValue {
        _ = try events.next()
        guard case .documentStart = try events.next() else { throw DocumentError(.syntax, "The document is empty.") }
        let value = try composed(from: events.next(), depth: 0).value
        _ = try events.next()
        guard case .streamEnd = try events.next() else {
            throw failure("The file holds more than one YAML document.")
        }
        return value
    }

    private mutating func composed(
        from event: YAMLEvent,
        depth: Int,
        at place: SourceMap.Entry? = nil
    ) throws(DocumentError) -> Composed {
        let start = map.entries.count
        guard start < limits.values else { throw tooManyValues }
        guard depth < limits.depth else { throw tooDeep }
        if start.isMultiple(of: 4096) { try time.check() }
        switch event {
        case .scalar(let scalar, let anchor):
            map.entries.append(place ?? events.position)
            let composed: Composed = (scalar.value, 1)
            register(anchor, composed, key: scalar.text, from: start)
            return composed
        case .alias(let name):
            return try alias(name, depth: depth, at: place)
        case .sequenceStart(let anchor):
            map.entries.append(place ?? events.position)
            let composed = try sequence(depth: depth)
            close(start)
            register(anchor, composed, from: start)
            return composed
        case .mappingStart(let anchor):
            map.entries.append(place ?? events.position)
            let composed = try mapping(depth: depth)
            close(start)
            register(anchor, composed, from: start)
            return composed
        default:
            throw failure("The document ends where a value should stand.")
        }
    }

    private mutating func sequence(depth: Int) throws(DocumentError) -> Composed {
        var items: [JSONValue] = []
        var height = 0
        while true {
            let event = try events.next()
            if case .end = event { return (.array(items), height + 1) }
            let item = try composed(from: event, depth: depth + 1)
            items.append(item.value)
            height = max(height, item.height)
        }
    }

    private mutating func mapping(depth: Int) throws(DocumentError) -> Composed {
        var object = JSONObject()
        var merges: [Merge] = []
        var height = 0
        while true {
            let event = try events.next()
            if case .end = event { break }
            let place = events.position
            let isMerge = if case .scalar(let scalar, _) = event { scalar.isMergeKey } else { false }
            let name = try key(from: event)
            let start = map.entries.count
            let registered = registrations
            let member = try composed(from: events.next(), depth: depth + 1, at: place)
            height = max(height, member.height)
            if isMerge {
                if registrations != registered { isMapComplete = false }
                merges.append(Merge(value: member.value, entries: Array(map.entries[start...]), place: place))
                map.entries.removeSubrange(start...)
            } else if !object.insert(name, member.value) {
                throw failure("The name \"\(name)\" occurs twice in one mapping.", at: place)
            }
        }
        for merge in merges where !add(merge.value, merge.entries[...], to: &object) {
            throw failure("What \"<<\" merges must be a mapping or a list of mappings.", at: merge.place)
        }
        return (.object(object), height + 1)
    }

    /// The name of a member: what a scalar says as it is written, so that `200:` is "200".
    private mutating func key(from event: YAMLEvent) throws(DocumentError) -> String {
        switch event {
        case .scalar(let scalar, let anchor):
            if let anchor {
                let start = map.entries.count
                map.entries.append(events.position)
                register(anchor, (scalar.value, 1), key: scalar.text, from: start)
                map.entries.removeLast()
            }
            return scalar.text
        case .alias(let name):
            guard let text = anchors[name]?.key else { throw failure("A mapping's name must be a scalar.") }
            return text
        default:
            throw failure("A mapping's name must be a scalar.")
        }
    }
}

// MARK: - Aliases and merges

extension YAMLReader {
    private mutating func alias(
        _ name: String,
        depth: Int,
        at place: SourceMap.Entry?
    ) throws(DocumentError) -> Composed {
        guard let anchored = anchors[name] else {
            throw failure("The alias \"*\(name)\" names nothing that stands before it.")
        }
        guard depth + anchored.composed.height <= limits.depth else { throw tooDeep }
        expanded += anchored.entries.count
        guard expanded <= limits.values, map.entries.count + anchored.entries.count <= limits.values else {
            throw tooManyValues
        }
        let position = place ?? events.position
        if anchored.key != nil || !isMapComplete {
            map.entries.append(position)
        } else {
            var entries = Array(map.entries[anchored.entries])
            let size = entries[0].size
            entries[0] = position
            entries[0].size = size
            map.entries.append(contentsOf: entries)
        }
        return anchored.composed
    }

    /// Adds the members of a mapping, or of a list of mappings, that are not there yet; false where it is neither.
    private mutating func add(
        _ value: JSONValue,
        _ entries: ArraySlice<SourceMap.Entry>,
        to object: inout JSONObject
    ) -> Bool {
        var rest = entries.dropFirst()
        switch value {
        case .object(let merged):
            for member in merged {
                let size = rest.first.map { Int($0.size) } ?? 0
                if object.insert(member.key, member.value) { map.entries.append(contentsOf: rest.prefix(size)) }
                rest = rest.dropFirst(size)
            }
            return true
        case .array(let items):
            for item in items {
                let size = rest.first.map { Int($0.size) } ?? 0
                guard item.object != nil, add(item, rest.prefix(size), to: &object) else { return false }
                rest = rest.dropFirst(size)
            }
            return true
        default:
            return false
        }
    }

    private mutating func close(_ entry: Int) {
        map.entries[entry].size = UInt32(clamping: map.entries.count - entry)
    }

    private mutating func register(_ anchor: String?, _ composed: Composed, key: String? = nil, from start: Int) {
        guard let anchor else { return }
        registrations += 1
        anchors[anchor] = Anchored(composed: composed, key: key, entries: start..<map.entries.count)
    }

    private func failure(_ message: String, at place: SourceMap.Entry? = nil) -> DocumentError {
        let place = place ?? events.position
        return DocumentError(.syntax, message, line: Int(place.line), column: Int(place.column))
    }

    private var tooDeep: DocumentError {
        DocumentError(.tooDeep, "The document is nested deeper than \(limits.depth) levels.")
    }

    private var tooManyValues: DocumentError {
        DocumentError(.tooManyValues, "The document holds more than \(limits.values) values, aliases counted in full.")
    }
}
