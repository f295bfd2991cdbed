import JSON
import Releases
import Vocabulary

extension Review {
    /// The review as the management API writes it.
    var json: JSONObject {
        var json: JSONObject = [
            "first": .bool(live == nil), "live_release": JSONValue(live), "base_release": JSONValue(base),
            "yours": changes.yours.json, "project": changes.project.json, "merged": changes.merged.json,
            "brings_back": .array(changes.broughtBack.map { .object($0.json) }),
            "acknowledge": JSONValue(changes.toAcknowledge.map(\.fingerprint)),
            "verdicts": .object(changes.all.verdicts.json),
        ]
        json["deployments"] = [
            "live": JSONValue(deployments.live?.text), "staging": JSONValue(deployments.staging?.text),
        ]
        json["tokens"] = tokens.json
        json["checks"] = .array(checks.map { .object($0.json) })
        json["suggested_label"] = .string(suggestedLabel)
        json["next_release"] = JSONValue(nextNumber)
        json["review_digest"] = .string(digest.text)
        json["staging_etag"] = .string(stagingEtag)
        json["activation_seq"] = JSONValue(activationSeq)
        json["merge_pending"] = .bool(pendingMerge != nil)
        json["mergeable"] = .bool(pendingMerge?.needsNoAnswer ?? true)
        json["conflicts"] = .array((pendingMerge?.conflicts ?? []).map { .object($0.json) })
        return json
    }
}

extension ReleaseComparison {
    /// The comparison as the management API writes it.
    var json: JSONObject {
        var json: JSONObject = [
            "from": .string(from.description), "to": .string(to.description), "changes": changes.json,
            "verdicts": .object(changes.verdicts.json), "tokens": tokens.json,
            "activation_seq": JSONValue(activationSeq),
        ]
        json["review_digest"] = digest.map { .string($0.text) }
        return json
    }
}

extension ReviewCheck {
    /// The check as the management API writes it.
    var json: JSONObject {
        [
            "id": .string(aspect.rawValue), "status": .string(status.rawValue), "message": .string(message),
            "details": JSONValue(details),
        ]
    }
}

extension ReviewedTokens {
    fileprivate var json: JSONValue { ["before": JSONValue(before), "after": JSONValue(after)] }
}

extension [Change] {
    fileprivate var json: JSONValue { .array(map { .object($0.json) }) }
}

extension MergeConflict {
    /// The conflict as the management API writes it; what stood nowhere is left out.
    fileprivate var json: JSONObject {
        var json: JSONObject = ["item": .string(item)]
        json["base"] = base
        json["live"] = live
        json["staging"] = staging
        return json
    }
}

extension Toolset.Hold {
    /// The hold as the management API writes it.
    var json: JSONObject {
        [
            "from": JSONValue(from), "to": JSONValue(to), "reason": .string(reason), "actor": .string(actor),
            "since": .string(since.description),
        ]
    }
}

extension Redaction {
    /// The redaction as the management API writes it.
    var json: JSONObject {
        ["reason": .string(reason), "actor": .string(actor), "at": .string(at.description)]
    }
}

extension Acknowledgement {
    /// The acknowledgement as the management API writes it.
    var json: JSONObject {
        [
            "fingerprint": .string(fingerprint), "rule": .string(rule), "subject": .string(subject),
            "actor": .string(actor), "at": .string(at.description),
        ]
    }
}
