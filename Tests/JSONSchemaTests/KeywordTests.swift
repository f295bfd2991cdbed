import JSON
import JSONSchema
import Testing

/// One row a rule: a schema, values it accepts, values it refuses.
struct KeywordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let accepted: [String]
        let refused: [String]
        var testDescription: String { schema }

        init(_ schema: String, accepts: [String], refuses: [String]) {
            self.schema = schema
            accepted = accepts
            refused = refuses
        }
    }

    private func check(_ row: Row) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: row.schema))
        #expect(compiled.warnings.isEmpty)
        for text in row.accepted {
            let value = try JSONValue(parsing: text)
            #expect(compiled.validate(value).isEmpty, "\(text)")
            #expect(compiled.isValid(value), "\(text)")
        }
        for text in row.refused {
            let value = try JSONValue(parsing: text)
            #expect(!compiled.validate(value).isEmpty, "\(text)")
            #expect(!compiled.isValid(value), "\(text)")
        }
    }

    @Test(arguments: [
        Row("true", accepts: ["1", "null"], refuses: []),
        Row("false", accepts: [], refuses: ["1", "null", "{}"]),
        Row("{}", accepts: ["1", "{}"], refuses: []),
        Row(#"{"type":"integer"}"#, accepts: ["1", "1.0", "1e2", "-0"], refuses: ["1.5", "\"1\"", "true", "1e-1"]),
        Row(#"{"type":"number"}"#, accepts: ["1", "1.5", "1e999"], refuses: ["\"1\"", "null"]),
        Row(#"{"type":["string","null"]}"#, accepts: ["\"a\"", "null"], refuses: ["1", "[]"]),
        Row(#"{"const":{"a":[1.0]}}"#, accepts: [#"{"a":[1]}"#], refuses: [#"{"a":[2]}"#, #"{"a":[1],"b":1}"#]),
        Row(#"{"enum":[1,"a",null]}"#, accepts: ["1.0", "\"a\"", "null"], refuses: ["2", "true", "\"A\""]),
        Row(#"{"const":false}"#, accepts: ["false"], refuses: ["0", "null"]),
        Row(#"{"const":"\u00e9"}"#, accepts: [#""\u00e9""#], refuses: [#""e\u0301""#]),
    ])
    func `any value`(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{"minimum":1.1}"#, accepts: ["1.1", "2", "1.10"], refuses: ["1", "1.0999999999999999999999", "-1e999"]),
        Row(
            #"{"maximum":100}"#,
            accepts: ["100", "1e2", "-5", "\"x\""],
            refuses: ["101", "100.00000000000000000001", "1e999"]
        ),
        Row(#"{"exclusiveMinimum":0}"#, accepts: ["1e-400"], refuses: ["0", "-0.0", "-1"]),
        Row(#"{"exclusiveMaximum":9007199254740993}"#, accepts: ["9007199254740992"], refuses: ["9007199254740993"]),
        Row(#"{"multipleOf":0.01}"#, accepts: ["4.35", "0", "1e1000000000", "-0.07"], refuses: ["4.355", "1e-3"]),
        Row(
            #"{"multipleOf":3}"#,
            accepts: ["9007199254740993", "0", "-3.0"],
            refuses: ["9007199254740992", "1e1000000000"]
        ),
        Row(#"{"multipleOf":20}"#, accepts: ["100", "1e2"], refuses: ["10", "30"]),
        Row(#"{"multipleOf":2.5}"#, accepts: ["5", "7.5"], refuses: ["4", "0.5"]),
        Row(#"{"minimum":1e-1000000000}"#, accepts: ["1"], refuses: ["0", "1e-1000000001"]),
    ])
    func `numbers are compared exactly`(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{"minLength":2,"maxLength":3}"#, accepts: ["\"ab\"", "\"😀😀\"", "1"], refuses: ["\"a\"", "\"abcd\""]),
        Row(#"{"maxLength":1.0}"#, accepts: ["\"a\""], refuses: ["\"ab\"", #""e\u0301""#]),
        Row(#"{"pattern":"^[a-z]+-\\d{2,}$"}"#, accepts: ["\"ab-12\"", "7"], refuses: ["\"ab-1\"", "\"AB-12\""]),
        Row(#"{"format":"email"}"#, accepts: ["\"not an address\""], refuses: []),
    ])
    func `texts`(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{"items":{"type":"integer"}}"#, accepts: ["[]", "[1,2]", "{}"], refuses: ["[1,\"a\"]"]),
        Row(
            #"{"prefixItems":[{"type":"string"}],"items":false}"#,
            accepts: ["[\"a\"]", "[]"],
            refuses: ["[1]", "[\"a\",1]"]
        ),
        Row(#"{"minItems":1,"maxItems":2}"#, accepts: ["[1]", "[1,2]"], refuses: ["[]", "[1,2,3]"]),
        Row(
            #"{"uniqueItems":true}"#,
            accepts: ["[1,\"1\",true]", "[[1],[2]]"],
            refuses: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1.0}]"#]
        ),
        Row(#"{"contains":{"const":1}}"#, accepts: ["[2,1]"], refuses: ["[]", "[2]"]),
        Row(#"{"contains":{"const":1},"minContains":0}"#, accepts: ["[]"], refuses: []),
        Row(
            #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#,
            accepts: ["[1,1]"],
            refuses: ["[1]", "[1,1,1,1]"]
        ),
        Row(#"{"prefixItems":[true],"unevaluatedItems":false}"#, accepts: ["[1]"], refuses: ["[1,2]"]),
        Row(#"{"contains":{"type":"string"},"unevaluatedItems":false}"#, accepts: ["[\"a\"]"], refuses: ["[\"a\",1]"]),
    ])
    func `arrays`(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{"required":["a"]}"#, accepts: [#"{"a":null}"#, "[]"], refuses: ["{}", #"{"b":1}"#]),
        Row(#"{"properties":{"a":{"type":"string"}}}"#, accepts: ["{}", #"{"b":1}"#], refuses: [#"{"a":1}"#]),
        Row(
            #"{"properties":{"a":true},"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#,
            accepts: [#"{"a":1,"x-b":"c"}"#],
            refuses: [#"{"b":1}"#, #"{"x-b":1}"#]
        ),
        Row(#"{"additionalProperties":{"type":"integer"}}"#, accepts: [#"{"a":1}"#], refuses: [#"{"a":"b"}"#]),
        Row(
            #"{"minProperties":1,"maxProperties":2}"#,
            accepts: [#"{"a":1}"#],
            refuses: ["{}", #"{"a":1,"b":2,"c":3}"#]
        ),
        Row(#"{"propertyNames":{"maxLength":2}}"#, accepts: [#"{"ab":1}"#], refuses: [#"{"abc":1}"#]),
        Row(#"{"dependentRequired":{"a":["b"]}}"#, accepts: [#"{"b":1}"#, #"{"a":1,"b":1}"#], refuses: [#"{"a":1}"#]),
        Row(
            #"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
            accepts: ["{}", #"{"a":1,"b":1}"#],
            refuses: [#"{"a":1}"#]
        ),
        Row(
            #"{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}"#,
            accepts: [#"{"a":1}"#],
            refuses: [#"{"a":1,"b":2}"#]
        ),
        Row(
            #"{"properties":{"\u00e9":{"type":"string"}},"additionalProperties":false}"#,
            accepts: [#"{"\u00e9":"a"}"#],
            refuses: [#"{"e\u0301":"a"}"#]
        ),
    ])
    func `objects`(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{"allOf":[{"minimum":1},{"maximum":3}]}"#, accepts: ["2"], refuses: ["0", "4"]),
        Row(#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, accepts: ["\"a\"", "4"], refuses: ["2"]),
        Row(#"{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}"#, accepts: ["2", "3"], refuses: ["6", "5"]),
        Row(#"{"not":{"type":"string"}}"#, accepts: ["1"], refuses: ["\"a\""]),
        Row(
            #"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"#,
            accepts: ["\"ab\"", "2"],
            refuses: ["\"a\"", "1"]
        ),
        Row(
            #"{"not":{"not":{"properties":{"a":true},"required":["a"]}},"unevaluatedProperties":false}"#,
            accepts: [],
            refuses: [#"{"a":1}"#, "{}"]
        ),
    ])
    func `combinations`(row: Row) throws { try check(row) }

    @Test(arguments: [
        ("{\"type\":\"any\"}", "/type"), (#"{"required":true}"#, "/required"), (#"{"minLength":-1}"#, "/minLength"),
        (#"{"minimum":"5"}"#, "/minimum"), (#"{"properties":[]}"#, "/properties"), (#"{"items":[{}]}"#, "/items"),
        (#"{"properties":{"a":"string"}}"#, "/properties/a"), (#"{"multipleOf":0}"#, "/multipleOf"),
        (#"{"allOf":{}}"#, "/allOf"), (#"{"enum":1}"#, "/enum"), (#"{"uniqueItems":1}"#, "/uniqueItems"),
        (#"{"pattern":"(a)\\1"}"#, "/pattern"), (#"{"patternProperties":{"[":true}}"#, "/patternProperties"),
        (#"{"multipleOf":1.0000000000000000001}"#, "/multipleOf"),
    ])
    func `a keyword that makes no sense is left out with a warning`(schema: String, pointer: String) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: schema))
        #expect(compiled.warnings.map(\.pointer.description) == [pointer])
        #expect(compiled.isValid(["a": [1]]))
        #expect(compiled.isValid("a"))
    }
}
