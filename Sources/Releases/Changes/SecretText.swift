import JSON
import Tools

/// Values in a recipe that look like credentials written out: a release is read by many, and a secret has no place in
/// it.
enum SecretText {
    /// What stands for a secret wherever one would be shown.
    static let masked: JSONValue = "(hidden)"

    /// A place in a tool at which a secret is written out.
    struct Place: Hashable {
        let pointer: String
        let value: String
    }

    /// Headers of parts that never change, parameters whose only or usual value stands in the schema, and credentials in
    /// the server's address.
    static func places(in tool: CompiledTool) -> [Place] {
        var places: [Place] = []
        for part in tool.call.body?.parts ?? [] {
            for (name, value) in part.headers.sorted(by: { $0.key < $1.key }) where isSecret(value, named: name) {
                places.append(
                    Place(pointer: pointer("call", "headers", part.name, name.lowercased()), value: value)
                )
            }
        }
        for parameter in tool.call.parameters where parameter.location != .path {
            let property = tool.tool["inputSchema"]?["properties"]?[parameter.argument]
            for (keyword, value) in fixedTexts(property) where isSecret(value, named: parameter.name) {
                places.append(
                    Place(pointer: pointer("inputSchema", "properties", parameter.argument, keyword), value: value)
                )
            }
        }
        if RecipeAddress(tool.call.serverAddress())?.hasCredentials == true {
            places.append(Place(pointer: "/call/server", value: tool.call.server))
        }
        return places
    }

    /// Whether a text under that name is a secret and no placeholder for one.
    static func isSecret(_ text: String, named name: String) -> Bool {
        let value = PlainText.normalised(text)
        guard value.utf8.count >= 8, !isPlaceholder(value) else { return false }
        let lowered = value.lowercased()
        if isKnownForm(value) { return true }
        for scheme in ["bearer ", "basic ", "token "] where lowered.hasPrefix(scheme) {
            return value.utf8.count >= scheme.utf8.count + 8
        }
        let words = name.lowercased().replacing("_", with: "-")
        let isCredential = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "auth-key"]
            .contains { words.hasSuffix($0) }
        return isCredential && !value.contains(" ")
    }

    /// Prefixes by which well-known services mark their keys, and JSON Web Tokens.
    private static func isKnownForm(_ value: String) -> Bool {
        guard value.utf8.count >= 16, !value.contains(" ") else { return false }
        let prefixes = [
            "sk-", "sk_live_", "sk_test_", "rk_live_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-",
            "xoxp-",
            "xoxa-", "AKIA", "ASIA", "AIza", "ya29.", "SG.", "npm_", "dop_v1_", "shpat_", "hf_", "slw_",
        ]
        if prefixes.contains(where: value.hasPrefix) { return true }
        return value.hasPrefix("eyJ") && value.split(separator: ".").count == 3
    }

    private static func isPlaceholder(_ value: String) -> Bool {
        let lowered = value.lowercased()
        let marks = ["{", "<", "your", "xxx", "***", "...", "example", "changeme", "placeholder", "string", "$", "…"]
        return marks.contains { lowered.contains($0) }
    }

    private static func fixedTexts(_ property: JSONValue?) -> [(keyword: String, value: String)] {
        guard let property else { return [] }
        var texts: [(String, String)] = []
        for keyword in ["const", "default"] {
            if let text = property[keyword]?.string { texts.append((keyword, text)) }
        }
        if let values = property["enum"]?.array, values.count == 1, let text = values[0].string {
            texts.append(("enum", text))
        }
        return texts
    }

    private static func pointer(_ tokens: String...) -> String { JSONPointer(tokens).description }
}
