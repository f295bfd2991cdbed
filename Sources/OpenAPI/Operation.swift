package import JSON
package import Vocabulary

/// One operation of a document with everything that applies to it: the parameters of its path item merged in,
/// references followed, server and security requirement chosen (OpenAPI 3.1, 4.8.10). Schemas are places, not yet read.
package struct Operation: Sendable {
    /// Upper-case.
    package let method: String
    /// The path as the document writes it.
    package let path: String
    /// Where the operation stands, `/paths/~1pets/get`, also where its path item is a reference.
    package let pointer: JSONPointer
    package var operationID: String?
    package var summary: String?
    package var description: String?
    package var tags: [String] = []
    package var isDeprecated = false
    package var parameters: [Parameter] = []
    package var body: Body?
    package var server: Server
    package var security: Security
    /// What is worth knowing about it.
    package var diagnostics: [Diagnostic] = []
    /// Why it cannot be called as the document says; empty where it can.
    package var faults: [Fault] = []

    /// What tells the operation from all others of its document, in all versions of it: `GET /pets/{petId}`.
    package var key: String { "\(method) \(path)" }

    /// The path as a request has it: with a `/` at its front, and without a fragment, by which some documents tell two
    /// operations of one path apart. It may have a query of its own (`/responses?beta=true`).
    package var requestPath: String {
        let sent = path.prefix { $0 != "#" }
        return sent.hasPrefix("/") ? String(sent) : "/" + sent
    }

    /// The methods of a path item, in lower case (OpenAPI 3.1, 4.8.9).
    package static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// A reason for which an operation is no tool.
    package struct Fault: Sendable, Hashable {
        package let code: DiagnosticCode
        package let message: String

        package init(_ code: DiagnosticCode, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    /// A parameter (OpenAPI 3.1, 4.8.12).
    package struct Parameter: Sendable {
        /// Where in a request the value goes.
        package enum Location: String, Sendable {
            case path, query, header, cookie
        }

        package var name: String
        package var location: Location
        package var description: String?
        package var isRequired: Bool
        package var isDeprecated = false
        /// As written, where it is.
        package var style: String?
        package var explode: Bool?
        package var allowsReserved = false
        /// Nothing: any value.
        package var schema: Place?
        /// The media type that the value is serialised as, where the parameter has `content` in place of `schema`.
        package var contentType: String?
        /// Where the parameter is written, references followed.
        package var pointer: JSONPointer
    }

    /// A request body (OpenAPI 3.1, 4.8.13).
    package struct Body: Sendable {
        /// One form that the body may have.
        package struct MediaType: Sendable {
            /// As written: `application/json; charset=utf-8`.
            package let name: String
            /// Nothing: any value.
            package let schema: Place?
        }

        package let description: String?
        package let isRequired: Bool
        /// In the order of the document.
        package let mediaTypes: [MediaType]
        package let pointer: JSONPointer
    }

    /// The server that calls go to: the first of the operation, else of its path item, else of the document (OpenAPI
    /// 3.1, 4.8.5), its variables filled by their defaults.
    package struct Server: Sendable, Hashable {
        /// An absolute `http` or `https` URL, or a path, or nothing; without a `/` at the end.
        package let url: String
        package let pointer: JSONPointer
        /// Why the server as written cannot be used; then ``url`` is empty.
        package let problem: String?

        package var isAbsolute: Bool { url.contains("://") }
    }

    /// The alternatives of which one authorizes the call, each a list of scheme names (OpenAPI 3.1, 4.8.30). None: the
    /// call needs no credential.
    package struct Security: Sendable, Hashable {
        package let alternatives: [[String]]
        package let pointer: JSONPointer
    }
}

/// A security scheme of the document (OpenAPI 3.1, 4.8.27).
package struct SecurityScheme: Sendable, Hashable {
    /// What the credential is, and where it goes.
    package enum Kind: Sendable, Hashable {
        /// `location` is `query`, `header` or `cookie`.
        case apiKey(name: String, location: Operation.Parameter.Location)
        case basic
        case bearer
        /// `oauth2` and `openIdConnect`: a bearer token that somebody else obtained.
        case delegated
        /// What is said of it in words: `type "mutualTLS"`.
        case unsupported(String)
    }

    package let name: String
    package let kind: Kind
    package let pointer: JSONPointer
}
