/// Why no request can be made of a recipe, its arguments and its variables. Nothing was sent.
package struct RequestRefusal: Error, Sendable, Hashable {
    /// Who can help.
    package enum Kind: Sendable, Hashable {
        /// The value of this argument cannot be sent; another value may.
        case argument(String)
        /// The environment must set these variables, or set them to something else.
        case variables([String])
        /// The recipe itself cannot be followed; no argument helps.
        case recipe
    }

    package let kind: Kind
    /// One sentence for a model or a person. It never holds the value of a variable.
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
