import ArgumentParser
import Vocabulary

extension SlipwayCommand {
    /// Says what went wrong on the error stream; returns the exit status.
    static func report(_ error: any Error, console: Console) -> Int32 {
        switch error {
        case let exit as ExitCode:
            return exit.rawValue
        case let refusal as Refusal:
            console.complain(refusal.sentence, code: refusal.code, details: refusal.errorLines)
        case let failure as CommandFailure:
            console.complain(failure.sentence, details: failure.hints)
        case let problem as Problem:
            let lines = problem.errors.map { "\($0.pointer): \($0.message)" }
            console.complain(problem.message, code: problem.code.rawValue, details: lines)
        default:
            return reportParsing(error, console: console)
        }
        return 1
    }

    /// Help and the version are no errors, though the parser throws them; everything unforeseen ends here too.
    private static func reportParsing(_ error: any Error, console: Console) -> Int32 {
        switch exitCode(for: error) {
        case .success:
            console.write(message(for: error))
            return 0
        case .validationFailure:
            let message = fullMessage(for: error)
            let label = "Error: "
            console.hint("slipway: " + (message.hasPrefix(label) ? String(message.dropFirst(label.count)) : message))
            return 1
        default:
            console.complain("\(error)")
            return 1
        }
    }
}
