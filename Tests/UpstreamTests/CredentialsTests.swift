import Testing
import Tools
import Upstream

struct CredentialsTests {
    @Test func `a key goes into a header, the query or a cookie`() throws {
        let variables = ["KEY": " s3 cret&\n"]
        func request(_ location: CallRecipe.Parameter.Location) throws -> OutgoingRequest {
            try makeRequest(.of(security: [[.key("api_key", in: location, "KEY")]]), variables: variables)
        }
        #expect(try request(.header).header("api_key") == "s3 cret&")
        #expect(try request(.query).query == "api_key=s3%20cret%26")
        #expect(try request(.cookie).header("Cookie") == "api_key=s3%20cret&")
        #expect(try request(.query).path == "/pets")
    }

    @Test(arguments: ["Transfer-Encoding", "Host", "X\r\nY"])
    func `no document puts a credential into a header that frames the message`(_ name: String) throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of(security: [[.key(name, in: .header, "KEY")]]), variables: ["KEY": "1"])
        }
        #expect(refusal?.kind == .recipe)
    }

    @Test func `bearer and basic go into Authorization`() throws {
        let bearer = try makeRequest(.of(security: [[.bearer]]), variables: ["PETS_TOKEN": "t0k"])
        #expect(bearer.header("Authorization") == "Bearer t0k")
        let basic = try makeRequest(.of(security: [[.basic]]), variables: ["PETS_USER": "ada", "PETS_PASSWORD": "p:ß"])
        #expect(basic.header("Authorization") == "Basic YWRhOnA6w58=")
        let alone = try makeRequest(.of(security: [[.basic]]), variables: ["PETS_USER": "ada", "PETS_PASSWORD": ""])
        #expect(alone.header("Authorization") == "Basic YWRhOg==")
    }

    @Test func `the first alternative that the variables meet is used`() throws {
        let recipe = CallRecipe.of(security: [
            [.bearer, .key("k", in: .query, "KEY")], [.basic], [.key("k", in: .query, "KEY")],
        ])
        #expect(try makeRequest(recipe, variables: ["KEY": "1"]).query == "k=1")
        let both = try makeRequest(recipe, variables: ["KEY": "1", "PETS_TOKEN": "t", "PETS_USER": "u"])
        #expect(both.query == "k=1")
        #expect(both.header("Authorization") == "Bearer t")
    }

    @Test func `an empty alternative lets the call go without, unless there is a credential`() throws {
        let recipe = CallRecipe.of(security: [[], [.bearer]])
        #expect(try makeRequest(recipe).header("Authorization") == nil)
        #expect(try makeRequest(recipe, variables: ["PETS_TOKEN": "t"]).header("Authorization") == "Bearer t")
    }

    @Test func `missing variables are named before any call`() throws {
        let recipe = CallRecipe.of(security: [[.bearer], [.basic]])
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(recipe, variables: ["PETS_TOKEN": " ", "PETS_PASSWORD": "x"])
        }
        #expect(refusal?.kind == .variables(["PETS_TOKEN", "PETS_USER"]))
        #expect(refusal?.message.contains("set PETS_TOKEN, or PETS_USER.") == true)
    }

    @Test func `a credential with a line break is refused without showing it`() throws {
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of(security: [[.bearer]]), variables: ["PETS_TOKEN": "se\r\ncret"])
        }
        #expect(refusal?.kind == .variables(["PETS_TOKEN"]))
        #expect(refusal?.message.contains("cret;") == false)
    }

    @Test func `no argument takes the place of a credential`() throws {
        let key = CallRecipe.SecurityScheme.key("X-Key", in: .header, "KEY")
        #expect(throws: RequestRefusal.self) {
            try makeRequest(
                .of("GET", "/", [.header("x-key")], security: [[key]]),
                #"{"x-key":"mine"}"#,
                variables: ["KEY": "1"]
            )
        }
        let query = CallRecipe.of("GET", "/", [.query("more")], security: [[.key("k", in: .query, "KEY")]])
        #expect(throws: RequestRefusal.self) {
            try makeRequest(query, #"{"more":{"k":"mine"}}"#, variables: ["KEY": "1"])
        }
        let cookie = CallRecipe.of("GET", "/", [.cookie("more")], security: [[.key("k", in: .cookie, "KEY")]])
        #expect(throws: RequestRefusal.self) {
            try makeRequest(cookie, #"{"more":{"k":"mine"}}"#, variables: ["KEY": "1"])
        }
    }

    private static let oauth = CallRecipe.SecurityScheme(
        name: "oauth",
        kind: .clientCredentials(tokenURL: "/token", scopes: []),
        variables: ["PETS_ACCESS", "PETS_ID", "PETS_SECRET"]
    )

    @Test(arguments: [
        ([:], "set PETS_ACCESS and KEY, or PETS_ID and PETS_SECRET and KEY, or PETS_USER and PETS_PASSWORD."),
        (["KEY": "1", "PETS_ID": "i"], "set PETS_ACCESS, or PETS_SECRET, or PETS_USER and PETS_PASSWORD."),
        (["PETS_ACCESS": "t"], "set KEY, or PETS_ID and PETS_SECRET and KEY, or PETS_USER and PETS_PASSWORD."),
    ])
    func `each way to meet the security is named by what is missing for it`(
        variables: [String: String],
        sentence: String
    ) throws {
        let key = CallRecipe.SecurityScheme.key("k", in: .query, "KEY")
        let refusal = #expect(throws: RequestRefusal.self) {
            try makeRequest(.of(security: [[Self.oauth, key], [.basic]]), variables: variables)
        }
        #expect(refusal?.message.contains(sentence) == true, "\(refusal?.message ?? "")")
    }

    @Test func `two credentials for one header are the document's fault, and are not sent`() throws {
        for second in [CallRecipe.SecurityScheme.basic, .key("authorization", in: .header, "KEY"), Self.oauth] {
            let variables = [
                "PETS_TOKEN": "t", "PETS_USER": "u", "PETS_PASSWORD": "p", "KEY": "k", "PETS_ID": "i",
                "PETS_SECRET": "s",
            ]
            let refusal = #expect(throws: RequestRefusal.self) {
                try makeRequest(.of(security: [[.bearer, second]]), variables: variables)
            }
            #expect(refusal?.kind == .recipe)
        }
    }
}
