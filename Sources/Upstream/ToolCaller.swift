package import JSON
package import Tools

/// Makes tool calls: from a recipe, arguments and variables to what a model reads.
package struct ToolCaller: Sendable {
    private let client: UpstreamClient
    private let userAgent: String
    private let timeout: Duration

    /// A caller whose requests go out by `client`, which is shut down by its owner. `userAgent` is `Slipway/1.0`;
    /// `timeout` bounds each call as a whole.
    package init(client: UpstreamClient, userAgent: String, timeout: Duration = .seconds(30)) {
        self.client = client
        self.userAgent = userAgent
        self.timeout = timeout
    }

    /// Makes one call. The arguments have been validated against the tool's schema; `variables` are the environment's,
    /// secrets in the clear. Every failure is an outcome; cancelling the task ends the request.
    package func call(
        _ recipe: CallRecipe,
        arguments: JSONObject,
        variables: [String: String],
        trace: TraceHeaders = TraceHeaders()
    ) async -> ToolCallOutcome {
        let request: OutgoingRequest
        do throws(RequestRefusal) {
            request = try OutgoingRequest(
                recipe: recipe,
                arguments: arguments,
                variables: variables,
                userAgent: userAgent,
                trace: trace
            )
        } catch {
            return ToolCallOutcome(error)
        }
        do throws(UpstreamFailure) {
            return ToolCallOutcome(try await client.perform(request, timeout: timeout), to: request)
        } catch {
            return ToolCallOutcome(error, to: request)
        }
    }
}
