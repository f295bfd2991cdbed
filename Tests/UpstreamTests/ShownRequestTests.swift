import Testing
import Tools
import Upstream

struct ShownRequestTests {
    @Test func `shows no credential, wherever it stands`() throws {
        let variables = ["KEY": "s3cret/value", "PETS_TOKEN": "t0k3n"]
        for location in [CallRecipe.Parameter.Location.header, .query, .cookie] {
            let recipe = CallRecipe.of(security: [[.bearer, .key("api_key", in: location, "KEY")]])
            let shown = try makeRequest(recipe, variables: variables).shown
            let all = "\(shown.url) \(shown.headers.map { "\($0.name): \($0.value)" })"
            #expect(!all.contains("s3cret") && !all.contains("t0k3n"))
            #expect(all.contains(ShownRequest.mask))
            #expect(shown.method == "GET")
        }
    }

    @Test func `shows what arguments made of it`() throws {
        let request = OutgoingRequest(
            method: "POST",
            server: try ServerAddress("https://api.example.com/v1"),
            path: "/pets/7",
            query: "q=a%20b",
            headers: [.init("Accept", "application/json"), .init("Authorization", "Basic abc")],
            body: Array("{\"name\":\"Rex\"}".utf8)
        )
        #expect(request.shown.url == "https://api.example.com/v1/pets/7?q=a%20b")
        #expect(request.shown.headers.map(\.value) == ["application/json", ShownRequest.mask])
        #expect(request.shown.body == "{\"name\":\"Rex\"}")
    }

    @Test func `masks the values of secrets as they are and encoded, and no short ones`() throws {
        let request = OutgoingRequest(
            method: "GET",
            server: try ServerAddress("https://api.example.com/bot123%2Fabc"),
            path: "/send",
            headers: [.init("X-Note", "say 123/abc")],
            body: [0xFF, 0xFE]
        )
        let shown = request.shown.masking(["123/abc", "api"])
        #expect(shown.url == "https://api.example.com/bot\(ShownRequest.mask)/send")
        #expect(shown.headers.first?.value == "say \(ShownRequest.mask)")
        #expect(shown.body == nil && shown.bodyLength == 2)
    }
}
