import JSON
import Tools

/// What changes in how a tool's call is made: `exec.*` but for its host.
struct CallChanges {
    private let old: CallRecipe
    private let new: CallRecipe
    private var differences = Differences()

    /// `isOtherOperation` where the tool calls something else altogether, which is told by another rule: then its path
    /// is not told too.
    static func differences(from old: CallRecipe, to new: CallRecipe, isOtherOperation: Bool) -> [RuledDifference] {
        guard old != new else { return [] }
        var changes = CallChanges(old: old, new: new)
        changes.compareMethod()
        if !isOtherOperation { changes.comparePath() }
        changes.compareParameters()
        changes.compareBody()
        changes.compareHeaders()
        changes.compareAnswer()
        return changes.differences.all
    }

    private init(old: CallRecipe, new: CallRecipe) {
        self.old = old
        self.new = new
    }

    private mutating func compareMethod() {
        guard old.method != new.method else { return }
        let rule: ChangeRule
        let message: String
        switch (old.effect, new.effect) {
        case (.read, .delete), (.write, .delete):
            rule = .execMethodDeleteIntroduced
            message = "The call deletes by now: it was \(old.method) and is DELETE."
        case (.read, .write):
            rule = .execMethodEscalated
            message = "The call writes by now: it was \(old.method), which reads, and is \(new.method)."
        case (.write, .read), (.delete, .read):
            rule = .execMethodReduced
            message = "The call only reads by now: it was \(old.method) and is \(new.method)."
        default:
            rule = .execMethodChanged
            message = "The call is \(new.method) in place of \(old.method)."
        }
        differences.tell(rule, at: "/call/method", .string(old.method), .string(new.method), message)
    }

    /// The path of the server's address counts as well; where no address is known, it is all there is.
    private mutating func comparePath() {
        let before = Self.path(of: old)
        let after = Self.path(of: new)
        guard !CallRecipe.shape(of: before).isSameJSON(as: CallRecipe.shape(of: after)) else { return }
        differences.tell(
            .execPathChanged,
            at: "/call/path",
            .string(before),
            .string(after),
            "The call goes to the path \(after) in place of \(before)."
        )
    }

    static func path(of call: CallRecipe) -> String {
        let server = call.serverAddress()
        return (RecipeAddress(server)?.path ?? (server.contains("://") ? "" : server)) + call.path
    }

    private mutating func compareBody() {
        // That an argument goes into a body where there was none is told of the argument.
        let isMove = (old.body == nil) != (new.body == nil) && differences.all.contains { $0.rule == .execParamMoved }
        if !isMove, let before = Self.sendsEmptyBody(old), let after = Self.sendsEmptyBody(new), before != after {
            let message =
                after
                ? "A call without any argument of the body sends an empty body by now, and sent none."
                : "A call without any argument of the body sends no body by now, and sent an empty one."
            differences.tell(.execBodyRequiredChanged, at: "/call/body/required", .bool(before), .bool(after), message)
        }
        guard let before = old.body, let after = new.body else { return }
        let left = Self.mediaType(before)
        let right = Self.mediaType(after)
        guard !left.isSameJSON(as: right) else { return }
        differences.tell(
            .execBodyMediaChanged,
            at: "/call/body/contentType",
            .string(left),
            .string(right),
            "The body is sent as \(right) in place of \(left)."
        )
    }

    /// Whether a call that gives no argument of the body sends an empty one; nothing where there is no such call.
    private static func sendsEmptyBody(_ call: CallRecipe) -> Bool? {
        guard let body = call.body else { return false }
        switch body.content {
        case .members(let members) where body.isRequired: return members.contains(where: \.isRequired) ? nil : true
        case .argument where body.isRequired: return nil
        case .members, .argument: return false
        }
    }

    private static func mediaType(_ body: CallRecipe.Body) -> String {
        let type = normalised(body.contentType)
        return type + (body.isBinary ? " (bytes)" : "") + (body.isJSON ? " (written as JSON)" : "")
    }

    private static func normalised(_ mediaType: String) -> String {
        mediaType.lowercased().split(separator: ";").map { PlainText.normalised(String($0)) }.joined(separator: "; ")
    }
}

// MARK: - Arguments

extension CallChanges {
    /// Where the value of an argument goes.
    private struct Place: Hashable {
        let location: String
        /// The name upstream; empty where it is the placeholder of a path, or the whole body.
        let name: JSONName
        /// How it is written.
        let style: JSONName

        init(_ location: String, name: String, style: String) {
            self.location = location
            self.name = JSONName(name)
            self.style = JSONName(style)
        }

        var json: JSONValue { ["in": .string(location), "name": .string(name.text)] }
    }

    /// Arguments that only one of both has are a change of the input schema, and told there.
    private mutating func compareParameters() {
        let before = Dictionary(Self.places(of: old), uniquingKeysWith: { first, _ in first })
        for (argument, after) in Self.places(of: new) {
            guard let before = before[argument], before != after else { continue }
            let pointer = JSONPointer(["call", "parameters", argument]).description
            if before.location != after.location {
                differences.tell(
                    .execParamMoved,
                    at: pointer,
                    before.json,
                    after.json,
                    "`\(argument)` goes into the \(after.location) in place of the \(before.location)."
                )
            } else if !Self.isSameName(before, after) {
                differences.tell(
                    .execParamRenamedUpstream,
                    at: pointer,
                    before.json,
                    after.json,
                    "`\(argument)` is sent as \(PlainText.quoted(after.name.text)) in place of \(PlainText.quoted(before.name.text))."
                )
            }
            if before.style != after.style, before.location == after.location {
                differences.tell(
                    .execParamStyleChanged,
                    at: pointer,
                    .string(before.style.text),
                    .string(after.style.text),
                    "`\(argument)` is written in another way: \(after.style.text) in place of \(before.style.text)."
                )
            }
        }
    }

    private static func isSameName(_ left: Place, _ right: Place) -> Bool {
        left.name == right.name
            || left.location == "header" && left.name.text.lowercased().isSameJSON(as: right.name.text.lowercased())
    }

    private static func places(of call: CallRecipe) -> [(String, Place)] {
        var places = call.parameters.map { parameter in
            let name = parameter.location == .path || parameter.location == .querystring ? "" : parameter.name
            return (parameter.argument, Place(parameter.location.rawValue, name: name, style: style(parameter)))
        }
        guard let body = call.body else { return places }
        let parts = Dictionary(body.parts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        switch body.content {
        case .argument(let argument): places.append((argument, Place("body", name: "", style: "whole")))
        case .members(let members):
            for member in members {
                let style = style(parts[member.name])
                places.append((member.argument, Place("body", name: member.name, style: style)))
            }
        }
        return places
    }

    private static func style(_ parameter: CallRecipe.Parameter) -> String {
        if let contentType = parameter.contentType { return normalised(contentType) }
        // The names of path parameters are in this style, others' are not.
        let name = parameter.style == .matrix ? " \(parameter.name)" : ""
        return parameter.style.rawValue + name + (parameter.explode ? ", exploded" : "")
            + (parameter.allowsReserved ? ", reserved characters as they are" : "")
    }

    private static func style(_ part: CallRecipe.Body.Part?) -> String {
        guard let part else { return "member" }
        var words = ["part", part.contentType.map(normalised), part.style?.rawValue].compactMap(\.self)
        if part.explode == true { words.append("exploded") }
        if part.allowsReserved { words.append("reserved characters as they are") }
        if part.isFile { words.append("file") }
        return words.joined(separator: ", ")
    }
}

// MARK: - Headers and answers

extension CallChanges {
    private mutating func compareHeaders() {
        let before = Self.headers(of: old)
        let after = Self.headers(of: new)
        for key in Set(before.keys).union(after.keys).sorted() where !before[key].isSameJSON(as: after[key]) {
            let pointer = JSONPointer(["call", "headers"] + key.split(separator: "\n").map(String.init)).description
            let name = key.split(separator: "\n").last.map(String.init) ?? key
            let left = before[key].map { SecretText.isSecret($0, named: name) ? SecretText.masked : .string($0) }
            let right = after[key].map { SecretText.isSecret($0, named: name) ? SecretText.masked : .string($0) }
            switch (left, right) {
            case (nil, _):
                let message = "The header \(name) is sent with every call."
                differences.tell(.execHeaderAdded, at: pointer, nil, right, message)
            case (_, nil):
                let message = "The header \(name) is no longer sent."
                differences.tell(.execHeaderRemoved, at: pointer, left, nil, message)
            default:
                let message = "The header \(name) is sent with another value."
                differences.tell(.execHeaderChanged, at: pointer, left, right, message)
            }
        }
    }

    private static let acceptHeader = "accept"
    /// Where `Accept` is told as a header like others.
    static let acceptPointer = "/call/headers/\(acceptHeader)"

    /// Headers that are the same in every call: those of parts, by the part's name and theirs, and `Accept`.
    private static func headers(of call: CallRecipe) -> [String: String] {
        var headers: [String: String] = [:]
        for part in call.body?.parts ?? [] {
            for (name, value) in part.headers { headers["\(part.name)\n\(name.lowercased())"] = value }
        }
        // Types without a weight stand in no order (RFC 9110, section 12.5.1).
        headers[acceptHeader] = call.accept.map { accept in
            accept.split(separator: ",").map { normalised(String($0)) }.sorted().joined(separator: ", ")
        }
        return headers
    }

    /// What kind of content an answer is, as far as `Accept` says it.
    private mutating func compareAnswer() {
        guard let before = old.accept, let after = new.accept else { return }
        let left = Self.kinds(before)
        let right = Self.kinds(after)
        guard left != right, !left.isEmpty, !right.isEmpty else { return }
        let message = "The answer is \(after) in place of \(before): text became bytes, or bytes became text."
        differences.tell(.outputContentMediaChanged, at: "/call/accept", .string(before), .string(after), message)
    }

    private static func kinds(_ accept: String) -> Set<String> {
        Set(
            accept.split(separator: ",").compactMap { item in
                let type = normalised(String(item)).prefix { $0 != ";" }
                if type.hasPrefix("*") { return nil }
                return isBinary(String(type)) ? "bytes" : "text"
            }
        )
    }

    private static func isBinary(_ type: String) -> Bool {
        if type.hasSuffix("+xml") || type.hasSuffix("+json") { return false }
        let families = ["image/", "audio/", "video/", "font/", "model/"]
        let types: Set = [
            "application/octet-stream", "application/pdf", "application/zip", "application/gzip", "application/x-tar",
            "application/x-protobuf", "application/protobuf", "application/vnd.google.protobuf", "application/msgpack",
            "application/cbor", "application/x-7z-compressed", "application/java-archive", "application/wasm",
        ]
        return families.contains(where: type.hasPrefix) || types.contains(type)
            || type.hasPrefix("application/vnd.openxmlformats") || type.hasPrefix("application/vnd.ms-")
    }
}

// MARK: - Recipes that cannot work

extension CallRecipe {
    /// Why no call can be made by the recipe, with the place in the tool; none where one can.
    func faults(inputSchema: JSONValue?) -> [(pointer: String, reason: String)] {
        var faults: [(String, String)] = []
        let placed = Set(parameters.filter { $0.location == .path }.map(\.name))
        for name in Self.placeholders(of: path) where !placed.contains(name) {
            faults.append(("/call/path", "nothing fills {\(name)} in its path"))
        }
        let known = Set(serverVariables.map(\.name))
        for name in Self.placeholders(of: server) where !known.contains(name) {
            faults.append(("/call/server", "nothing fills {\(name)} in its server's address"))
        }
        if let address = RecipeAddress(serverAddress()) {
            if address.host.isEmpty { faults.append(("/call/server", "its server's address names no host")) }
            if !["http", "https"].contains(address.scheme) {
                faults.append(("/call/server", "its server's address is neither http nor https"))
            }
        }
        if method.isEmpty { faults.append(("/call/method", "it has no method")) }
        let properties = inputSchema?["properties"]
        for parameter in parameters where parameter.isRequired && properties?[parameter.argument] == nil {
            let pointer = JSONPointer(["call", "parameters", parameter.argument]).description
            faults.append((pointer, "it needs `\(parameter.argument)`, which is no argument of the tool"))
        }
        return faults
    }

    private static func placeholders(of template: String) -> [String] {
        template.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }
}
