// The C library that Yams carries. Its events are read directly: Yams itself builds a tree first, which takes several
// times as long, and hashes keys that aliases can make as large as they like.
import CYaml

/// What a YAML text says, one event at a time.
enum YAMLEvent {
    case scalar(YAMLScalar, anchor: String?)
    case alias(String)
    case sequenceStart(anchor: String?)
    case mappingStart(anchor: String?)
    /// The end of a sequence or mapping.
    case end
    case documentStart
    case documentEnd
    case streamStart
    case streamEnd
}

/// The events of a YAML text in memory that outlives the reader.
final class YAMLEvents {
    /// The parser holds its own address, so it may not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// Where the last event begins.
    private(set) var position = SourceMap.Entry(line: 1, column: 1)

    init(_ text: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    /// The next event; fails with `syntax_error` where the text is not YAML.
    func next() throws(DocumentError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        position = SourceMap.Entry(line: event.start_mark.line + 1, column: event.start_mark.column + 1)
        switch event.type {
        case YAML_SCALAR_EVENT: return scalar(event)
        case YAML_ALIAS_EVENT: return .alias(Self.text(event.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT: return .sequenceStart(anchor: Self.text(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT: return .mappingStart(anchor: Self.text(event.data.mapping_start.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_START_EVENT: return .streamStart
        default: return .streamEnd
        }
    }

    private func scalar(_ event: yaml_event_t) -> YAMLEvent {
        let data = event.data.scalar
        let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
        let scalar = YAMLScalar(
            text: String(decoding: bytes, as: UTF8.self),
            tag: Self.text(data.tag),
            isPlain: data.style == YAML_PLAIN_SCALAR_STYLE
        )
        return .scalar(scalar, anchor: Self.text(data.anchor))
    }

    private var failure: DocumentError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text cannot be read"
        guard parser.pointee.error != YAML_READER_ERROR else {
            return DocumentError(.syntax, "The document is not YAML: \(problem).")
        }
        let mark = parser.pointee.problem_mark
        return DocumentError(
            .syntax,
            "The document is not YAML: \(problem).",
            line: mark.line + 1,
            column: mark.column + 1
        )
    }

    private static func text(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
