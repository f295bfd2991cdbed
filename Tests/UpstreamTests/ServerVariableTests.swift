import JSON
import Testing
import Tools
import Upstream

struct ServerVariableTests {
    private func url(
        _ server: String = "https://{region}.example.com/{version}",
        _ variables: [String: String] = [:],
        parameters: [CallRecipe.Parameter] = [],
        arguments: String = "{}"
    ) throws -> String {
        var recipe = CallRecipe.of("GET", "/pets", server: server, parameters)
        recipe.serverVariables = [
            .init(name: "region", variable: "PETS_REGION", defaultValue: "eu", values: ["eu", "us"]),
            .init(name: "version", variable: "PETS_VERSION", defaultValue: "v1"),
        ]
        return try makeRequest(recipe, arguments, variables: variables).url
    }

    @Test(arguments: [
        ([:], "https://eu.example.com/v1/pets"), (["PETS_REGION": " us\n"], "https://us.example.com/v1/pets"),
        (["PETS_VERSION": "v2/beta"], "https://eu.example.com/v2/beta/pets"),
        (["PETS_REGION": "", "PETS_VERSION": " "], "https://eu.example.com/v1/pets"),
        (["PETS_REGION": "mars", "PETS_SERVER_URL": "https://h"], "https://h/pets"),
    ])
    func `the environment sets the parts of the server's URL`(variables: [String: String], expected: String) throws {
        #expect(try url(variables: variables) == expected)
    }

    private func url(variables: [String: String]) throws -> String {
        try url("https://{region}.example.com/{version}", variables)
    }

    @Test(arguments: ["mars", "EU", "eu.evil.example/", "{version}"])
    func `a value that the document does not list is refused, and those it lists are named`(value: String) {
        let refusal = #expect(throws: RequestRefusal.self) { try url(variables: ["PETS_REGION": value]) }
        #expect(refusal?.kind == .variables(["PETS_REGION"]))
        #expect(refusal?.message.contains("set it in the environment to eu, us, or remove it for eu") == true)
        #expect(refusal?.message.contains("evil") == false)
    }

    @Test(arguments: ["v1?x", "v1#x", "v 1", "{region}", "a\\b", "{"])
    func `a value that makes no address is refused, and the variable is named`(value: String) {
        let refusal = #expect(throws: RequestRefusal.self) { try url(variables: ["PETS_VERSION": value]) }
        #expect(refusal?.kind == .variables(["PETS_VERSION", "PETS_SERVER_URL"]))
        #expect(refusal?.message.contains("with the value of PETS_VERSION cannot be used") == true)
    }

    @Test func `a place in the URL that no variable fills is told`() {
        #expect(throws: RequestRefusal.self) { try url("https://{other}.example.com") }
    }

    @Test func `no argument sets a part of the server's URL`() throws {
        let parameters: [CallRecipe.Parameter] = [.query("region"), .query("PETS_REGION")]
        let arguments = #"{"region":"us","PETS_REGION":"us"}"#
        let url = try url(parameters: parameters, arguments: arguments)
        #expect(url == "https://eu.example.com/v1/pets?region=us&PETS_REGION=us")
    }
}

struct AcceptTests {
    @Test(
        arguments: [
            (nil, "application/json, */*;q=0.5"), ("image/png", "image/png, */*;q=0.5"),
            (" ", "application/json, */*;q=0.5"),
            ("text/csv, */*", "text/csv, */*"), ("a/b\r\nX: y", "application/json, */*;q=0.5"),
        ] as [(String?, String)]
    )
    func `Accept says what the document answers, and then anything`(accept: String?, expected: String) throws {
        var recipe = CallRecipe.of()
        recipe.accept = accept
        #expect(try makeRequest(recipe).header("Accept") == expected)
    }
}
