import JSON
import Testing
import Tools
import Vocabulary

@testable import Releases

/// Each rule about what a call needs to be authorized, in both directions.
struct ChangesOfCredentialsTests {
    private typealias Scheme = CallRecipe.SecurityScheme

    private static func with(_ edit: @escaping @Sendable (inout CallRecipe) -> Void) -> Heads {
        pets.edited { edit(&$0.first.call) }
    }

    private static let key = Scheme(
        name: "key",
        kind: .apiKey(name: "X-Key", location: .header),
        variables: ["PETS_KEY"]
    )
    private static let token = Scheme(name: "token", kind: .bearer, variables: ["PETS_TOKEN"])

    private static func flow(_ url: String = "https://id.acme.com/token", _ scopes: [String] = ["read"]) -> Scheme {
        Scheme(
            name: "flow",
            kind: .clientCredentials(tokenURL: url, scopes: scopes),
            variables: ["PETS_FLOW", "PETS_FLOW_CLIENT_ID", "PETS_FLOW_CLIENT_SECRET"]
        )
    }

    static let credentialRows: [ChangeRow] = [
        ChangeRow(
            "a credential",
            there: [.authVariableAdded, .authSchemeAdded],
            back: [.authVariableRemoved, .authSchemeRemoved]
        ) {
            $0.first.call.security = [[key]]
        },
        ChangeRow(
            "a credential without a value",
            there: [.authVariableUnset, .authSchemeAdded],
            back: [.authVariableRemoved, .authSchemeRemoved],
            surroundings: ChangeSurroundings(setVariables: [])
        ) { $0.first.call.security = [[key]] },
        ChangeRow(
            "a credential that is no longer optional",
            there: [.authVariableAdded, .authSchemeAdded],
            back: [.authVariableRemoved, .authSchemeRemoved],
            base: with { $0.security = [[key], []] }
        ) { $0.first.call.security = [[key]] },
        ChangeRow(
            "another way",
            there: [.authVariableAdded],
            back: [.authSchemeChanged],
            base: with { $0.security = [[key]] }
        ) {
            $0.first.call.security = [[key], [token]]
        },
        ChangeRow(
            "one more at once",
            there: [.authVariableAdded, .authSchemeAdded],
            back: [.authVariableRemoved, .authSchemeRemoved],
            base: with { $0.security = [[key]] }
        ) {
            $0.first.call.security = [[key, token]]
        },
        ChangeRow(
            "both where one was enough",
            there: [.authVariableAdded, .authSchemeAdded],
            back: [.authVariableRemoved, .authSchemeRemoved],
            base: with { $0.security = [[key], [token]] }
        ) { $0.first.call.security = [[key, token]] },
        ChangeRow(
            "another kind",
            there: [.authSchemeChanged],
            back: [.authSchemeChanged],
            base: with { $0.security = [[key]] }
        ) { $0.first.call.security = [[Scheme(name: "key", kind: .bearer, variables: ["PETS_KEY"])]] },
        ChangeRow(
            "one in place of another",
            there: [.authVariableAdded, .authVariableRemoved, .authSchemeChanged],
            back: [.authVariableAdded, .authVariableRemoved, .authSchemeChanged],
            base: with { $0.security = [[key]] }
        ) { $0.first.call.security = [[token]] },
        ChangeRow(
            "another issuer",
            there: [.authSchemeIssuerChanged],
            back: [.authSchemeIssuerChanged],
            base: with { $0.security = [[flow()]] }
        ) {
            $0.first.call.security = [[flow("https://id.evil.com/token")]]
        },
        ChangeRow(
            "a scope",
            there: [.authScopeAdded],
            back: [.authScopeRemoved],
            base: with { $0.security = [[flow()]] }
        ) {
            $0.first.call.security = [[flow("https://id.acme.com/token", ["write", "read"])]]
        },
        ChangeRow(
            "another name of a variable",
            there: [.authVariableRenamed],
            back: [.authVariableRenamed],
            base: with { $0.security = [[key]] }
        ) {
            $0.first.call.security = [[Scheme(name: "api_key", kind: key.kind, variables: ["PETS_API_KEY"])]]
        },
        ChangeRow(
            "a token without TLS",
            there: [.execHostSchemeDowngraded, .authSchemeIssuerChanged],
            back: [.authSchemeIssuerChanged],
            base: with { $0.security = [[flow()]] }
        ) { $0.first.call.security = [[flow("http://id.acme.com/token")]] },
        ChangeRow(
            "a scope in place of another that is enough",
            there: [.authScopeRemoved],
            back: [.authScopeAdded, .authScopeRemoved],
            base: with { $0.security = [[flow()]] }
        ) { $0.first.call.security = [[flow()], [flow("https://id.acme.com/token", ["all"])]] },
        ChangeRow(
            "one of two scopes at once",
            there: [.authScopeRemoved],
            back: [.authScopeAdded, .authScopeAdded],
            base: with { $0.security = [[flow("https://id.acme.com/token", ["a", "b"])]] }
        ) {
            $0.first.call.security = [["a"], ["b"]].map { [flow("https://id.acme.com/token", $0)] }
        },
    ]

    @Test(arguments: credentialRows) func `a row tells what it says, there and back`(row: ChangeRow) throws {
        try row.check()
    }
}
