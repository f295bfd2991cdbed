package import JSON
package import Vocabulary

/// What a tool call comes to, as a model reads it.
package struct ToolCallOutcome: Sendable {
    /// A piece of what a model gets.
    package enum Content: Sendable, Hashable {
        case text(String)
        case image([UInt8], mediaType: String)
        case audio([UInt8], mediaType: String)
        /// Bytes of any other kind; a sentence about them goes before.
        case binary([UInt8], mediaType: String)
    }

    /// At least one; the first is text.
    package let content: [Content]
    /// The answer's body, where the call succeeded with a complete JSON text.
    package let structured: JSONValue?
    /// What went wrong; nothing where the call succeeded.
    package let problem: ProblemCode?
    /// The status of the answer; nothing where there was none.
    package let status: Int?
    /// The error behind it; for the log.
    package let cause: (any Error)?
    /// The request that was made, or that was to be made; none where arguments and variables make none.
    package var request: ShownRequest?

    package init(
        content: [Content],
        structured: JSONValue? = nil,
        problem: ProblemCode? = nil,
        status: Int? = nil,
        cause: (any Error)? = nil
    ) {
        self.content = content
        self.structured = structured
        self.problem = problem
        self.status = status
        self.cause = cause
    }

    package var isError: Bool { problem != nil }

    /// All text of ``content``, a line apart.
    package var text: String {
        content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }
}

extension ToolCallOutcome {
    /// The outcome of a call for which no request could be made.
    package init(_ refusal: RequestRefusal) {
        let code: ProblemCode =
            switch refusal.kind {
            case .argument: .invalid
            case .variables: .variableMissing
            case .recipe: .notSupported
            }
        self.init(content: [.text(refusal.message)], problem: code)
    }

    /// The outcome of a call that had no answer.
    package init(_ failure: UpstreamFailure, to request: OutgoingRequest) {
        let (code, hint): (ProblemCode, String?) =
            switch failure.kind {
            case .refused: (.upstreamRefused, nil)
            case .notResolved, .notSecure: (.upstreamFailed, "Other arguments will not help.")
            case .notConnected: (.upstreamFailed, "Nothing was sent; the same call may be tried again later.")
            case .timedOut: (.upstreamTimeout, request.repeatHint)
            case .connectionLost, .notHTTP: (.upstreamFailed, request.repeatHint)
            case .cancelled: (.unavailable, nil)
            }
        let text = [failure.message, hint].compactMap(\.self).joined(separator: " ")
        self.init(content: [.text(text)], problem: code, cause: failure.cause ?? failure)
    }

    /// The outcome of a call that was answered. Of the body of an error at most `excerpt` characters are shown.
    package init(_ answer: UpstreamAnswer, to request: OutgoingRequest, excerpt: Int = 2000) {
        let body = AnswerBody(answer)
        if (200..<300).contains(answer.status) {
            self.init(
                content: body.content(of: answer, to: request),
                structured: body.json,
                status: answer.status
            )
        } else {
            self.init(
                content: [.text(answer.errorSentence(to: request, body: body, excerpt: excerpt))],
                problem: .upstreamFailed,
                status: answer.status
            )
        }
    }
}
