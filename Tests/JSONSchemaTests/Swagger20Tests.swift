import JSON
import JSONSchema
import Testing

struct Swagger20Tests {
    @Test(arguments: [
        (#"{"type":"string","x-nullable":true}"#, #"{"type":["string","null"]}"#),
        (#"{"type":"string","x-nullable":false}"#, #"{"type":"string"}"#),
        (
            ##"{"$ref":"#/definitions/a","x-nullable":true,"type":"string"}"##,
            ##"{"anyOf":[{"$ref":"#/definitions/a"},{"type":"null"}]}"##
        ),
        (##"{"$ref":"#/definitions/a","description":"d"}"##, ##"{"$ref":"#/definitions/a"}"##),
        (#"{"type":"file"}"#, #"{"type":"string","format":"binary"}"#),
        (
            #"{"type":"file","format":"byte","description":"d"}"#,
            #"{"type":"string","format":"byte","description":"d"}"#
        ),
        (#"{"discriminator":"kind","xml":{},"externalDocs":{},"required":["kind"]}"#, #"{"required":["kind"]}"#),
        (
            #"{"type":"array","items":{"type":"file"},"collectionFormat":"csv"}"#,
            #"{"type":"array","items":{"type":"string","format":"binary"}}"#
        ),
        (#"{"maximum":3,"exclusiveMaximum":true,"example":2}"#, #"{"exclusiveMaximum":3,"examples":[2]}"#),
        (
            #"{"allOf":[{"x-nullable":true,"type":"object","properties":{"example":{"type":"string"}}}]}"#,
            #"{"allOf":[{"type":["object","null"],"properties":{"example":{"type":"string"}}}]}"#
        ),
        (
            #"{"anyOf":[{"type":"file"}],"items":[{"example":1}],"additionalItems":{"xml":{}}}"#,
            #"{"anyOf":[{"type":"string","format":"binary"}],"prefixItems":[{"examples":[1]}],"items":{}}"#
        ),
        (#"{"items":{},"additionalItems":false}"#, #"{"items":{}}"#),
        (
            #"{"enum":[{"type":"file"}],"default":{"x-nullable":true},"x-own":{"type":"file"}}"#,
            #"{"enum":[{"type":"file"}],"default":{"x-nullable":true},"x-own":{"type":"file"}}"#
        ),
        ("true", "true"),
    ])
    func `becomes 2020-12`(old: String, new: String) throws {
        #expect(Swagger20.schema(try JSONValue(parsing: old)).text == new)
    }
}
