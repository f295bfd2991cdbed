import JSON

/// Every method that is answered by one reply; ``SubscriptionsListen`` is answered by a stream. What is in neither place
/// (completion, logging, subscriptions to single resources) is advertised nowhere either.
enum Methods {
    private static let all: [any Method.Type] = [
        Initialize.self, Discover.self, Ping.self, ToolsList.self, ToolsCall.self, PromptsList.self, PromptsGet.self,
        ResourcesList.self, ResourcesRead.self, ResourceTemplatesList.self,
    ]
    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    static func reply(
        to request: Request,
        from content: some ServedContent,
        context: CallContext
    ) async -> Reply {
        do {
            guard let method = byName[request.method], method.isOffered(by: content, in: context.revision) else {
                throw Failure.unknownMethod(request.method)
            }
            let payload = try await method.init(request.parameters).answer(from: content, context: context)
            return Reply(id: request.id, outcome: .success(payload))
        } catch let failure as Failure {
            return Reply(id: request.id, outcome: .failure(failure))
        } catch {
            return Reply(id: request.id, outcome: .failure(.unexpected(error)))
        }
    }
}
