import JSON
import JSONSchema
import Testing

/// Places, recursion and limits; which rule tells what is tested with the rules.
struct ComparisonTests {
    private func told(_ old: String, _ new: String) throws -> [String] {
        SchemaComparison(from: try JSONValue(parsing: old), to: try JSONValue(parsing: new)).differences.map {
            "\($0.kind) \($0.pointer)"
        }
    }

    @Test func `a place is that of the reader however the schema is split`() throws {
        let inlined = try told(
            #"{"properties":{"filter":{"properties":{"limit":{"type":"integer"}}}}}"#,
            #"{"properties":{"filter":{"properties":{"limit":{"type":"integer","maximum":5}}}}}"#
        )
        let split = try told(
            ##"{"properties":{"filter":{"$ref":"#/$defs/f"}},"$defs":{"f":{"properties":{"limit":{"type":"integer"}}}}}"##,
            ##"{"allOf":[{"$ref":"#/$defs/o"}],"$defs":{"o":{"properties":{"filter":{"properties":{"limit":{"$ref":"#/$defs/l"}}}}},"l":{"maximum":5.0,"type":"integer"}}}"##
        )
        #expect(inlined == ["boundIntroduced /properties/filter/properties/limit/maximum"])
        #expect(split == inlined)
    }

    @Test func `what two places share is told at both`() throws {
        let shared =
            ##"{"properties":{"a":{"$ref":"#/$defs/t"},"b":{"$ref":"#/$defs/t"}},"$defs":{"t":{"enum":["x"ADDED]}}}"##
        #expect(
            try told(
                shared.replacing("ADDED", with: #","y""#),
                shared.replacing("ADDED", with: "")
            ) == ["enumValuesRemoved /properties/a/enum", "enumValuesRemoved /properties/b/enum"]
        )
    }

    @Test func `a change inside a circle is told once and ends there`() throws {
        let node =
            ##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"v":{"type":"TYPE"},"next":{"$ref":"#/$defs/n"}}}}}"##
        let differences = try told(
            node.replacing("TYPE", with: "string"),
            node.replacing("TYPE", with: "integer")
        )
        #expect(differences == ["typeChanged /properties/v/type"])
    }

    @Test func `a circle of two is the same as a circle of one`() throws {
        #expect(
            try told(
                ##"{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"n":{"$ref":"#/$defs/b"}}},"b":{"properties":{"n":{"$ref":"#/$defs/a"}}}}}"##,
                ##"{"properties":{"n":{"$ref":"#"}}}"##
            ).isEmpty
        )
    }

    @Test func `a circle that is new is told with its place`() throws {
        let told = try told(
            #"{"properties":{"a":{"properties":{"b":{}}}}}"#,
            ##"{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"properties":{"b":{"$ref":"#/$defs/a"}}}}}"##
        )
        #expect(told.last == "recursionAdded /properties/a/properties/b")
    }

    @Test func `a form is paired with the one that it became`() throws {
        let cat = #"{"type":"object","required":["k"],"properties":{"k":{"const":"cat"},"n":{"type":"TYPE"}}}"#
        let dog = #"{"type":"object","required":["k"],"properties":{"k":{"const":"dog"}}}"#
        let told = try told(
            "{\"oneOf\":[\(cat.replacing("TYPE", with: "integer")),\(dog)]}",
            "{\"oneOf\":[\(dog),\(cat.replacing("TYPE", with: "string"))]}"
        )
        #expect(told == ["typeChanged /oneOf/1/properties/n/type"])
    }

    @Test(arguments: [
        // `{"x":1}` matched one form, and matches two when the other takes more.
        (#"{"oneOf":[{"required":["x"]},{"required":["y"]}]}"#, #"{"oneOf":[{"required":["x"]},{"required":[]}]}"#),
        (#"{"anyOf":[{"required":["x"]},{"required":["y"]}]}"#, #"{"oneOf":[{"required":["x"]},{"required":["y"]}]}"#),
    ])
    func `a form that takes more may make others ambiguous`(old: String, new: String) throws {
        let (old, new) = (try JSONValue(parsing: old), try JSONValue(parsing: new))
        #expect(SchemaComparison(from: old, to: new).effect.contains(.narrows))
        #expect(SchemaComparison(from: new, to: old).effect.contains(.widens))
    }

    @Test func `values are told in an order of their own`() throws {
        let first = SchemaComparison(from: ["enum": ["a", "b", "c"]], to: ["enum": ["a"]])
        let second = SchemaComparison(from: ["enum": ["c", "a", "b"]], to: ["enum": ["a"]])
        #expect(first.differences == second.differences)
        #expect(first.differences.first?.before == ["b", "c"])
    }

    @Test(arguments: [
        (##"{"$ref":"https://example.com/other"}"##, "{}"),
        (##"{"properties":{"a":{"$id":"https://example.com/a","$ref":"#/x","x":{}}}}"##, "{}"),
        (#"{"$schema":"https://example.com/own","type":"string"}"#, "{}"),
    ])
    func `what cannot be read is undecided, never the same`(old: String, new: String) throws {
        let (old, new) = (try JSONValue(parsing: old), try JSONValue(parsing: new))
        #expect(SchemaComparison(from: old, to: new).differences.last?.kind == .undecided)
        #expect(SchemaComparison(from: old, to: new).effect == .both)
        #expect(SchemaComparison(from: new, to: old).effect == .both)
        #expect(SchemaComparison(from: old, to: old).differences.isEmpty)
    }
}
