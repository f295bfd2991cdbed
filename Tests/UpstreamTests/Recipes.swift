import JSON
import Tools
import Upstream

extension CallRecipe {
    /// A recipe for `https://api.example.com/v1` with the least that a test has to say.
    static func of(
        _ method: String = "GET",
        _ path: String = "/pets",
        server: String = "https://api.example.com/v1",
        _ parameters: [Parameter] = [],
        body: String? = nil,
        security: [[SecurityScheme]] = []
    ) -> CallRecipe {
        CallRecipe(
            method: method,
            server: server,
            serverVariable: "PETS_SERVER_URL",
            path: path,
            parameters: parameters,
            body: body.map { Body(content: .argument("body"), contentType: $0, isRequired: false) },
            security: security
        )
    }
}

extension CallRecipe.Parameter {
    static func path(_ name: String, _ style: Style = .simple, explode: Bool = false) -> Self {
        Self(argument: name, name: name, location: .path, style: style, explode: explode, isRequired: true)
    }

    static func query(
        _ name: String,
        _ style: Style = .form,
        explode: Bool = true,
        reserved: Bool = false,
        contentType: String? = nil
    ) -> Self {
        Self(
            argument: name,
            name: name,
            location: .query,
            style: style,
            explode: explode,
            isRequired: false,
            allowsReserved: reserved,
            contentType: contentType
        )
    }

    static func header(_ name: String, explode: Bool = false) -> Self {
        Self(argument: name, name: name, location: .header, style: .simple, explode: explode, isRequired: false)
    }

    static func cookie(_ name: String, explode: Bool = true) -> Self {
        Self(argument: name, name: name, location: .cookie, style: .form, explode: explode, isRequired: false)
    }
}

extension CallRecipe.SecurityScheme {
    static func key(_ name: String, in location: CallRecipe.Parameter.Location, _ variable: String) -> Self {
        Self(name: variable, kind: .apiKey(name: name, location: location), variables: [variable])
    }

    static let bearer = Self(name: "bearer", kind: .bearer, variables: ["PETS_TOKEN"])
    static let basic = Self(name: "basic", kind: .basic, variables: ["PETS_USER", "PETS_PASSWORD"])
}

/// The request that a recipe makes of JSON arguments.
func makeRequest(
    _ recipe: CallRecipe,
    _ arguments: String = "{}",
    variables: [String: String] = [:],
    trace: TraceHeaders = TraceHeaders()
) throws -> OutgoingRequest {
    try OutgoingRequest(
        recipe: recipe,
        arguments: JSONValue(parsing: arguments).object ?? [:],
        variables: variables,
        userAgent: "Slipway/1.0",
        trace: trace
    )
}

extension OutgoingRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
