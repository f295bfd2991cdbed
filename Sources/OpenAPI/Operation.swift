package import JSON
package import Vocabulary

/// One operation of a document with everything that applies to it: the parameters of its path item merged in,
/// references followed, server and security requirement chosen (OpenAPI 3.1, 4.8.10). Schemas are places, not yet read.
package struct Operation: Sendable {
    /// As it is sent: upper-case, but for those of `additionalOperations` (OpenAPI 3.2, 4.9.1), which are as written.
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
    /// In the order of the document.
    package var responses: [Response] = []
    package var server: Server
    package var security: Security
    /// The members `x-…` of the operation. `x-slipway`, `x-speakeasy-mcp` and `x-gram` are those of its path item, else
    /// of the document, where it has none itself.
    package var extensions = JSONObject()
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

    /// The methods of a path item of that version, in lower case; 3.2 adds `query` (OpenAPI 3.2, 4.9).
    package static func methods(in version: Document.Version) -> [String] {
        version >= .v32 ? methods + ["query"] : methods
    }

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
            /// The whole query, serialised as a media type (OpenAPI 3.2, 4.12.1).
            case querystring
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
        /// The members `x-…` of the parameter.
        package var extensions = JSONObject()
    }

    /// What the document says of one answer (OpenAPI 3.1, 4.8.17).
    package struct Response: Sendable {
        /// `200`, `2XX` or `default`.
        package let status: String
        package let description: String?
        /// In the order of the document; none where the answer has no body.
        package let mediaTypes: [Body.MediaType]
        package let pointer: JSONPointer

        package init(status: String, description: String?, mediaTypes: [Body.MediaType], pointer: JSONPointer) {
            self.status = status
            self.description = description
            self.mediaTypes = mediaTypes
            self.pointer = pointer
        }
    }

    /// A request body (OpenAPI 3.1, 4.8.13).
    package struct Body: Sendable {
        /// One form that the body may have.
        package struct MediaType: Sendable {
            /// As written: `application/json; charset=utf-8`.
            package let name: String
            /// Nothing: any value.
            package let schema: Place?
            /// What each item is of a body that is a sequence of items (OpenAPI 3.2, 4.14.1).
            package let itemSchema: Place?
            /// How members of a form or multipart body are written, by their names (OpenAPI 3.1, 4.8.15).
            package let encodings: [String: Encoding]

            package init(
                name: String,
                schema: Place?,
                itemSchema: Place? = nil,
                encodings: [String: Encoding] = [:]
            ) {
                self.name = name
                self.schema = schema
                self.itemSchema = itemSchema
                self.encodings = encodings
            }
        }

        /// How one member of a form or multipart body is written (OpenAPI 3.1, 4.8.15).
        package struct Encoding: Sendable {
            /// As written: `image/png, image/jpeg`; nothing where the default of the member's type holds.
            package var contentType: String?
            package var style: String?
            package var explode: Bool?
            package var allowsReserved: Bool
            /// Headers of the part, by name, with what stands under them.
            package var headers: [String: Place]

            package init(
                contentType: String? = nil,
                style: String? = nil,
                explode: Bool? = nil,
                allowsReserved: Bool = false,
                headers: [String: Place] = [:]
            ) {
                self.contentType = contentType
                self.style = style
                self.explode = explode
                self.allowsReserved = allowsReserved
                self.headers = headers
            }
        }

        package let description: String?
        package let isRequired: Bool
        /// In the order of the document.
        package let mediaTypes: [MediaType]
        package let pointer: JSONPointer

        package init(description: String?, isRequired: Bool, mediaTypes: [MediaType], pointer: JSONPointer) {
            self.description = description
            self.isRequired = isRequired
            self.mediaTypes = mediaTypes
            self.pointer = pointer
        }
    }

    /// The server that calls go to: the first of the operation, else of its path item, else of the document (OpenAPI
    /// 3.1, 4.8.5).
    package struct Server: Sendable, Hashable {
        /// A variable of the address (OpenAPI 3.1, 4.8.6).
        package struct Variable: Sendable, Hashable {
            package let name: String
            package let defaultValue: String
            /// The only values that it may have; empty where any is allowed.
            package let values: [String]

            package init(name: String, defaultValue: String, values: [String] = []) {
                self.name = name
                self.defaultValue = defaultValue
                self.values = values
            }
        }

        /// An absolute `http` or `https` URL, or a path, or nothing; without a `/` at the end. Each `{name}` in it is
        /// one of ``variables``.
        package let url: String
        package let variables: [Variable]
        package let pointer: JSONPointer
        /// Why the server as written cannot be used; then ``url`` is empty.
        package let problem: String?

        package init(url: String, variables: [Variable] = [], pointer: JSONPointer, problem: String?) {
            self.url = url
            self.variables = variables
            self.pointer = pointer
            self.problem = problem
        }

        package var isAbsolute: Bool { url.contains("://") }
    }

    /// The alternatives of which one authorizes the call (OpenAPI 3.1, 4.8.30). None: the call needs no credential.
    package struct Security: Sendable, Hashable {
        /// A scheme that an alternative needs.
        package struct Requirement: Sendable, Hashable {
            package let scheme: String
            /// What a token must allow; of `oauth2` and `openIdConnect` only.
            package let scopes: [String]

            package init(scheme: String, scopes: [String] = []) {
                self.scheme = scheme
                self.scopes = scopes
            }
        }

        /// Each is a list of schemes that are all needed; an empty one needs nothing.
        package let alternatives: [[Requirement]]
        package let pointer: JSONPointer

        package init(alternatives: [[Requirement]], pointer: JSONPointer) {
            self.alternatives = alternatives
            self.pointer = pointer
        }
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
        /// `oauth2` by client credentials: a token from that address, as written, which may be relative to the server
        /// (OpenAPI 3.1, 4.8.28).
        case clientCredentials(tokenURL: String)
        /// `openIdConnect`: the address of the provider's configuration, as written.
        case openIDConnect(url: String)
        /// `oauth2` by flows that need a person: a bearer token that somebody else obtained.
        case delegated
        /// What is said of it in words: `type "mutualTLS"`.
        case unsupported(String)
    }

    package let name: String
    package let kind: Kind
    package let pointer: JSONPointer
}
