import JSON
import OpenAPI
import Testing

struct ReferenceTests {
    @Test(arguments: [
        ("#", Reference.local(JSONPointer())),
        ("#/a/b", .local(JSONPointer(["a", "b"]))),
        ("#/paths/~1pets~1%7Bid%7D/get", .local(JSONPointer(["paths", "/pets/{id}", "get"]))),
        ("#/a~01", .local(JSONPointer(["a~1"]))),
        ("#/caf%C3%A9", .local(JSONPointer(["café"]))),
        ("#name", .anchor("name")),
        ("#/a%2", .malformed),
        ("#/a%FF", .malformed),
        ("other.yaml#/a", .external),
        ("https://example.com/a.json", .external),
        ("", .external),
    ])
    func `a reference says where it points`(text: String, reference: Reference) {
        #expect(Reference(text) == reference)
    }
}
