import JSON

/// How answers of the server are said to people.
enum Wording {
    /// `3 tools`, `1 tool`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// `about 1200 tokens`: it is an estimate.
    static func tokens(_ number: Int) -> String { "about \(count(number, "token"))" }

    /// `2026-11-22 17:08` of `2026-11-22T17:08:30.125Z`.
    static func minute(_ time: JSONValue?) -> String? {
        time?.string.map { String($0.prefix(16)).replacing("T", with: " ") }
    }

    /// The first line of a longer text.
    static func firstLine(_ text: JSONValue?) -> String? {
        guard let line = text?.string?.split(whereSeparator: \.isNewline).first else { return nil }
        return line.count > 60 ? line.prefix(59) + "…" : String(line)
    }

    static func releaseState(_ state: JSONValue?) -> Table.Cell {
        switch state?.string {
        case "live": Table.Cell("live", .good)
        case "was_live": "was live"
        case "never_live": "never live"
        case let other: Table.Cell(other)
        }
    }

    /// As ``releaseState(_:)``, of a whole release: one that something was taken out of says so.
    static func releaseState(of release: JSONValue) -> Table.Cell {
        let state = releaseState(release["state"])
        guard let redaction = release["redaction"], !redaction.isNull else { return state }
        return Table.Cell("\(state.text), redacted", .notable)
    }

    static func activationKind(_ kind: JSONValue?) -> Table.Cell {
        switch kind?.string {
        case "publish": "published"
        case "rollback": Table.Cell("rolled back", .notable)
        case "roll_forward": "returned"
        case let other: Table.Cell(other)
        }
    }
}
