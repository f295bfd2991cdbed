import JSON
import JSONSchema
import OpenAPI

extension Place {
    /// The one schema that the schema here is, in other words: the only one under `allOf`, `anyOf` or `oneOf`, beside which
    /// nothing but texts stands. Nothing where there is none.
    var loneSchema: Place? { loneSchema(orNull: false) }

    /// The same where `null` may be another choice: who wants to know what else a value may be need not ask of it.
    var loneSchemaOrNull: Place? { loneSchema(orNull: true) }

    private func loneSchema(orNull: Bool) -> Place? {
        guard let object = value.object else { return nil }
        let said = object.filter { !SchemaTexts.contains($0.key) && !SilentKeyword.isSilent($0.key, in: object) }
        guard said.count == 1, let keyword = said.first?.key, ["allOf", "anyOf", "oneOf"].contains(keyword),
            let parts = said.first?.value.array
        else { return nil }
        let open = parts.indices.filter { index in
            if keyword == "allOf" { return !SilentKeyword.saysNothing(parts[index]) }
            return !orNull || !parts[index].isOnlyNull
        }
        guard open.count == 1, let index = open.first else { return nil }
        return Place(parts[index], at: pointer.appending(keyword).appending(index))
    }
}

/// Keywords that tell readers of a value and ask nothing of it.
enum SchemaTexts {
    static func contains(_ keyword: String) -> Bool { keywords.contains(keyword) || keyword.hasPrefix("x-") }

    private static let keywords: Set = [
        "title", "description", "example", "examples", "default", "deprecated", "externalDocs", "xml", "$comment",
        "$defs", "definitions", "discriminator",
    ]
}

extension JSONValue {
    /// Whether a schema takes `null` and nothing else.
    fileprivate var isOnlyNull: Bool {
        self["type"] == "null" || self["type"] == ["null"] || self["enum"] == [nil] || self["const"] == .some(.null)
    }

    /// Whether a schema says that values are of that type, however it writes that.
    func isOnly(_ type: String) -> Bool { self["type"] == .string(type) || self["type"] == [.string(type)] }
}
