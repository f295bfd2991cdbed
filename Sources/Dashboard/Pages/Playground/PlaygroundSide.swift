import JSON
import Vocabulary

/// What is called: live, staging, or a release whatever is live.
enum PlaygroundSide: Sendable, Hashable {
    case live, staging
    case release(Int)

    /// The side that an address names; that of the page's switch where it names none.
    init(_ query: FormFields, place: ToolsetPlace) {
        if let number = query["release"].flatMap({ Int($0) }), number > 0 {
            self = .release(number)
        } else {
            self = place.isStagingView ? .staging : .live
        }
    }

    /// The fields of `instances.*` that name it.
    var fields: JSONObject {
        switch self {
        case .live: ["view": "live"]
        case .staging: ["view": "staging"]
        case .release(let number): ["release": JSONValue(number)]
        }
    }

    /// For the query of an address.
    var query: String {
        switch self {
        case .live: "view=live"
        case .staging: "view=staging"
        case .release(let number): "view=live&release=\(number)"
        }
    }

    var word: String {
        switch self {
        case .live: "live"
        case .staging: "staging"
        case .release(let number): "release \(number)"
        }
    }

    var isStaging: Bool { self == .staging }
}
