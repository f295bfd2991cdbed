import ArgumentParser
import JSON

/// A release of a toolset as the command line names it: by its number, or by its label.
enum ReleaseArgument: ExpressibleByArgument, CustomStringConvertible {
    case number(Int)
    case label(String)

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        let isNumber = argument.utf8.allSatisfy { (0x30...0x39).contains($0) }
        self = (isNumber ? Int(argument) : nil).map { .number($0) } ?? .label(argument)
    }

    /// As it was written.
    var description: String {
        switch self {
        case .number(let number): String(number)
        case .label(let label): label
        }
    }

    /// The number, where it was given.
    var number: Int? {
        if case .number(let number) = self { number } else { nil }
    }

    /// Names the release in the fields of a call.
    func name(in fields: inout JSONObject) {
        switch self {
        case .number(let number): fields["number"] = JSONValue(number)
        case .label(let label): fields["label"] = .string(label)
        }
    }

    /// The fields of a call about a release of a toolset.
    func fields(of toolset: String) -> JSONObject {
        var fields: JSONObject = ["slug": .string(toolset)]
        name(in: &fields)
        return fields
    }
}
