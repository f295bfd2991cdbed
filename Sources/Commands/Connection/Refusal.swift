import JSON

/// An answer of the server that says why it did not do what it was asked for (RFC 9457).
struct Refusal: Error, Sendable {
    let status: Int
    /// Stable: `confirm_required`.
    let code: String
    /// One sentence for people.
    let sentence: String
    /// What is wrong with single fields, one line each, and what to try.
    let errorLines: [String]
    /// The whole answer.
    let body: JSONValue

    /// Nothing where the answer is not a problem of Slipway.
    init?(status: Int, body: JSONValue, hasKey: Bool) {
        guard let code = body["code"]?.string else { return nil }
        self.status = status
        self.code = code
        self.body = body
        sentence = body["detail"]?.string ?? body["title"]?.string ?? "the server refused."
        var lines = Self.fieldErrors(of: body, besides: sentence)
        if status == 401, !hasKey {
            lines.append(
                "No key was sent. Give it in SLIPWAY_KEY or by --key; the server prints one at its first start."
            )
        }
        for (call, command) in Self.commands where sentence.contains("\(call) ") {
            lines.append("On the command line: \(command)")
        }
        errorLines = lines
    }

    /// The commands that show what calls named in sentences show.
    private static let commands = [
        ("toolsets.list", "slipway toolsets"), ("toolsets.get", "slipway toolsets show TOOLSET"),
        ("toolsets.listReleases", "slipway releases TOOLSET"), ("keys.list", "slipway keys"),
        ("toolsets.liftHold", "slipway lift-hold TOOLSET"),
        ("toolsets.activateRelease", "slipway activate TOOLSET NUMBER"),
        ("toolsets.rollbackToRelease", "slipway rollback TOOLSET NUMBER -m REASON"),
    ]

    /// A single error that the sentence tells already is not told twice.
    private static func fieldErrors(of body: JSONValue, besides sentence: String) -> [String] {
        let errors = body["errors"]?.array ?? []
        if errors.count == 1, let message = errors[0]["message"]?.string, sentence.contains(message) { return [] }
        return errors.map { error in
            let pointer = error["pointer"]?.string ?? ""
            return (pointer.isEmpty ? "" : "\(pointer): ") + (error["message"]?.string ?? "")
        }
    }

    /// Further texts of the answer by that name, wherever the server puts them.
    func details(_ name: String) -> [String] {
        let value = body[name] ?? body["details"]?[name]
        if let items = value?.array { return items.compactMap(\.string) }
        return value?.string.map { [$0] } ?? []
    }
}
