import JSON

/// How a tool call becomes an HTTP request.
///
/// A recipe is frozen into releases, so every reader must go on understanding what was written before: a new field is
/// optional and its absence means what it meant until then.
package struct CallRecipe: Sendable, Hashable {
    /// Upper-case.
    package var method: String
    /// The base URL of the document, without a `/` at the end: `https://{region}.example.com/v1`, each `{name}` one of
    /// ``serverVariables``. A document may give only a path, or nothing; then the environment must supply
    /// ``serverVariable``.
    package var server: String
    /// The environment variable that, where it is set, replaces ``server``: `PETSTORE_SERVER_URL`.
    package var serverVariable: String
    /// What stands for each `{name}` in ``server``.
    package var serverVariables: [ServerVariable]
    /// A path template that starts with `/`: `/pets/{petId}`.
    package var path: String
    package var parameters: [Parameter]
    package var body: Body?
    /// Alternatives of which one must be met; each names schemes that are all needed. Empty: the call needs nothing. An
    /// empty alternative: the call may go without.
    package var security: [[SecurityScheme]]
    /// The `Accept` header, where the document says what its answers are: `image/png`.
    package var accept: String?

    package init(
        method: String,
        server: String,
        serverVariable: String,
        serverVariables: [ServerVariable] = [],
        path: String,
        parameters: [Parameter] = [],
        body: Body? = nil,
        security: [[SecurityScheme]] = [],
        accept: String? = nil
    ) {
        self.method = method
        self.server = server
        self.serverVariable = serverVariable
        self.path = path
        self.parameters = parameters
        self.body = body
        self.security = security
        self.serverVariables = serverVariables
        self.accept = accept
    }

    /// A part of ``server`` that an environment may set, and nobody else.
    package struct ServerVariable: Sendable, Hashable {
        /// As the document writes it.
        package var name: String
        /// The variable of the environment: `ACME_SERVER_REGION`.
        package var variable: String
        package var defaultValue: String
        /// The only values that it may have; empty where any is allowed.
        package var values: [String]

        package init(name: String, variable: String, defaultValue: String, values: [String] = []) {
            self.name = name
            self.variable = variable
            self.defaultValue = defaultValue
            self.values = values
        }
    }

    /// Where an argument goes that is not a body.
    package struct Parameter: Sendable, Hashable {
        /// The part of the request that a value goes into.
        package enum Location: String, Sendable {
            case path, query, header, cookie
            /// The whole query, serialised as ``contentType`` (OpenAPI 3.2, 4.12.1).
            case querystring
        }

        /// How arrays and objects are written (OpenAPI 3.1, 4.8.12.3).
        package enum Style: String, Sendable {
            case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
            /// Items with a tab between them (Swagger 2.0, `collectionFormat: tsv`).
            case tabDelimited
            /// Cookies as they are, without percent-encoding (OpenAPI 3.2, 4.12.6).
            case cookie
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

    /// What becomes the request's body.
    package struct Body: Sendable, Hashable {
        /// Where the value comes from.
        package enum Content: Sendable, Hashable {
            /// The value of one argument.
            case argument(String)
            /// An object, put together of arguments. What is not given is left out.
            case members([Member])
        }

        /// A member of a body that is an argument of its own.
        package struct Member: Sendable, Hashable {
            /// The name of the tool's argument.
            package var argument: String
            /// The name upstream.
            package var name: String
            /// Whether a body that is sent at all must have it.
            package var isRequired: Bool

            package init(argument: String, name: String, isRequired: Bool) {
                self.argument = argument
                self.name = name
                self.isRequired = isRequired
            }
        }

        /// How one member of a form or multipart body is written (OpenAPI 3.1, 4.8.15); members without one are
        /// written by the defaults of their values.
        package struct Part: Sendable, Hashable {
            /// The name upstream.
            package var name: String
            /// The media type of the part, in multipart; of several the first.
            package var contentType: String?
            package var style: Parameter.Style?
            package var explode: Bool?
            package var allowsReserved: Bool
            /// Whether the value is bytes: the argument is base64 or a `data:` URL, or a list of them, and the part has a
            /// file name.
            package var isFile: Bool
            /// The argument with the name of the file, which is optional.
            package var fileNameArgument: String?
            /// Headers of the part that never change.
            package var headers: [String: String]

            package init(
                name: String,
                contentType: String? = nil,
                style: Parameter.Style? = nil,
                explode: Bool? = nil,
                allowsReserved: Bool = false,
                isFile: Bool = false,
                fileNameArgument: String? = nil,
                headers: [String: String] = [:]
            ) {
                self.name = name
                self.contentType = contentType
                self.style = style
                self.explode = explode
                self.allowsReserved = allowsReserved
                self.isFile = isFile
                self.fileNameArgument = fileNameArgument
                self.headers = headers
            }
        }

        package var content: Content
        package var contentType: String
        /// Where it is not, a call without any of the arguments sends no body.
        package var isRequired: Bool
        package var parts: [Part]
        /// Whether the value is bytes: the argument is base64 or a `data:` URL.
        package var isBinary: Bool
        /// Whether the value is written as JSON although ``contentType`` does not say so.
        package var isJSON: Bool

        package init(
            content: Content,
            contentType: String,
            isRequired: Bool,
            parts: [Part] = [],
            isBinary: Bool = false,
            isJSON: Bool = false
        ) {
            self.content = content
            self.contentType = contentType
            self.isRequired = isRequired
            self.parts = parts
            self.isBinary = isBinary
            self.isJSON = isJSON
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
            /// `Authorization: Bearer` with a token that client credentials get at the token URL (RFC 6749, section
            /// 4.4), which may be relative to the server. Variables: a token that is used as it is, client id, client
            /// secret.
            case clientCredentials(tokenURL: String, scopes: [String])
            /// The same, with the token URL of an OpenID provider's configuration at `url`.
            case openIDConnect(url: String, scopes: [String])
        }

        /// The document's name for the scheme.
        package var name: String
        package var kind: Kind
        /// The environment variables that hold the credential: one; user name and password for `basic`; token, client
        /// id and client secret for `clientCredentials` and `openIDConnect`, of which the first or the other two are
        /// needed.
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
            names += first.flatMap(\.requiredVariables)
        }
        return names
    }
}

extension CallRecipe.Body {
    /// The names of all arguments that the body is made of, file names among them.
    package var arguments: [String] {
        let values =
            switch content {
            case .argument(let name): [name]
            case .members(let members): members.map(\.argument)
            }
        return values + parts.compactMap(\.fileNameArgument)
    }
}

extension CallRecipe.SecurityScheme {
    /// The variables that meet the scheme in the way that its document describes.
    package var requiredVariables: [String] {
        switch kind {
        case .clientCredentials, .openIDConnect: Array(variables.dropFirst())
        case .apiKey, .basic, .bearer: variables
        }
    }
}
