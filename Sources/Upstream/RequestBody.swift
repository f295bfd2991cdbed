import JSON
import Tools

/// The bytes of a request's body and what they are.
struct RequestBody {
    let contentType: String
    let bytes: [UInt8]

    /// Nothing where the recipe has no body, or an optional one that was not given.
    init?(_ body: CallRecipe.Body?, arguments: JSONObject) throws(RequestRefusal) {
        guard let body else { return nil }
        guard body.contentType.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw RequestRefusal(.recipe, "The API's document gives the body a media type that is none.")
        }
        guard let given = try GivenBody(body, arguments: arguments) else { return nil }
        let type = MediaType(body.contentType)
        switch true {
        case type.isMultipart:
            let multipart = try MultipartBody(given, body: body, arguments: arguments)
            (contentType, bytes) = (multipart.contentType, multipart.bytes)
        case type.isForm:
            contentType = body.contentType
            bytes = Array(try given.formPairs(parts: body.parts).map(\.encoded).joined(separator: "&").utf8)
        case body.isBinary:
            (contentType, bytes) = try given.file(as: body.contentType)
        case body.isJSON:
            (contentType, bytes) = (body.contentType, given.value.bytes)
        case type.isJSON, type.isRange && type.essence != "text/*":
            guard ["", "*/*", "application/*"].contains(type.essence) || type.isJSON else {
                throw given.refusal("is sent as \(type.essence), for which it must be text or bytes of a known type")
            }
            contentType = type.isRange ? "application/json" : body.contentType
            bytes = given.value.bytes
        default:
            contentType = type.isRange ? "text/plain; charset=utf-8" : body.contentType
            bytes = try given.text(as: type)
        }
    }
}

/// The value of a body, and what to call it where something is wrong with it.
struct GivenBody {
    let value: JSONValue
    /// The argument that is the whole body; nothing where each member is an argument.
    private let whole: String?
    /// The arguments by the names of their members.
    private let argumentsByMember: [String: String]

    /// Nothing where the body is optional and none of it was given.
    init?(_ body: CallRecipe.Body, arguments: JSONObject) throws(RequestRefusal) {
        switch body.content {
        case .argument(let name):
            let takesNull = !body.isBinary && MediaType(body.contentType).takesNull
            guard let given = arguments[name], takesNull || !given.isNull else {
                if body.isRequired { throw .missing(name) }
                try Self.refuseLoneFileName(body, arguments: arguments)
                return nil
            }
            (value, whole, argumentsByMember) = (given, name, [:])
        case .members(let members):
            var object = JSONObject()
            for member in members { object[member.name] = arguments[member.argument] }
            if object.isEmpty, !body.isRequired {
                try Self.refuseLoneFileName(body, arguments: arguments)
                return nil
            }
            if let missing = members.first(where: { $0.isRequired && arguments[$0.argument] == nil }) {
                throw .missing(missing.argument)
            }
            value = .object(object)
            whole = nil
            argumentsByMember = Dictionary(members.map { ($0.name, $0.argument) }, uniquingKeysWith: { $1 })
        }
    }

    /// A file's name without the file would be dropped without a word.
    private static func refuseLoneFileName(
        _ body: CallRecipe.Body,
        arguments: JSONObject
    ) throws(RequestRefusal) {
        for part in body.parts {
            guard let name = part.fileNameArgument, arguments[name] != nil else { continue }
            throw RequestRefusal(
                .argument(name),
                "The argument \"\(name)\" names a file that was not given: give \"\(part.name)\", or leave it out."
            )
        }
    }

    /// The name of the argument that a member comes from.
    func argument(of member: String) -> String { whole ?? argumentsByMember[member] ?? member }

    /// The member as the start of a sentence.
    func subject(_ member: String) -> String {
        whole.map { "The member \"\(member)\" of the argument \"\($0)\"" } ?? "The argument \"\(argument(of: member))\""
    }

    /// A refusal of the body as a whole; `clause` goes on after its name.
    func refusal(_ clause: String) -> RequestRefusal {
        if let whole { return RequestRefusal(.argument(whole), "The argument \"\(whole)\" \(clause).") }
        return RequestRefusal(.recipe, "The body, which is put together of several arguments, \(clause).")
    }

    /// A refusal of a member; `clause` goes on after its name.
    func refusal(of member: String, _ clause: String) -> RequestRefusal {
        RequestRefusal(.argument(argument(of: member)), "\(subject(member)) \(clause).")
    }

    // MARK: - Kinds of bodies

    /// The bytes that the argument stands for, and their type: the document's, or that of a `data:` URL where the
    /// document leaves it open.
    func file(as contentType: String) throws(RequestRefusal) -> (contentType: String, bytes: [UInt8]) {
        guard let text = value.string else {
            throw refusal("is sent as bytes: give them as a string of base64, or as a data: URL")
        }
        let file = try FileBytes(text, argument: whole ?? "", subject: "The argument \"\(whole ?? "")\"")
        let type = MediaType(contentType)
        guard type.isRange else { return (contentType, file.bytes) }
        let isAny = ["", "*/*"].contains(type.essence)
        if let own = file.mediaType, isAny || MediaType(own).essence.hasPrefix(type.essence.dropLast()) {
            return (own, file.bytes)
        }
        guard isAny || type.essence == "application/*" else {
            throw refusal(
                "is sent as \(type.essence), and has to say which: write it as a data: URL, for example "
                    + "data:\(type.essence.dropLast())…;base64,<base64>"
            )
        }
        return ("application/octet-stream", file.bytes)
    }

    /// The value as a text of the media type.
    func text(as type: MediaType) throws(RequestRefusal) -> [UInt8] {
        switch value {
        case .string(let text): return try encoded(text, charset: type.charset)
        case .array(let items) where type.isJSONSequence:
            // RFC 7464 has a record separator before each text, the others a line break behind it.
            let separator: [UInt8] = type.essence == "application/json-seq" ? [0x1E] : []
            return items.flatMap { separator + $0.bytes + [0x0A] }
        case _ where type.isYAML: return value.bytes
        case .number, .bool: if type.essence.hasPrefix("text/"), !type.isXML { return value.bytes }
        default: break
        }
        throw refusal(
            type.isXML
                ? "is sent as \(type.essence), which Slipway does not make of JSON: give the whole XML text as a string"
                : "is sent as \(type.essence), for which it must be a string"
        )
    }

    private func encoded(_ text: String, charset: String?) throws(RequestRefusal) -> [UInt8] {
        let scalars = text.unicodeScalars
        switch charset {
        case nil, "utf-8", "utf8": return Array(text.utf8)
        case "iso-8859-1", "latin1":
            if scalars.allSatisfy({ $0.value <= 0xFF }) { return scalars.map { UInt8($0.value) } }
        case let charset? where !charset.hasPrefix("utf-16") && !charset.hasPrefix("utf-32"):
            if scalars.allSatisfy(\.isASCII) { return Array(text.utf8) }
        default: break
        }
        throw refusal("holds characters that the API's charset, \(charset ?? ""), has no place for")
    }
}

extension MediaType {
    /// Whether `null` is a value of the type; elsewhere it says that there is none.
    fileprivate var takesNull: Bool {
        !isMultipart && !isForm && (isJSON || isYAML || ["", "*/*", "application/*"].contains(essence))
    }
}
