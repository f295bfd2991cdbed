import Foundation
import JSON

/// What the page after a change says about it, once. It travels in a cookie, so that it needs no storage.
struct Notice: Sendable, Hashable {
    /// Which sign and colour it has; the word is read out too.
    enum Kind: String, Sendable {
        case done
        case warning
    }

    var kind = Kind.done
    /// One or two sentences.
    let text: String
    /// The command that undoes it, where there is one.
    var command: String?
    /// Whether ``command`` is not one that undoes it, but one that goes on with it.
    var commandGoesOn = false
    /// What the person can do about it with one press of a button.
    var action: Action?

    /// A form with a button and nothing to fill in, or a link to a page that asks before it does something.
    struct Action: Sendable, Hashable {
        /// `Undo last change`
        let label: String
        /// Where the form is sent by POST, or where the link leads.
        let address: String
        /// Whether it opens a page, or a dialog, in place of doing something.
        var asksFirst = false
    }

    static let cookieName = "slipway_notice"
}

extension Notice {
    /// The notice as the value of a cookie.
    var cookieValue: String {
        let json: JSONValue = [
            "kind": .string(kind.rawValue), "text": .string(text), "command": JSONValue(command),
            "goes_on": .bool(commandGoesOn),
            "label": JSONValue(action?.label), "address": JSONValue(action?.address),
            "asks": .bool(action?.asksFirst == true),
        ]
        return Data(json.bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// A notice that a cookie brought; none where the cookie is not of our making.
    init?(cookieValue: String) {
        var base64 = cookieValue.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard cookieValue.utf8.count < 4000, let data = Data(base64Encoded: base64),
            let json = try? JSONValue(parsing: Array(data)),
            let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let text = json["text"]?.string
        else { return nil }
        self.init(
            kind: kind,
            text: text,
            command: json["command"]?.string,
            commandGoesOn: json["goes_on"]?.bool == true
        )
        if let label = json["label"]?.string, let address = json["address"]?.string, address.hasPrefix("/projects/") {
            action = Action(label: label, address: address, asksFirst: json["asks"]?.bool == true)
        }
    }
}
