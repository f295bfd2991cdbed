import JSON
import OpenAPI
import Vocabulary

/// How the body of an operation is put together of arguments.
struct BodyPlan {
    let body: Operation.Body
    let mediaType: Operation.Body.MediaType
    let form: BodyForm
    /// The members that are arguments of their own; none where the body is one argument.
    let members: [BodyMembers.Member]
    /// What is said of the body as a whole where it is taken apart, so that no text is lost.
    let descriptions: [String]
    /// Which members are files.
    let files: [String: FileShape]
    private(set) var diagnostics: [Diagnostic] = []
    private let document: Document

    /// Nothing where the operation has no body that is sent. `isHidden` tells the schemas of members that are never
    /// sent.
    init?(_ operation: Operation, in document: Document, isHidden: @escaping (JSONValue) -> Bool) {
        guard let body = operation.body,
            let (mediaType, form) = BodyForm.best(of: body.mediaTypes, in: document)
        else { return nil }
        self.body = body
        self.document = document
        self.mediaType = mediaType
        self.form = form
        let isObject = form == .json || form == .form || form == .multipart
        let found = isObject ? BodyMembers(mediaType.schema, in: document, isHidden: isHidden) : nil
        // A member that must be there only if any other is: said by a rule that few readers know, so only where it is
        // short.
        let required = found?.members.count(where: \.isRequired) ?? 0
        let isShort = body.isRequired || (found?.members.count ?? 0) * required <= Self.longestRule
        members = isShort ? found?.members ?? [] : []
        descriptions = Self.texts(body.description, found?.descriptions ?? [])
        var files: [String: FileShape] = [:]
        if form == .multipart {
            for member in found?.members ?? [] { files[member.name] = FileShape(member.places.first, in: document) }
            for (name, encoding) in mediaType.encodings where files[name] == nil && Self.isFile(encoding) {
                let place = found?.members.first { $0.name == name }?.places.first
                if place.map({ $0.isText(in: document) }) ?? false { files[name] = .one }
            }
        }
        self.files = files
        noteOthers(operation)
        noteEncodings()
    }

    var isTakenApart: Bool { !members.isEmpty }

    /// The body of a recipe, its arguments called by these names.
    func recipe(names: ArgumentNames) -> CallRecipe.Body {
        let content: CallRecipe.Body.Content =
            isTakenApart
            ? .members(
                members.map { member in
                    CallRecipe.Body.Member(
                        argument: names[.member(member.name)],
                        name: member.name,
                        isRequired: member.isRequired
                    )
                }
            ) : .argument(ArgumentNames.body)
        return CallRecipe.Body(
            content: content,
            contentType: mediaType.sentAs(form),
            isRequired: body.isRequired,
            parts: parts(names: names),
            isBinary: form == .binary,
            isJSON: form == .json && !mediaType.isJSON
        )
    }

    /// Members beyond the usual, in the order of their names.
    private func parts(names: ArgumentNames) -> [CallRecipe.Body.Part] {
        guard form == .form || form == .multipart else { return [] }
        return Set(members.map(\.name)).union(files.keys).union(mediaType.encodings.keys).sorted().compactMap { name in
            let encoding = mediaType.encodings[name]
            let isFile = files[name] != nil
            // OpenAPI 3.0.4, 4.7.15.1: in multipart, style and its like are ignored; 3.1 has no such rule.
            let isStyled = form == .form || document.version >= .v31
            let part = CallRecipe.Body.Part(
                name: name,
                contentType: encoding?.contentType.flatMap(Self.firstType) ?? saidType(of: name),
                style: isStyled ? encoding?.style.flatMap(CallRecipe.Parameter.Style.init(rawValue:)) : nil,
                explode: isStyled ? encoding?.explode : nil,
                allowsReserved: isStyled && encoding?.allowsReserved ?? false,
                isFile: isFile,
                fileNameArgument: files[name] == .one && isTakenApart ? names[.fileName(name)] : nil,
                headers: Self.constants(encoding?.headers ?? [:])
            )
            return part == CallRecipe.Body.Part(name: name) ? nil : part
        }
    }

    /// What a text in an encoding of its own is sent as, in multipart (OpenAPI 3.1, 4.8.15.1).
    private func saidType(of name: String) -> String? {
        guard form == .multipart, let place = members.first(where: { $0.name == name })?.places.first,
            let schema = place.target(in: document)?.value
        else { return nil }
        return schema["contentEncoding"] == nil ? nil : "application/octet-stream"
    }

    private static let longestRule = 200
}

// MARK: - Reading

extension BodyPlan {
    /// The first media type of a list; a range is none.
    private static func firstType(_ list: String) -> String? {
        list.split(separator: ",").map { String($0).replacing(" ", with: "") }
            .first { !$0.contains("*") && $0.contains("/") }
    }

    private static func isFile(_ encoding: Operation.Body.Encoding) -> Bool {
        guard let type = encoding.contentType?.lowercased() else { return false }
        return ["image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip"]
            .contains { type.hasPrefix($0) }
    }

    /// Headers of a part whose schema leaves one value: nobody is asked for others.
    private static func constants(_ headers: [String: Place]) -> [String: String] {
        headers.compactMapValues { header in
            guard let schema = header.value["schema"] else { return nil }
            let values = schema["enum"]?.array ?? []
            let only = schema["const"] ?? (values.count == 1 ? values.first : nil) ?? schema["default"]
            return only.map { $0.string ?? $0.text }
        }
    }

    private static func texts(_ first: String?, _ others: [String]) -> [String] {
        var texts: [String] = []
        for text in ([first].compactMap(\.self) + others) where text.contains(where: { !$0.isWhitespace }) {
            if !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

    private mutating func noteOthers(_ operation: Operation) {
        guard body.mediaTypes.count > 1 else { return }
        let others = body.mediaTypes.map(\.name).filter { $0 != mediaType.name }.map { "\"\($0)\"" }
        let message = "The body is sent as \"\(mediaType.name)\"; the API takes \(others.joined(separator: ", ")) too."
        diagnostics.append(Diagnostic(.note, .otherMediaTypes, message, at: body.pointer))
    }

    private mutating func noteEncodings() {
        for (name, encoding) in mediaType.encodings.sorted(by: { $0.key < $1.key }) {
            if let style = encoding.style, CallRecipe.Parameter.Style(rawValue: style) == nil {
                let message = "The style \"\(style)\" of \"\(name)\" does not exist; the default is used."
                diagnostics.append(Diagnostic(.warning, .unsupportedStyle, message, at: body.pointer))
            }
            let constant = Self.constants(encoding.headers)
            for header in encoding.headers.keys.sorted() where constant[header] == nil {
                let message = "The header \"\(header)\" of the part \"\(name)\" has no fixed value; it is not sent."
                diagnostics.append(Diagnostic(.warning, .ignoredEncoding, message, at: body.pointer))
            }
        }
    }
}

extension Place {
    /// Whether the schema takes text, or says nothing of its type.
    fileprivate func isText(in document: Document) -> Bool {
        guard let schema = target(in: document)?.value else { return false }
        return schema["type"] == nil || schema.isOnly("string")
    }
}
