package import Accounts
package import JSON
package import Vocabulary

/// Where calls of the management API are carried out, whichever door they come by: HTTP, or the pages.
///
/// Whoever stands behind a door has found out who the caller is; all other rules (scopes, schemas, etags, idempotency) are
/// the desk's, so that no door can leave one out.
package protocol ManagementDesk: Sendable {
    /// Carries out a call.
    ///
    /// - Throws: ``Problem``, as `docs/reference/errors.md` lists them.
    func run(_ order: CallOrder, for caller: Caller) async throws -> CallAnswer
}

/// A call that somebody wants carried out.
package struct CallOrder: Sendable {
    /// `toolsets.create`
    package let name: String
    package var input: JSONObject
    /// The project to act in; the only one there is where none is named.
    package var project: Slug?
    /// What the thing that is changed must still be: an etag without quotes.
    package var etag: String?
    /// The body of a call that takes a document as it stands, with its media type.
    package var document: [UInt8] = []
    package var contentType = ""
    package var idempotencyKey: String?

    package init(_ name: String, _ input: JSONObject = [:], in project: Slug? = nil) {
        self.name = name
        self.input = input
        self.project = project
    }
}

/// What a call answers.
package struct CallAnswer: Sendable {
    package var body: JSONObject
    /// Of the thing that is answered, where it can be edited.
    package let etag: String?

    package init(_ body: JSONObject, etag: String? = nil) {
        self.body = body
        self.etag = etag
    }

    /// A part of a list, under its name.
    package init<Item>(_ name: String, _ page: Page<Item>, _ present: (Item) -> JSONObject) {
        self.init([name: .array(page.items.map { .object(present($0)) }), "next_cursor": JSONValue(page.nextCursor)])
    }
}
