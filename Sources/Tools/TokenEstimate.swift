package import JSON

/// How many tokens a text costs a model, estimated: one for each four bytes of UTF-8, rounded up.
///
/// Tokenizers differ by model; what counts here is that two texts are compared by one measure.
package enum TokenEstimate {
    /// The estimate for a value, written as compact JSON.
    package static func tokens(of json: JSONValue) -> Int {
        (json.bytes.count + 3) / 4
    }
}

extension ToolDefinition {
    /// The estimated cost of the tool in a client's list: its name, description and input schema.
    package var tokens: Int {
        TokenEstimate.tokens(
            of: ["name": .string(name), "description": .string(description), "inputSchema": .object(inputSchema)]
        )
    }
}
