import JSON

/// Being told of changes from now on (2026-07-28, Subscriptions). Its answer is a stream, so it is no ``Method``.
///
/// All lists are honoured, also one that is empty and not advertised yet. Changes of single resources are not told, so
/// `resourceSubscriptions` is not among what is acknowledged.
struct SubscriptionsListen {
    static let name = "subscriptions/listen"

    private let lists: Set<ListKind>

    /// Reads the parameters.
    init(_ parameters: JSONObject) throws(Failure) {
        guard let wanted = parameters["notifications"]?.object else {
            throw .invalidParameters("subscriptions/listen needs params.notifications, an object.")
        }
        var lists: Set<ListKind> = []
        for list in ListKind.allCases {
            guard let value = wanted[list.filter], !value.isNull else { continue }
            guard let isWanted = value.bool else {
                throw .invalidParameters("params.notifications.\(list.filter) must be true or false.")
            }
            if isWanted { lists.insert(list) }
        }
        if let resources = wanted["resourceSubscriptions"], !resources.isNull {
            guard let resources = resources.array, resources.allSatisfy({ $0.string != nil }) else {
                throw .invalidParameters("params.notifications.resourceSubscriptions must be a list of URIs.")
            }
        }
        self.lists = lists
    }

    /// The stream that a request opens, or why it opens none.
    static func answer(_ request: Request, headers: HeaderFields, from content: some ServedContent) -> Outgoing {
        do throws(Failure) {
            guard content.tellsChanges else { throw .unknownMethod(request.method) }
            guard MediaTypes.accepts("text/event-stream", headers) else {
                throw .invalidRequest("The answer is text/event-stream, which Accept rules out.", status: 406)
            }
            let listen = try SubscriptionsListen(request.parameters)
            return .events(ChangeStream(of: listen.lists, for: request.id, by: content.implementation))
        } catch {
            return .refusal(error, of: request.id)
        }
    }
}
