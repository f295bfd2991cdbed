package import Accounts
import JSON
package import ManagementAPI
import Projects
import Vocabulary

/// Carries out calls: finds the call, looks whether the caller may make it, reads its input, and runs it.
package struct CallDesk: Sendable {
    private let projects: any ProjectStore
    private let reader: InputReader
    private let handlers: [String: CallHandler]
    private let repeats: RepeatedRequests

    /// - Throws: ``Problem`` where a call of the table has no handler: a fault of the program, found at the start.
    package init(stores: ManagementStores, settings: ManagementSettings) throws {
        projects = stores.projects
        reader = try InputReader(calls: Calls.all)
        handlers = CallTable(stores: stores, settings: settings).handlers
        repeats = RepeatedRequests(store: stores.idempotency, vault: stores.vault)
        for (name, calls) in Dictionary(grouping: Calls.all, by: \.name) where calls.count > 1 {
            throw Problem(.unexpected, "The call \(name) is in the table \(calls.count) times.")
        }
        for call in Calls.all where handlers[call.name] == nil {
            throw Problem(.unexpected, "The call \(call.name) is in the table and nothing handles it.")
        }
    }

    /// What is refused before a body is read.
    func admit(_ caller: Caller, to call: Call, etag: String?, idempotencyKey: String?) throws {
        guard caller.allows(call.scope) else {
            throw Problem(
                .insufficientScope,
                "\(caller.description.capitalizedFirst) has not the scope \(call.scope.rawValue), which \(call.name) needs."
            )
        }
        if etag != nil, !call.takesEtag {
            throw Problem(.invalid, "\(call.name) takes no If-Match; send it without. Nothing was done.")
        }
        if idempotencyKey != nil, !call.creates {
            throw Problem(.invalid, "\(call.name) takes no Idempotency-Key; send it without. Nothing was done.")
        }
    }

    /// The project that is named; the caller's own where none is; the only one where there is one.
    func project(named name: String?, for call: Call, caller: Caller) async throws -> Project? {
        guard call.needsProject else { return nil }
        if let name {
            guard let slug = Slug(name), let project = try await projects.project(slug),
                caller.projectID == nil || caller.projectID == project.id
            else {
                throw Problem(
                    .notFound,
                    "There is no project \"\(name.prefix(60))\" that \(caller.description) may use."
                )
            }
            return project
        }
        if let own = caller.projectID { return try await projects.project(own) }
        let some = try await projects.projects(PageRequest(limit: 2)).items
        guard some.count == 1, let only = some.first else {
            throw Problem(
                .invalid,
                "There are several projects: name one in the header Slipway-Project (on the command line: --project)."
            )
        }
        return only
    }

    /// The fields of a call from a query or a body, each of them known.
    func input(of call: Call, query: [(String, String)], body: [UInt8]) throws -> JSONObject {
        try reader.input(of: call, query: query, body: body)
    }

    /// Runs a call whose input was read.
    func run(_ call: Call, _ order: CallOrder, in project: Project?, for caller: Caller) async throws -> CallAnswer {
        var input = order.input
        let listCursor = ListCursor(call: call.name, project: project?.slug.text, input: input)
        if let cursor = input["cursor"]?.string {
            input["cursor"] = .string(try listCursor.opened(cursor))
        }
        let request = CallRequest(
            input: input,
            caller: caller,
            project: project,
            etag: order.etag,
            document: order.document,
            contentType: order.contentType
        )
        guard let handler = handlers[call.name] else { throw Problem(.unexpected, "Nothing handles \(call.name).") }
        if let repeatKey = order.idempotencyKey {
            let scope = "\(caller.id) \(project?.slug.text ?? "") \(call.name)"
            return try await repeats.run(repeatKey, of: call, scope: scope, request: request) {
                try await handler(request)
            }
        }
        var answer = try await handler(request)
        if let position = answer.body["next_cursor"]?.string {
            answer.body["next_cursor"] = .string(listCursor.sealed(position))
        }
        return answer
    }
}

extension CallDesk: ManagementDesk {
    package func run(_ order: CallOrder, for caller: Caller) async throws -> CallAnswer {
        guard let call = Calls.named(order.name) else {
            throw Problem(.unexpected, "There is no call \(order.name).")
        }
        try admit(caller, to: call, etag: order.etag, idempotencyKey: order.idempotencyKey)
        let project = try await project(named: order.project?.text, for: call, caller: caller)
        try reader.check(order.input, of: call)
        return try await run(call, order, in: project, for: caller)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
