import Testing

@testable import Upstream

struct WebAddressTests {
    @Test(
        arguments: [
            ("https://a.example/t/?x=1#y", "https://a.example", "/t/", "x=1"), ("/t", "https://h:8443", "/t", nil),
            ("t", "https://h:8443", "/v1/t", nil), ("../t", "https://h:8443", "/t", nil),
            ("../../t/.", "https://h:8443", "/t/", nil), ("//b.example/t", "https://b.example", "/t", nil),
            ("https://a.example", "https://a.example", "/", nil),
            ("/oauth/token?audience=https://x", "https://h:8443", "/oauth/token", "audience=https://x"),
            ("t?u=a://b", "https://h:8443", "/v1/t", "u=a://b"), ("/a/b://c", "https://h:8443", "/a/b://c", nil),
        ] as [(String, String, String, String?)]
    )
    func `a token URL may be relative to the server`(text: String, origin: String, path: String, query: String?) throws
    {
        let address = try WebAddress(text, relativeTo: try ServerAddress("https://h:8443/v1"))
        #expect(address.server.origin == origin)
        #expect(address.path == path)
        #expect(address.query == query)
    }

    @Test(arguments: [
        "", "ftp://h/t", "https://user@h/t", "https://h/a b", "https://h?a\r\nb", "https://h\\@x/", "urn:x", "h:8080/t",
    ])
    func `what is no address is none`(text: String) throws {
        #expect(throws: ServerAddress.Malformed.self) {
            try WebAddress(text, relativeTo: try ServerAddress("https://h"))
        }
    }
}
