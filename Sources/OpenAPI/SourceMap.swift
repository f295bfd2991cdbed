import JSON

/// Where each value of a document stands in its text: an entry a value, in the order in which they are written, each
/// followed by those inside it.
struct SourceMap: Sendable {
    struct Entry: Sendable {
        let line: UInt32
        let column: UInt32
        /// How many entries the value takes, itself included.
        var size: UInt32 = 1

        init(line: Int, column: Int) {
            self.line = UInt32(clamping: line)
            self.column = UInt32(clamping: column)
        }
    }

    var entries: [Entry] = []

    /// The entry of the value at a place, or of the nearest value around it; a member's place is that of its name.
    func entry(at pointer: JSONPointer, in root: JSONValue) -> Entry? {
        guard !entries.isEmpty else { return nil }
        var index = 0
        var value = root
        for token in pointer.tokens {
            guard let (position, child) = Self.child(token, of: value) else { break }
            index += 1
            for _ in 0..<position {
                guard entries.indices.contains(index) else { return nil }
                index += Int(entries[index].size)
            }
            value = child
        }
        return entries.indices.contains(index) ? entries[index] : nil
    }

    private static func child(_ token: String, of value: JSONValue) -> (position: Int, value: JSONValue)? {
        switch value {
        case .object(let object):
            guard let position = object.firstIndex(where: { $0.key == token }) else { return nil }
            return (position, object[position].value)
        case .array(let items):
            guard let position = Int(token), items.indices.contains(position) else { return nil }
            return (position, items[position])
        default:
            return nil
        }
    }
}

extension SourceMap {
    /// The map of bytes that are known to be JSON.
    init(json bytes: [UInt8]) {
        var scanner = JSONScanner(bytes: bytes)
        scanner.scan()
        entries = scanner.entries
    }
}

/// Finds the beginnings of values in valid JSON; it never fails, and takes no stack for depth.
private struct JSONScanner {
    private let bytes: [UInt8]
    private(set) var entries: [SourceMap.Entry] = []
    private var open: [(entry: Int, isObject: Bool)] = []
    private var name: SourceMap.Entry?
    private var expectsName = false
    private var offset = 0
    private var line = 1
    private var lineStart = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                begin()
                open.append((entries.count - 1, byte == UInt8(ascii: "{")))
                expectsName = byte == UInt8(ascii: "{")
            case UInt8(ascii: "}"), UInt8(ascii: "]"): end()
            case UInt8(ascii: ","): expectsName = open.last?.isObject ?? false
            case UInt8(ascii: ":"), 0x20, 0x0D, 0x09: break
            case 0x0A:
                line += 1
                lineStart = offset + 1
            case UInt8(ascii: "\""): string()
            default: literal()
            }
            offset += 1
        }
    }

    private var here: SourceMap.Entry { SourceMap.Entry(line: line, column: offset - lineStart + 1) }

    private mutating func begin() {
        entries.append(name ?? here)
        name = nil
    }

    private mutating func end() {
        expectsName = false
        guard let (entry, _) = open.popLast() else { return }
        entries[entry].size = UInt32(clamping: entries.count - entry)
    }

    private mutating func string() {
        if expectsName {
            name = here
            expectsName = false
        } else {
            begin()
        }
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
    }

    private mutating func literal() {
        begin()
        while offset + 1 < bytes.count {
            switch bytes[offset + 1] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0A, 0x0D, 0x09: return
            default: offset += 1
            }
        }
    }
}
