import MCP
import Testing
import Tools

@testable import Endpoint

struct CallerVariablesTests {
    private static let token = CallRecipe.SecurityScheme(name: "t", kind: .bearer, variables: ["PETS_TOKEN"])
    private static let basic = CallRecipe.SecurityScheme(
        name: "b",
        kind: .basic,
        variables: ["PETS_USER", "PETS_PASSWORD"]
    )
    private static let key = CallRecipe.SecurityScheme(
        name: "k",
        kind: .apiKey(name: "k", location: .query),
        variables: ["PETS_KEY"]
    )
    private static let oauth = CallRecipe.SecurityScheme(
        name: "o",
        kind: .clientCredentials(tokenURL: "/t", scopes: []),
        variables: ["PETS_ACCESS", "PETS_ID", "PETS_SECRET"]
    )
    private static let all: Set = [
        "PETS_TOKEN", "PETS_USER", "PETS_PASSWORD", "PETS_KEY", "PETS_ACCESS", "PETS_ID", "PETS_SECRET",
        "PETS_SERVER_URL", "PETS_REGION", "NAME", "PARAM_KEY", "SESSION_ID", "METHOD", "PROTOCOL_VERSION",
    ]

    private func merged(
        _ headers: [(String, String)],
        allowed: Set<String> = all,
        into environment: [String: String] = [:],
        _ security: [[CallRecipe.SecurityScheme]] = [[token]]
    ) throws -> [String: String] {
        let recipe = CallRecipe(
            method: "GET",
            server: "https://{region}.example.com",
            serverVariable: "PETS_SERVER_URL",
            serverVariables: [.init(name: "region", variable: "PETS_REGION", defaultValue: "eu")],
            path: "/",
            security: security
        )
        return try CallerVariables(HeaderFields(headers), allowed: allowed).merged(into: environment, for: recipe)
    }

    @Test(arguments: ["MCP-PETS-TOKEN", "mcp-pets-token", "Mcp-Pets-Token"])
    func `a caller's value stands in place of the environment's, in any case`(header: String) throws {
        #expect(try merged([(header, " mine ")], into: ["PETS_TOKEN": "ours"]) == ["PETS_TOKEN": "mine"])
    }

    @Test func `what the toolset does not name is the environment's`() throws {
        let environment = ["PETS_TOKEN": "ours"]
        #expect(try merged([("MCP-PETS-TOKEN", "mine")], allowed: [], into: environment) == environment)
        #expect(try merged([("MCP-PETS-TOKEN", "mine")], allowed: ["PETS_KEY"], into: environment) == environment)
        #expect(try merged([("MCP-PETS-TOKEN", "")], into: environment) == environment)
        #expect(try merged([("MCP-PETS_TOKEN", "mine"), ("PETS-TOKEN", "mine")], into: environment) == environment)
    }

    @Test(arguments: ["MCP-PETS-SERVER-URL", "MCP-PETS-REGION", "MCP-PETS-KEY", "MCP-OTHER"])
    func `no header changes the host, or what is no credential of the call`(header: String) throws {
        let environment = ["PETS_TOKEN": "ours", "PETS_REGION": "us"]
        #expect(try merged([(header, "https://evil.example")], into: environment) == environment)
        // Not even where a document gives a credential the name of the server's variable.
        for name in ["PETS_SERVER_URL", "PETS_REGION"] {
            let trap = CallRecipe.SecurityScheme(name: "x", kind: .bearer, variables: [name])
            #expect(try merged([(header, "https://evil.example")], into: environment, [[trap]]) == environment)
        }
    }

    @Test(arguments: ["NAME", "PARAM_KEY", "SESSION_ID", "METHOD", "PROTOCOL_VERSION"])
    func `headers of the protocol bring no variable`(name: String) throws {
        let scheme = CallRecipe.SecurityScheme(name: "x", kind: .bearer, variables: [name])
        let header = CallerVariables.header(for: name)
        #expect(try merged([(header, "x")], into: [name: "ours"], [[scheme]]) == [name: "ours"])
    }

    @Test(arguments: ["a\u{1}b", "a\tb", "\u{7F}"])
    func `control characters are refused without being repeated`(value: String) {
        let refused = #expect(throws: CallerVariables.Refused.self) { try merged([("MCP-PETS-TOKEN", value)]) }
        #expect(refused?.message == "The header MCP-PETS-TOKEN holds a control character, which no credential may.")
    }

    @Test func `a value that is given twice is refused`() {
        #expect(throws: CallerVariables.Refused.self) {
            try merged([("MCP-PETS-TOKEN", "a"), ("mcp-pets-token", "a")])
        }
    }

    @Test func `a credential is the caller's as a whole`() throws {
        let environment = ["PETS_USER": "us", "PETS_PASSWORD": "ours", "OTHER": "x"]
        #expect(
            try merged([("MCP-PETS-USER", "me")], into: environment, [[Self.basic]]) == [
                "PETS_USER": "me", "OTHER": "x",
            ]
        )
        let client = ["PETS_ACCESS": "ours"]
        let headers = [("MCP-PETS-ID", "i"), ("MCP-PETS-SECRET", "s")]
        #expect(try merged(headers, into: client, [[Self.oauth]]) == ["PETS_ID": "i", "PETS_SECRET": "s"])
    }

    @Test func `who gives a credential gets it used, and the environment completes what is asked for with it`() throws {
        let environment = ["PETS_TOKEN": "ours", "PETS_KEY": "ours", "PETS_REGION": "us"]
        let either = try merged([("MCP-PETS-KEY", "mine")], into: environment, [[Self.token], [Self.key]])
        #expect(either == ["PETS_KEY": "mine", "PETS_REGION": "us"])
        let both = try merged([("MCP-PETS-KEY", "mine")], into: environment, [[Self.token, Self.key]])
        #expect(both == ["PETS_KEY": "mine", "PETS_TOKEN": "ours", "PETS_REGION": "us"])
    }
}
