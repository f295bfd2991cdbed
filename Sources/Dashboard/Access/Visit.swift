import Accounts
import Foundation
import Hummingbird
import JSON
import ManagementAPI
import Vocabulary

/// A request of somebody who is signed in.
struct Visit: Sendable {
    let session: Session
    let formToken: FormToken
    /// The path with its query, to come back to.
    let address: String
    /// The query of the address.
    let query: FormFields
    /// What a form sent; empty for a read.
    let form: FormFields
    /// The files that a form sent.
    let files: [FormFile]
    /// The project that the address names; none for pages outside of projects.
    let project: Slug?
    /// Parts of the address by the names that the route gives them.
    let parameters: [String: String]
    /// The body of a request that sends a document and no form.
    let document: [UInt8]
    let contentType: String
    private let desk: any ManagementDesk

    init(
        session: Session,
        formToken: FormToken,
        address: String,
        query: FormFields,
        form: FormFields,
        files: [FormFile] = [],
        parameters: [String: String],
        document: [UInt8] = [],
        contentType: String = "",
        desk: any ManagementDesk
    ) {
        self.session = session
        self.formToken = formToken
        self.address = address
        self.query = query
        self.form = form
        self.files = files
        self.project = parameters["project"].flatMap { Slug($0) }
        self.parameters = parameters
        self.document = document
        self.contentType = contentType
        self.desk = desk
    }

    var caller: Caller { session.caller }

    /// A part of the address; empty where the route has no such part.
    subscript(parameter: String) -> String { parameters[parameter] ?? "" }

    /// The same visit of a page that belongs to no project.
    func outsideProjects() -> Visit {
        Visit(
            session: session,
            formToken: formToken,
            address: address,
            query: query,
            form: form,
            parameters: parameters.filter { $0.key != "project" },
            desk: desk
        )
    }

    /// Makes a call of the management API as the person who is signed in.
    ///
    /// - Throws: ``Problem``, as the API would answer it.
    func call(_ name: String, _ input: JSONObject = [:], etag: String? = nil) async throws -> CallAnswer {
        var order = CallOrder(name, input, in: project)
        order.etag = etag
        return try await desk.run(order, for: caller)
    }

    /// Sends a document as it stands to a call that takes one.
    func send(
        _ document: [UInt8],
        of type: String,
        to name: String,
        _ input: JSONObject = [:]
    ) async throws -> CallAnswer {
        var order = CallOrder(name, input, in: project)
        order.document = document
        order.contentType = type
        return try await desk.run(order, for: caller)
    }

    /// Everything of a list that comes in parts, up to `limit` items.
    func all(_ name: String, _ list: String, _ input: JSONObject = [:], limit: Int = 10_000) async throws -> [JSONValue]
    {
        var items: [JSONValue] = []
        var input = input
        input["limit"] = 500
        repeat {
            let part = try await call(name, input).body
            items += part[list]?.array ?? []
            input["cursor"] = part["next_cursor"] ?? .null
        } while input["cursor"]?.string != nil && items.count < limit
        return items
    }
}
