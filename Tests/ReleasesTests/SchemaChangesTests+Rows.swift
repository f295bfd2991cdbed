extension SchemaChangesTests {
    /// The schemas of one property in an object that takes no others.
    private static func property(
        _ old: String,
        _ new: String,
        _ there: String,
        _ back: String
    ) -> Row {
        func object(_ schema: String) -> String {
            #"{"type":"object","properties":{"a":\#(schema)},"additionalProperties":false}"#
        }
        return Row(object(old), object(new), there, back)
    }

    static let inputs: [Row] = properties + texts + values + bounds + choices

    private static let properties: [Row] = [
        Row(
            #"{"properties":{},"additionalProperties":false}"#,
            #"{"properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"#,
            "property.required-added",
            "property.closed-removed"
        ),
        Row(
            #"{"properties":{},"additionalProperties":false}"#,
            #"{"properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
            "property.optional-added",
            "property.closed-removed"
        ),
        Row("{}", #"{"properties":{"a":{"type":"string"}}}"#, "property.optional-added", "property.open-removed"),
        Row(
            #"{"properties":{"n":{"type":"integer"},"b":{}},"required":["n"],"additionalProperties":true}"#,
            #"{"properties":{"b":{},"n2":{"type":"integer"}},"required":["n2"],"additionalProperties":true}"#,
            "property.renamed",
            "property.renamed"
        ),
        Row(
            #"{"properties":{"x":{"type":"string"},"y":{"type":"string"}},"additionalProperties":false}"#,
            #"{"properties":{"y":{"type":"string"},"x2":{"type":"string"}},"additionalProperties":false}"#,
            "property.renamed",
            "property.renamed"
        ),
        Row(
            #"{"properties":{"limit":{"type":"integer"},"n":{"type":"integer"}},"additionalProperties":false}"#,
            #"{"properties":{"k":{"type":"integer"},"limits":{"type":"integer"}},"additionalProperties":false}"#,
            "property.renamed property.renamed",
            "property.renamed property.renamed"
        ),
        Row(
            #"{"properties":{"x":{"type":"string"}},"additionalProperties":false}"#,
            #"{"properties":{"y":{"type":"string"},"z":{"type":"string"}},"additionalProperties":false}"#,
            "property.optional-added property.optional-added property.closed-removed",
            "property.optional-added property.closed-removed property.closed-removed"
        ),
        Row(
            #"{"properties":{"x":{"type":"string"}},"required":["x"],"additionalProperties":false}"#,
            #"{"properties":{"y":{"type":"string"}},"additionalProperties":false}"#,
            "property.optional-added property.closed-removed",
            "property.required-added property.closed-removed"
        ),
        Row(
            #"{"properties":{"a":{"type":"string"}},"required":["a"]}"#,
            #"{"properties":{"a":false}}"#,
            "property.closed-removed",
            "property.required-added"
        ),
        Row(
            #"{"properties":{"a":{"type":"string"}}}"#,
            #"{"properties":{"a":{"not":{}}}}"#,
            "property.closed-removed",
            "property.optional-added"
        ),
        Row(
            #"{"properties":{"a":{}}}"#,
            #"{"properties":{"a":false}}"#,
            "property.closed-removed",
            "property.optional-added"
        ),
        Row(
            #"{"properties":{"a":{"type":"string"}}}"#,
            #"{"properties":{"a":{"type":"string"}},"required":["a"]}"#,
            "property.required-set",
            "property.required-lifted"
        ),
        Row(
            #"{"properties":{"user_id":{"type":"string"},"b":{}}}"#,
            #"{"properties":{"b":{},"userId":{"type":"string"}},"required":["userId"]}"#,
            "property.renamed",
            "property.renamed"
        ),
        Row(
            #"{"properties":{"q":{"type":"string","description":"What to look for in the titles"}}}"#,
            #"{"properties":{"x":{},"text":{"description":"What to look for in the titles","type":"string"}}}"#,
            "property.optional-added property.renamed",
            "property.renamed property.open-removed"
        ),
        Row(
            #"{"properties":{"color":{"type":"string","description":"The color of the car"}}}"#,
            #"{"properties":{"owner":{"type":"string","description":"Who owns it"}}}"#,
            "property.optional-added property.open-removed",
            "property.optional-added property.open-removed"
        ),
        Row(
            #"{"properties":{"a":{},"b":{"type":"string"},"c":{"type":"string"}}}"#,
            #"{"properties":{"a":{},"d":{"type":"string"},"e":{"type":"string"}}}"#,
            "property.optional-added property.optional-added property.open-removed property.open-removed",
            "property.optional-added property.optional-added property.open-removed property.open-removed"
        ),
        Row(
            #"{"properties":{"a":{}}}"#,
            #"{"properties":{"a":{"deprecated":true}}}"#,
            "property.deprecated",
            "property.deprecated"
        ),
        Row(#"{"properties":{}}"#, #"{"additionalProperties":false}"#, "extra.forbidden", "extra.allowed"),
        Row("{}", #"{"additionalProperties":{"type":"string"}}"#, "extra.schema-changed", "extra.allowed"),
        Row(
            #"{"additionalProperties":{"type":"string"}}"#,
            #"{"additionalProperties":false}"#,
            "extra.forbidden",
            "extra.allowed"
        ),
        Row(
            #"{"additionalProperties":{"type":"string"}}"#,
            #"{"additionalProperties":{"type":"integer"}}"#,
            "type.changed",
            "type.changed"
        ),
        Row(
            #"{"additionalProperties":{"type":"string"}}"#,
            #"{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"string"}}"#,
            "extra.schema-changed",
            "property.closed-removed"
        ),
        Row(
            #"{"additionalProperties":false}"#,
            #"{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#,
            "extra.allowed",
            "extra.forbidden"
        ),
        property("{}", #"{"x-mcp-header":"Trace"}"#, "mirror.added", "mirror.removed"),
        property(#"{"x-mcp-header":"Trace"}"#, #"{"x-mcp-header":"Span"}"#, "mirror.changed", "mirror.changed"),
    ]

    private static let texts: [Row] = [
        property(
            #"{"oneOf":[{"const":"a","description":"One"},{"const":"b","title":"B"}]}"#,
            #"{"oneOf":[{"const":"a","description":"Two"},{"const":"b","title":"B"}]}"#,
            "text.description-changed",
            "text.description-changed"
        ),
        property(
            #"{"enum":["a","b"]}"#,
            #"{"oneOf":[{"const":"a"},{"const":"b","description":"The second"}]}"#,
            "text.description-changed",
            "text.description-changed"
        ),
        property(
            #"{"oneOf":[{"const":"a","description":"One"},{"const":"b"}]}"#,
            #"{"oneOf":[{"const":"c","description":"Three"},{"const":"b"},{"const":"a","description":"One"}]}"#,
            "enum.value-added",
            "enum.value-removed"
        ),
        property(
            #"{"anyOf":[{"enum":["a","b"],"description":"One"},{"const":"c"}]}"#,
            #"{"anyOf":[{"enum":["a"],"description":"One"},{"enum":["b"],"description":"Two"},{"const":"c"}]}"#,
            "text.description-changed",
            "text.description-changed"
        ),
        property(#"{"title":"A"}"#, #"{"title":"B"}"#, "text.title-changed", "text.title-changed"),
        property(#"{"description":"A"}"#, "{}", "text.description-changed", "text.description-changed"),
        property(#"{"examples":[1]}"#, #"{"examples":[2]}"#, "text.example-changed", "text.example-changed"),
        property("{}", #"{"default":1}"#, "default.added", "default.removed"),
        property(#"{"default":1}"#, #"{"default":2}"#, "default.changed", "default.changed"),
        property("{}", #"{"x-unit":"m"}"#, "dialect.keyword-unsupported", "dialect.changed"),
        property("{}", #"{"pattern":"(?<!a"}"#, "dialect.keyword-unsupported", "dialect.changed"),
        Row("{}", #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "dialect.changed", "dialect.changed"),
        Row(
            #"{"properties":{"a":{"type":"object","properties":{"b":{"type":"object"}}}}}"#,
            ##"{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"object","properties":{"b":{"$ref":"#/$defs/a"}}}}}"##,
            "property.optional-added dialect.recursion-added",
            "property.open-removed"
        ),
    ]

    private static let values: [Row] = [
        property(#"{"type":["string","integer"]}"#, #"{"type":"string"}"#, "type.narrowed", "type.widened"),
        property(#"{"type":"number"}"#, #"{"type":"integer"}"#, "type.narrowed", "type.widened"),
        property("{}", #"{"type":"string","minLength":1}"#, "type.narrowed", "type.widened"),
        property(#"{"type":"string"}"#, #"{"type":"integer"}"#, "type.changed", "type.changed"),
        property(#"{"type":["string","null"]}"#, #"{"type":"string"}"#, "null.forbidden", "null.allowed"),
        property(
            #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
            #"{"type":"string"}"#,
            "null.forbidden",
            "null.allowed"
        ),
        property(#"{"enum":["a",null]}"#, #"{"const":"a"}"#, "null.forbidden", "null.allowed"),
        property(
            #"{"enum":["a","b"]}"#,
            #"{"enum":["a","c"]}"#,
            "enum.value-removed enum.value-added",
            "enum.value-removed enum.value-added"
        ),
        property(#"{"enum":["a","b"]}"#, #"{"enum":["b"]}"#, "enum.value-removed", "enum.value-added"),
        property(#"{"type":"string"}"#, #"{"enum":["a","b"]}"#, "enum.introduced", "enum.lifted"),
        property(#"{"type":"string"}"#, #"{"const":"a"}"#, "const.introduced", "const.lifted"),
        property(#"{"const":"a"}"#, #"{"const":"b"}"#, "const.changed", "const.changed"),
        property(#"{"enum":["a","b"]}"#, #"{"type":"integer"}"#, "type.changed", "type.changed"),
    ]

    private static let bounds: [Row] = [
        property("{}", #"{"minimum":1}"#, "bound.introduced", "bound.lifted"),
        property(#"{"minimum":1}"#, #"{"minimum":2}"#, "bound.tightened", "bound.loosened"),
        property(#"{"maximum":1}"#, #"{"exclusiveMaximum":1}"#, "bound.tightened", "bound.loosened"),
        property(#"{"multipleOf":2}"#, #"{"multipleOf":4}"#, "bound.tightened", "bound.loosened"),
        property(#"{"multipleOf":2}"#, #"{"multipleOf":3}"#, "bound.tightened", "bound.tightened"),
        property(#"{"maxLength":9}"#, #"{"maxLength":5}"#, "bound.tightened", "bound.loosened"),
        property("{}", #"{"minItems":1}"#, "bound.introduced", "bound.lifted"),
        property("{}", #"{"minProperties":2}"#, "bound.introduced", "bound.lifted"),
        property(
            #"{"required":["x","y"]}"#,
            #"{"minProperties":2}"#,
            "property.required-lifted property.required-lifted",
            "property.required-set property.required-set"
        ),
        property("{}", #"{"uniqueItems":true}"#, "bound.introduced", "bound.lifted"),
        property(#"{"maxProperties":9}"#, #"{"maxProperties":5}"#, "bound.tightened", "bound.loosened"),
        property("{}", #"{"pattern":"^a"}"#, "pattern.introduced", "pattern.lifted"),
        property(#"{"pattern":"^a"}"#, #"{"pattern":"^ab"}"#, "pattern.changed", "pattern.changed"),
        property(#"{"pattern":"^(a|b)$"}"#, #"{"pattern":"^(a|b|c)$"}"#, "pattern.widened", "pattern.changed"),
        property("{}", #"{"format":"uuid"}"#, "format.introduced", "format.lifted"),
        property(#"{"format":"date"}"#, #"{"format":"date-time"}"#, "format.changed", "format.changed"),
        property("{}", #"{"contentMediaType":"text/html"}"#, "format.introduced", "format.lifted"),
    ]

    private static let cat =
        #"{"type":"object","properties":{"k":{"const":"cat"},"n":{"type":"integer"}},"required":["k"]}"#
    private static let dog = #"{"type":"object","properties":{"k":{"const":"dog"}},"required":["k"]}"#
    private static let open = #"{"type":"object","required":["x"]}"#
    private static let other = #"{"type":"object","required":["y"]}"#
    private static let third = #"{"type":"object","required":["z"]}"#

    private static let choices: [Row] = [
        property(
            #"{"type":"object","anyOf":[{"anyOf":[{"required":["s"]},{"required":["t"]}]},{"required":["u"]}]}"#,
            #"{"type":"object","anyOf":[{"required":["s"]},{"required":["u"]}]}"#,
            "union.branch-removed",
            "union.anyof-branch-added"
        ),
        property(
            #"{"anyOf":[\#(cat),\#(dog),\#(open)]}"#,
            #"{"anyOf":[\#(cat),\#(open)]}"#,
            "union.branch-removed",
            "union.anyof-branch-added"
        ),
        property(
            #"{"oneOf":[\#(open),\#(other)]}"#,
            #"{"oneOf":[\#(open),\#(other),\#(third)]}"#,
            "union.oneof-branch-added",
            "union.branch-removed"
        ),
        property(
            #"{"oneOf":[\#(cat),\#(dog)]}"#,
            #"{"anyOf":[\#(dog),\#(cat)]}"#,
            "",
            ""
        ),
        property(cat, #"{"oneOf":[\#(dog),\#(cat)]}"#, "union.anyof-branch-added", "union.branch-removed"),
        property(
            #"{"type":"object"}"#,
            #"{"type":"object","anyOf":[\#(open),\#(other)]}"#,
            "union.allof-added",
            "union.allof-removed"
        ),
        property(
            #"{"discriminator":{"propertyName":"k"}}"#,
            #"{"discriminator":{"propertyName":"t"}}"#,
            "union.discriminator-changed",
            "union.discriminator-changed"
        ),
        property("{}", #"{"not":{"type":"object","required":["a"]}}"#, "condition.introduced", "condition.lifted"),
        property(#"{"not":{"const":1}}"#, #"{"not":{"const":2}}"#, "condition.changed", "condition.changed"),
        property("{}", #"{"contains":{"const":1}}"#, "condition.introduced", "condition.lifted"),
        property(
            #"{"contains":{"const":1}}"#,
            #"{"contains":{"const":1},"minContains":2}"#,
            "condition.tightened",
            "condition.lifted"
        ),
        property(
            #"{"if":{"required":["x"]},"then":{"required":["y"]}}"#,
            #"{"if":{"required":["x"]},"then":{"required":["z"]}}"#,
            "condition.changed",
            "condition.changed"
        ),
        property("{}", #"{"dependentRequired":{"x":["y"]}}"#, "condition.introduced", "condition.lifted"),
        property(
            #"{"dependentRequired":{"x":["y"]}}"#,
            #"{"dependentRequired":{"x":["y","z"]}}"#,
            "condition.tightened",
            "condition.lifted"
        ),
        property(
            "{}",
            #"{"dependentSchemas":{"x":{"required":["y"]}}}"#,
            "condition.introduced",
            "condition.lifted"
        ),
        property("{}", #"{"propertyNames":{"maxLength":5}}"#, "condition.introduced", "condition.lifted"),
        property(
            #"{"propertyNames":{"maxLength":5}}"#,
            #"{"propertyNames":{"maxLength":3}}"#,
            "condition.tightened",
            "condition.lifted"
        ),
        property("{}", #"{"unevaluatedProperties":false}"#, "condition.introduced", "condition.lifted"),
    ]

    static let outputs: [Row] = [
        Row(
            #"{"properties":{"a":{"type":"string","description":"A"}}}"#,
            #"{"properties":{"a":{"type":"string","description":"B"}}}"#,
            "text.changed",
            "text.changed"
        ),
        Row(
            #"{"properties":{"a":{"type":"string","examples":["A"]}}}"#,
            #"{"properties":{"a":{"type":"string","examples":["B"]}}}"#,
            "text.changed",
            "text.changed"
        ),
        Row(
            #"{"properties":{"a":{"type":"string"}}}"#,
            #"{"properties":{"a":{"type":"string","default":"B"}}}"#,
            "text.changed",
            "text.changed"
        ),
        Row(
            #"{"properties":{"a":{"type":"string","title":"A"}}}"#,
            #"{"properties":{"a":{"type":"string","title":"B","deprecated":true}}}"#,
            "text.annotation-changed text.annotation-changed",
            "text.annotation-changed text.annotation-changed"
        ),
        Row(#"{"type":"object"}"#, #"{"type":"array"}"#, "schema.root-changed", "schema.root-changed"),
        Row(
            #"{"properties":{"a":{}},"required":["a"]}"#,
            "{}",
            "property.required-removed",
            "property.added"
        ),
        Row(#"{"properties":{"a":{}}}"#, "{}", "property.optional-removed", "property.added"),
        Row(
            #"{"properties":{"a":{}},"additionalProperties":false}"#,
            #"{"additionalProperties":false}"#,
            "property.optional-removed",
            "type.widened"
        ),
        Row(
            #"{"properties":{"user_id":{"type":"string"}}}"#,
            #"{"properties":{"userId":{"type":"string"}}}"#,
            "property.renamed",
            "property.renamed"
        ),
        Row(
            #"{"properties":{"a":{}},"required":["a"]}"#,
            #"{"properties":{"a":{}}}"#,
            "property.required-lifted",
            "property.required-set"
        ),
        property(#"{"type":"string"}"#, #"{"type":"integer"}"#, "type.changed", "type.changed"),
        property(#"{"type":"string"}"#, #"{"type":["string","integer"]}"#, "type.widened", "type.narrowed"),
        property(#"{"type":"string"}"#, #"{"type":["string","null"]}"#, "null.allowed", "null.forbidden"),
        property(#"{"enum":["a","b"]}"#, #"{"enum":["a","b","c"]}"#, "enum.value-added", "enum.value-removed"),
        property(#"{"enum":["a","b"]}"#, #"{"type":"string"}"#, "enum.value-added", "enum.value-removed"),
        property(#"{"maximum":5}"#, #"{"maximum":9}"#, "bound.loosened", "bound.tightened"),
        property(#"{"pattern":"^a"}"#, #"{"pattern":"^b"}"#, "bound.loosened", "bound.loosened"),
        property(#"{"format":"date"}"#, "{}", "bound.loosened", "bound.tightened"),
        property(cat, #"{"oneOf":[\#(cat),\#(dog)]}"#, "type.widened", "type.narrowed"),
        property(
            #"{"description":"A"}"#,
            #"{"description":"B","title":"B","default":1}"#,
            "text.annotation-changed text.changed text.changed",
            "text.annotation-changed text.changed text.changed"
        ),
        property("{}", #"{"not":{"const":1}}"#, "type.narrowed", "type.widened"),
    ]
}
