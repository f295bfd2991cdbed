import JSON
import JSONSchema
import Testing

/// The table of keywords that say nothing, and what is near to each and says something.
struct SilentKeywordTests {
    @Test(arguments: silent) func `a keyword that says nothing`(text: String) throws {
        let schema = try #require(try JSONValue(parsing: text).object)
        let first = try #require(schema.keys.first { _ in true })
        #expect(SilentKeyword.isSilent(first, in: schema))
        // Values of all kinds are taken as they are without it.
        let rest = JSONObject(schema.dropFirst().map { ($0.key, $0.value) })
        guard let with = try? CompiledSchema(.object(schema)), let without = try? CompiledSchema(.object(rest)) else {
            return
        }
        for value in Self.values { #expect(with.isValid(value) == without.isValid(value), "\(value)") }
    }

    @Test(arguments: speaking) func `a keyword that says something`(text: String) throws {
        let schema = try #require(try JSONValue(parsing: text).object)
        let first = try #require(schema.keys.first { _ in true })
        #expect(!SilentKeyword.isSilent(first, in: schema))
    }

    private static let values: [JSONValue] = [
        nil, true, false, 0, 7, -1, "", "a", "long text", [], [1], [1, 1], [[], [:]], [:], ["a": 1],
        ["a": nil, "b": "x"],
    ]

    /// The first keyword is the one that is meant.
    private static let silent = [
        ##"{"minLength":0}"##, ##"{"minItems":0}"##, ##"{"minProperties":0.0}"##, ##"{"uniqueItems":false}"##,
        ##"{"minContains":2}"##, ##"{"maxContains":0}"##, ##"{"pattern":""}"##, ##"{"required":[]}"##,
        ##"{"type":["null","boolean","object","array","number","string"]}"##, ##"{"dependentRequired":{}}"##,
        ##"{"dependentRequired":{"a":[]}}"##, ##"{"deprecated":false}"##, ##"{"readOnly":false}"##,
        ##"{"writeOnly":false}"##, ##"{"nullable":false}"##, ##"{"exclusiveMinimum":false,"minimum":1}"##,
        ##"{"exclusiveMaximum":false}"##, ##"{"title":""}"##, ##"{"description":""}"##, ##"{"examples":[]}"##,
        ##"{"$comment":"nothing"}"##, ##"{"$defs":{}}"##, ##"{"definitions":{}}"##,
        ##"{"additionalProperties":true}"##, ##"{"additionalProperties":{"minLength":0}}"##,
        ##"{"unevaluatedProperties":{}}"##, ##"{"propertyNames":true}"##, ##"{"items":{}}"##,
        ##"{"items":{"not":false}}"##, ##"{"unevaluatedItems":true}"##, ##"{"properties":{}}"##,
        ##"{"patternProperties":{}}"##, ##"{"dependentSchemas":{"a":true,"b":{}}}"##, ##"{"dependencies":{}}"##,
        ##"{"prefixItems":[true,{}]}"##, ##"{"allOf":[]}"##, ##"{"allOf":[true,{"required":[]}]}"##,
        ##"{"anyOf":[]}"##, ##"{"anyOf":[{"type":"string"},{}]}"##, ##"{"oneOf":[]}"##, ##"{"oneOf":[true]}"##,
        ##"{"not":false}"##, ##"{"if":{"type":"string"}}"##, ##"{"if":{"type":"string"},"then":true,"else":{}}"##,
        ##"{"then":false}"##, ##"{"else":false}"##, ##"{"contains":false,"minContains":0}"##,
        ##"{"minLength":3,"type":"object"}"##, ##"{"pattern":"x","type":["object","null"]}"##,
        ##"{"minimum":3,"type":"string"}"##, ##"{"multipleOf":3,"type":"boolean"}"##,
        ##"{"items":false,"type":"object"}"##, ##"{"uniqueItems":true,"type":"string"}"##,
        ##"{"required":["a"],"type":"array"}"##, ##"{"additionalProperties":false,"type":"array"}"##,
    ]

    private static let speaking = [
        ##"{"minLength":1}"##, ##"{"minItems":1}"##, ##"{"minProperties":1}"##, ##"{"maxLength":0}"##,
        ##"{"uniqueItems":true}"##, ##"{"minContains":2,"contains":{}}"##, ##"{"pattern":"a"}"##,
        ##"{"required":["a"]}"##, ##"{"type":["null","boolean","object","array","number"]}"##, ##"{"type":"object"}"##,
        ##"{"dependentRequired":{"a":["b"]}}"##, ##"{"deprecated":true}"##, ##"{"nullable":true}"##,
        ##"{"exclusiveMinimum":0}"##, ##"{"title":"A"}"##, ##"{"examples":[1]}"##, ##"{"additionalProperties":false}"##,
        ##"{"additionalProperties":{"title":"A"}}"##, ##"{"items":false}"##, ##"{"properties":{"a":true}}"##,
        ##"{"patternProperties":{"a":true}}"##, ##"{"dependentSchemas":{"a":false}}"##, ##"{"prefixItems":[false]}"##,
        ##"{"allOf":[{},{"type":"string"}]}"##, ##"{"anyOf":[{"type":"string"}]}"##, ##"{"oneOf":[{},{}]}"##,
        ##"{"oneOf":[{"type":"string"}]}"##, ##"{"not":{}}"##, ##"{"if":true,"then":false}"##,
        ##"{"then":false,"if":true}"##, ##"{"contains":false}"##, ##"{"contains":{},"minContains":0,"maxContains":1}"##,
        ##"{"minimum":3,"type":["string","integer"]}"##, ##"{"enum":[]}"##, ##"{"const":null}"##, ##"{"$ref":"#"}"##,
        ##"{"default":1}"##, ##"{"format":"date"}"##, ##"{"x-mcp-header":"A"}"##,
    ]
}
