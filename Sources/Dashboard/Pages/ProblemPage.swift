import Vocabulary

/// What is wrong, and how to go on.
struct ProblemPage: Sendable {
    struct FieldError: Sendable {
        let field: String
        let message: String
    }

    let title: String
    let message: String
    let code: String
    let errors: [FieldError]
    /// The page that the person came from, where it is one of ours.
    let back: String

    init(_ problem: Problem, referer: String?, own: String) {
        title = problem.code.title
        message = problem.pageMessage
        code = problem.code.rawValue
        errors = problem.errors.map { FieldError(field: $0.pointer, message: $0.message) }
        back = referer.flatMap { $0.hasPrefix(own + "/") ? String($0.dropFirst(own.utf8.count)) : nil } ?? Address.home
    }
}
