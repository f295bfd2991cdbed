package import JSON
import Vocabulary

extension Change {
    /// The change as the management API writes it. `before` and `after` are left out where nothing stood or stands.
    package var json: JSONObject {
        var json: JSONObject = [
            "rule": .string(rule.rawValue), "level": .string(level.rawValue), "subject": .string(subject.key),
            "name": .string(name), "pointer": .string(pointer),
        ]
        json["before"] = before
        json["after"] = after
        json["message"] = .string(message)
        json["fingerprint"] = .string(fingerprint)
        json["acknowledgeable"] = .bool(rule.canBeAcknowledged)
        return json
    }
}

extension Verdicts {
    /// The counts as the management API writes them.
    package var json: JSONObject {
        ["breaking": JSONValue(breaking), "risky": JSONValue(risky), "safe": JSONValue(safe)]
    }
}

extension Activation {
    /// The event as the management API writes it.
    package var json: JSONObject {
        [
            "seq": JSONValue(seq), "release": JSONValue(release), "previous_release": JSONValue(previousRelease),
            "kind": .string(kind.rawValue), "actor": .string(actor), "reason": .string(reason),
            "at": .string(at.description),
        ]
    }
}

extension BroughtBackChange {
    /// The change with what took it back, as the management API writes it.
    package var json: JSONObject {
        var json = change.json
        json["rolled_back"] = [
            "from": JSONValue(from), "to": JSONValue(to), "actor": .string(actor), "reason": .string(reason),
            "at": .string(at.description),
        ]
        return json
    }
}
