import Testing

@testable import Upstream

/// Where documents are fetched from, and where answers lead to.
struct FetchedAddressTests {
    private func text(_ address: FetchedAddress) -> String {
        address.server.origin + address.path + (address.query.map { "?\($0)" } ?? "")
    }

    @Test(arguments: [
        ("https://a.example", "https://a.example"), ("https://a.example/docs/", "https://a.example/docs/"),
        ("HTTPS://A.example:443/x.yaml?v=2&w#part", "https://a.example/x.yaml?v=2&w"),
        ("http://a.example:8080/größe?", "http://a.example:8080/gr%C3%B6%C3%9Fe?"),
    ])
    func `an address is taken as it stands, without its fragment`(address: String, expected: String) throws {
        #expect(text(try FetchedAddress(address)) == expected)
    }

    @Test(arguments: [
        ("x.yaml", "https://a.example/docs/x.yaml"), ("/x.yaml", "https://a.example/x.yaml"),
        ("//b.example/x", "https://b.example/x"), ("https://b.example/x?y", "https://b.example/x?y"),
        ("/x?from=https://b.example/", "https://a.example/x?from=https://b.example/"),
        ("x/http://y", "https://a.example/docs/x/http://y"),
    ])
    func `an answer leads on from where it was asked`(location: String, expected: String) throws {
        #expect(text(try FetchedAddress("https://a.example/docs/?v=2").redirected(to: location)) == expected)
    }

    @Test(arguments: [
        "ftp://a.example/x", "a.example", "https://you@a.example/x", "https:///x", "https://a.example/a b",
        "https://a.example\\x",
    ])
    func `what is no address of a document is refused`(address: String) {
        #expect(throws: DocumentFetcher.Failure.self) { try FetchedAddress(address) }
    }

    @Test func `from https nothing leads to http`() throws {
        let secure = try FetchedAddress("https://a.example/x")
        #expect(throws: DocumentFetcher.Failure.self) { try secure.redirected(to: "http://a.example/x") }
    }
}
