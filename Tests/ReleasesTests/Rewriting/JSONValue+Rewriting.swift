import JSON

extension JSONValue {
    /// This as YAML in blocks.
    var blockText: String {
        var lines = ""
        writeBlock(into: &lines, indent: "")
        return lines
    }

    private func writeBlock(into lines: inout String, indent: String) {
        switch self {
        case .object(let object) where !object.isEmpty:
            for (key, value) in object { value.writeMember(JSONValue.string(key).text + ":", into: &lines, indent) }
        case .array(let items) where !items.isEmpty:
            for item in items { item.writeMember("-", into: &lines, indent) }
        default: lines += indent + text + "\n"
        }
    }

    private func writeMember(_ mark: String, into lines: inout String, _ indent: String) {
        let isBlock = object.map { !$0.isEmpty } ?? array.map { !$0.isEmpty } ?? false
        guard isBlock else {
            lines += "\(indent)\(mark) \(text)\n"
            return
        }
        lines += "\(indent)\(mark)\n"
        writeBlock(into: &lines, indent: indent + "  ")
    }

    /// This with other addresses of servers, wherever any are named.
    func withServers(_ change: (String) -> String) -> JSONValue {
        mapped { value in
            guard case .object(var object) = value, let servers = object["servers"]?.array else { return value }
            object["servers"] = .array(
                servers.map { server in
                    guard var members = server.object, let url = members["url"]?.string else { return server }
                    members["url"] = .string(change(url))
                    return .object(members)
                }
            )
            return .object(object)
        }
    }

    /// This document with what each schema refers to in its place, one step far. What a discriminator goes by, the names
    /// of its schemas, stays.
    func inlined(keepingSiblings: Bool) -> JSONValue {
        let schemas = self["components"]?["schemas"]
        return DocumentWalk { part, object, original in
            if part == .schema, object["discriminator"] != nil {
                var object = object
                for keyword in ["oneOf", "anyOf"] { object[keyword] = original[keyword] }
                return .object(object)
            }
            guard part == .schema, let name = object["$ref"]?.string?.split(separator: "/").last.map(String.init),
                object["$ref"] == .string("#/components/schemas/\(name)"), let target = schemas?[name]?.object,
                target["discriminator"] == nil, !keepingSiblings || object.count == 1
            else { return .object(object) }
            return .object(target)
        }.walked(self)
    }

    /// This document with each schema of a body, an answer, a parameter and a property under a name of its own.
    func hoisted() -> JSONValue {
        var named: [(String, JSONValue)] = []
        func name(_ schema: JSONValue) -> JSONValue {
            guard schema.object.map({ $0["$ref"] == nil && !$0.isEmpty }) ?? false else { return schema }
            named.append(("Moved\(named.count)", schema))
            return ["$ref": .string("#/components/schemas/Moved\(named.count - 1)")]
        }
        let walked = DocumentWalk { part, object, _ in
            var object = object
            if part == .mediaType || part == .parameter { object["schema"] = object["schema"].map(name) }
            if part == .schema, let members = object["properties"]?.object {
                object["properties"] = .object(JSONObject(members.map { ($0.key, name($0.value)) }))
            }
            return .object(object)
        }.walked(self)
        var root = walked.object ?? [:]
        var components = root["components"]?.object ?? [:]
        components["schemas"] = .object((components["schemas"]?.object ?? [:]).adding(named))
        root["components"] = .object(components)
        return .object(root)
    }
}

extension JSONObject {
    /// This body of OpenAPI 3.0 as 3.1 writes it: how the parts of multipart are styled, which 3.0 ignores, is not said.
    var bodyAsOpenAPI31: JSONValue {
        guard let content = self["content"]?.object else { return .object(self) }
        var body = self
        body["content"] = .object(
            JSONObject(
                content.map { type, value in
                    guard type.hasPrefix("multipart/"), var media = value.object,
                        let encodings = media["encoding"]?.object
                    else { return (type, value) }
                    media["encoding"] = .object(
                        JSONObject(
                            encodings.map { name, encoding in
                                let kept = (encoding.object ?? [:]).without("style", "explode", "allowReserved")
                                return (name, .object(kept))
                            }
                        )
                    )
                    return (type, .object(media))
                }
            )
        )
        return .object(body)
    }

    /// This schema with `null` as one of two choices; nothing where it does not take it plainly.
    func withNullAsChoice() -> JSONValue? {
        guard let types = self["type"]?.array, types.count == 2, types.contains("null"), self["enum"] == nil,
            self["const"] == nil
        else { return nil }
        let texts: Set = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"]
        var outer = JSONObject(filter { texts.contains($0.key) }.map { ($0.key, $0.value) })
        var inner = JSONObject(filter { !texts.contains($0.key) }.map { ($0.key, $0.value) })
        inner["type"] = types.first { $0 != "null" }
        outer["anyOf"] = [.object(inner), ["type": "null"]]
        return .object(outer)
    }

    /// This schema of OpenAPI 3.0 as 3.1 writes it.
    var asOpenAPI31: JSONValue {
        if let reference = self["$ref"] { return ["$ref": reference] }
        var schema = without("nullable", "exclusiveMinimum", "exclusiveMaximum", "example")
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            guard self[exclusive] == true, let value = self[bound] else { continue }
            schema[bound] = nil
            schema[exclusive] = value
        }
        if let example = self["example"] { schema["examples"] = [example] }
        if schema["type"] == "string", schema["format"] == "binary" {
            schema = schema.without("format", "type").adding([("contentMediaType", "application/octet-stream")])
        }
        guard self["nullable"] == true else { return .object(schema) }
        guard let type = schema["type"] else { return .object(schema.adding([("nullable", true)])) }
        schema["type"] = [type, "null"]
        if let values = schema["enum"]?.array, !values.contains(.null) { schema["enum"] = .array(values + [.null]) }
        return .object(schema)
    }
}
