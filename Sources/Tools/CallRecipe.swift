import JSON

/// How a tool call becomes an HTTP request.
///
/// A recipe is frozen into releases, so every reader must go on understanding what was written before: a new field is
/// optional and its absence means what it meant until then.
package struct CallRecipe: Sendable, Hashable {
    /// Upper-case.
    package var method: String
    /// The base URL of the document, its variables filled in, without a `/` at the end: `https://api.example.com/v1`. A
    /// document may give only a path, or nothing; then the environment must supply ``serverVariable``.
    package var server: String
    /// The environment variable that, where it is set, replaces ``server``: `PETSTORE_SERVER_URL`.
    package var serverVariable: String
    /// A path template that starts with `/`: `/pets/{petId}`.
    package var path: String
    package var parameters: [Parameter]
    package var body: Body?
    /// Alternatives of which one must be met; each names schemes that are all needed. Empty: the call needs nothing. An
    /// empty alternative: the call may go without.
    package var security: [[SecurityScheme]]

    package init(
        method: String,
        server: String,
        serverVariable: String,
        path: String,
        parameters: [Parameter] = [],
        body: Body? = nil,
        security: [[SecurityScheme]] = []
    ) {
        self.method = method
        self.server = server
        self.serverVariable = serverVariable
        self.path = path
        self.parameters = parameters
        self.body = body
        self.security = security
    }

    /// Where an argument goes that is not a body.
    package struct Parameter: Sendable, Hashable {
        /// The part of the request that a value goes into.
        package enum Location: String, Sendable {
            case path, query, header, cookie
        }

        /// How arrays and objects are written (OpenAPI 3.1, 4.8.12.3).
        package enum Style: String, Sendable {
            case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
        }

        /// The name of the tool's argument.
        package var argument: String
        /// The name upstream.
        package var name: String
        package var location: Location
        package var style: Style
        package var explode: Bool
        package var isRequired: Bool
        /// Whether reserved characters go out as they are (query only).
        package var allowsReserved: Bool
        /// A media type where the value is serialised as one (`content` in place of `schema`).
        package var contentType: String?

        package init(
            argument: String,
            name: String,
            location: Location,
            style: Style,
            explode: Bool,
            isRequired: Bool,
            allowsReserved: Bool = false,
            contentType: String? = nil
        ) {
            self.argument = argument
            self.name = name
            self.location = location
            self.style = style
            self.explode = explode
            self.isRequired = isRequired
            self.allowsReserved = allowsReserved
            self.contentType = contentType
        }
    }

    /// The argument that becomes the request's body.
    package struct Body: Sendable, Hashable {
        package var argument: String
        package var contentType: String
        package var isRequired: Bool

        package init(argument: String, contentType: String, isRequired: Bool) {
            self.argument = argument
            self.contentType = contentType
            self.isRequired = isRequired
        }
    }

    /// A credential and where it goes.
    package struct SecurityScheme: Sendable, Hashable {
        /// How the credential is sent.
        package enum Kind: Sendable, Hashable {
            /// A value under a name in `query`, `header` or `cookie`.
            case apiKey(name: String, location: Parameter.Location)
            /// `Authorization: Basic`, from two variables: user name and password.
            case basic
            /// `Authorization: Bearer`.
            case bearer
        }

        /// The document's name for the scheme.
        package var name: String
        package var kind: Kind
        /// The environment variables that hold the credential: one, or user name and password for `basic`.
        package var variables: [String]

        package init(name: String, kind: Kind, variables: [String]) {
            self.name = name
            self.kind = kind
            self.variables = variables
        }
    }
}

extension CallRecipe {
    /// The names of the variables without which no alternative of ``security`` can be met, and the server's where the
    /// document names none.
    package var requiredVariables: [String] {
        var names: [String] = []
        if !server.contains("://") { names.append(serverVariable) }
        if !security.contains(where: \.isEmpty), let first = security.first {
            names += first.flatMap(\.variables)
        }
        return names
    }
}
