import JSON
import Vocabulary

extension Problem {
    /// A detail that is a text, or the first of several; none where the problem has no such detail.
    func text(_ name: String) -> String? {
        for detail in details where detail.name == name {
            switch detail.value {
            case .text(let text): return text
            case .texts(let texts): return texts.first
            default: return nil
            }
        }
        return nil
    }

    /// A detail that has parts; none where the problem has no such detail.
    func json(_ name: String) -> JSONValue? {
        for detail in details where detail.name == name {
            if case .json(let text) = detail.value { return try? JSONValue(parsing: Array(text.utf8)) }
        }
        return nil
    }
}
