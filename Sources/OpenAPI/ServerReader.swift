import JSON

extension Operation.Server {
    /// No address that anybody uses is longer, and no default of a variable is.
    private static let longest = 2048

    /// The first server of the first list that has one; without any it is `/` (OpenAPI 3.1, 4.8.1).
    init(firstOf lists: [Place?]) {
        let servers = lists.compactMap(\.self).first { $0.value.array?.isEmpty == false }
        guard let servers, let server = servers.value.array?.first else {
            self.init(url: "", pointer: JSONPointer(), problem: nil)
            return
        }
        var url = server["url"]?.string ?? ""
        let variables = Self.variables(of: url, server["variables"]?.object ?? [:])
        let problem = Self.problem(with: Self.filled(url, variables))
        while url.hasSuffix("/") { url.removeLast() }
        self.init(
            url: problem == nil ? url : "",
            variables: problem == nil ? variables : [],
            pointer: servers.pointer.appending(0),
            problem: problem
        )
    }

    /// The variables that the template names and that have a default, each once.
    private static func variables(of template: String, _ written: JSONObject) -> [Variable] {
        var variables: [Variable] = []
        var rest = template.prefix(longest + 1)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            guard let variable = written[name], let value = variable["default"],
                !variables.contains(where: { $0.name == name })
            else { continue }
            variables.append(
                Variable(
                    name: name,
                    defaultValue: String((value.string ?? value.text).prefix(longest + 1)),
                    values: variable["enum"]?.array?.map { $0.string ?? $0.text } ?? []
                )
            )
        }
        return variables
    }

    /// The template with the default of each variable in its place; what has none stays as it is. A default is not
    /// looked at for variables again.
    private static func filled(_ template: String, _ variables: [Variable]) -> String {
        var url = ""
        var rest = template.prefix(longest + 1)
        while url.utf8.count <= longest, let open = rest.firstIndex(of: "{"),
            let close = rest[open...].firstIndex(of: "}")
        {
            let name = rest[rest.index(after: open)..<close]
            url += rest[..<open]
            if let variable = variables.first(where: { $0.name == name }) {
                url += variable.defaultValue
            } else {
                url += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return url + rest
    }

    static func problem(with url: String) -> String? {
        if url.utf8.count > longest { return "is longer than \(longest) bytes" }
        if url.contains("{") { return "has a variable without a default" }
        if url.contains("?") || url.contains("#") { return "has a query or a fragment" }
        guard let colon = url.firstRange(of: "://") else { return nil }
        guard ["http", "https"].contains(url[..<colon.lowerBound].lowercased()) else { return "is not http or https" }
        return url[colon.upperBound...].prefix { $0 != "/" }.isEmpty ? "names no host" : nil
    }
}
