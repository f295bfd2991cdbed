import JSON
import ManagementAPI
import Vocabulary

/// A prompt as an agent would get it.
struct PromptPreview: Sendable {
    var text = ""
    var fault = ""
    /// Names that the template uses and no argument declares.
    var undeclared: [String] = []

    /// Renders a draft; an argument without a sample shows as its name in brackets.
    init(of draft: PromptDraft, by visit: Visit) async {
        guard !draft.prompt.isEmpty else { return }
        var arguments = JSONObject()
        for argument in draft.arguments where !argument.name.isEmpty {
            arguments[argument.name] = .string(argument.sample.isEmpty ? "[\(argument.name)]" : argument.sample)
        }
        do {
            let input: JSONObject = [
                "prompt": .string(draft.prompt), "declared": draft.declared, "arguments": .object(arguments),
            ]
            let answer = try await visit.call("templates.preview", input).body
            text = answer["text"]?.string ?? ""
            undeclared = (answer["undeclared"]?.array ?? []).compactMap(\.string)
        } catch {
            fault = Self.sentence(of: error as? Problem)
        }
    }

    init(text: String = "", fault: String = "", undeclared: [String] = []) {
        self.text = text
        self.fault = fault
        self.undeclared = undeclared
    }

    /// What is said beside the text; empty where everything is declared.
    var warning: String {
        guard !undeclared.isEmpty else { return "" }
        let names = undeclared.map { "{{\($0)}}" }.joined(separator: ", ")
        return undeclared.count == 1
            ? "\(names) is no argument of the prompt, so nothing would stand there."
            : "\(names) are no arguments of the prompt, so nothing would stand there."
    }

    /// `Declare topic and city`
    var declareLabel: String { undeclared.isEmpty ? "" : "Declare \(undeclared.joined(separator: ", "))" }

    private static func sentence(of problem: Problem?) -> String {
        if let reason = problem?.errors.first(where: { $0.pointer == "/prompt" })?.message {
            return "The template cannot be read: \(reason)."
        }
        return problem?.errors.contains { $0.pointer.hasPrefix("/declared") } == true
            ? "There is no preview before the names of the arguments are right." : "There is no preview now."
    }
}
