import JSON
import Vocabulary

/// An audit event as a sentence with its subject in it: `Published release 13 of` library `, labelled spring`.
struct AuditSentence: Sendable {
    let before: String
    /// What it was done to; empty where the rest says all.
    let name: String
    /// The page of it, where it has one.
    let address: String
    let after: String
    /// The first characters of a digest; the whole one is ``wholeDigest``.
    let digest: String
    let wholeDigest: String
    /// The event as programs read it, whole.
    let raw: String

    init(_ event: JSONValue, project: Slug?) {
        let action = event["action"]?.string ?? ""
        let subject = event["subject"]?.string ?? ""
        let summary = event["summary"]?.string ?? ""
        let named = event["subject_name"]?.string ?? ""
        let parts = action.split(separator: ".").map(String.init)
        let (kind, verb) = (parts.first ?? subject, parts.count > 1 ? parts[1] : "")
        let words = Self.words(kind, verb, summary)
        before = words.before
        after = words.after
        name = words.isNamed ? Self.shortName(of: named, kind) : ""
        address = words.isNamed && verb != "delete" ? Self.address(of: named, kind, summary, project) : ""
        wholeDigest = summary.hasPrefix("sha256 ") ? String(summary.dropFirst("sha256 ".count)) : ""
        digest = wholeDigest.isEmpty ? "" : String((wholeDigest.split(separator: ":").last ?? "").prefix(12))
        raw = "\(action) \(named): \(summary)"
    }
}

extension AuditSentence {
    private typealias Words = (before: String, after: String, isNamed: Bool)

    private static func words(_ kind: String, _ verb: String, _ summary: String) -> Words {
        switch kind {
        case "toolset": toolset(verb, summary)
        case "member": member(verb, summary)
        case "variation":
            (verb == "delete" ? "Took the variation off the tool" : "Changed the tool", " \(summary)", true)
        case "asset": ("Uploaded", "", true)
        case "deployment": ("Made deployment", " \(summary)", true)
        case "feature": ("\(summary.capitalizedFirst) the flag", "", true)
        case "project" where verb == "prune": (summary.capitalizedFirst, "", false)
        default: thing(kind, verb, summary)
        }
    }

    /// Prompts, resources, environments, keys and projects: what is created, changed and deleted.
    private static func thing(_ kind: String, _ verb: String, _ summary: String) -> Words {
        switch verb {
        case "create": ("Created the \(kind)", created(summary), true)
        case "update" where summary.hasPrefix("version "): ("Wrote \(summary) of the \(kind)", "", true)
        case "update": ("Changed the \(kind)", summary.isEmpty ? "" : ": \(summary)", true)
        case "delete": ("Deleted the \(kind)", "", true)
        case "revoke": ("Revoked the key", "", true)
        default: ("\(kind.capitalizedFirst)", ": \(verb.replacing("_", with: " ")), \(summary)", true)
        }
    }

    /// ` with LIBRARY_KEY` of `created with LIBRARY_KEY`; nothing where nothing follows.
    private static func created(_ summary: String) -> String {
        let rest = summary.hasPrefix("created ") ? String(summary.dropFirst(7)) : ""
        guard rest.trimmed != "with" else { return "" }
        return rest.contains(", ") ? rest : rest.replacing(" with the scopes ", with: " with the scope ")
    }

    private static func member(_ verb: String, _ summary: String) -> Words {
        switch verb {
        case "invite": ("Invited", summary.hasPrefix("invited ") ? String(summary.dropFirst(7)) : "", true)
        case "update": ("Changed the member", ": \(summary)", true)
        case "remove": ("Removed the member", "", true)
        case "create_sign_in_link": ("Made a sign-in address for", "", true)
        default: (summary.capitalizedFirst, "", false)
        }
    }

    private static func toolset(_ verb: String, _ summary: String) -> Words {
        switch verb {
        case "publish", "create_release":
            let (head, tail) = split(summary, at: ", ")
            return ("\(head.capitalizedFirst) of", tail, true)
        case "rollback", "roll_forward":
            let (head, tail) = split(summary, at: " from ")
            return (head.capitalizedFirst, tail, true)
        case "create": return ("Created the toolset", String(summary.dropFirst("created".count)), true)
        case "clone": return ("Made the toolset", ", \(summary)", true)
        case "delete": return ("Deleted the toolset", "; its releases are kept", true)
        case "discard": return ("\(summary.capitalizedFirst) of", "", true)
        case "update": return ("Changed the toolset", ": \(summary)", true)
        case "set_change_rules": return ("Set the change rules of", "", true)
        default: return ("Toolset", ": \(summary)", true)
        }
    }

    /// What stands before a mark, and the rest with it.
    private static func split(_ text: String, at mark: String) -> (String, String) {
        guard let place = text.firstRange(of: mark) else { return (text, "") }
        return (String(text[..<place.lowerBound]), String(text[place.lowerBound...]))
    }

    /// How the summary of an edit begins that one toolset made.
    private static let inToolset = "in the toolset "

    /// A tool by its name, as people know it; the URN stands in what the sentence says in whole.
    private static func shortName(of name: String, _ kind: String) -> String {
        kind == "variation" ? name.split(separator: ":").last.map(String.init) ?? name : name
    }

    private static func address(of name: String, _ kind: String, _ summary: String, _ project: Slug?) -> String {
        switch kind {
        case "toolset": Address.toolset(Address.encoded(name), in: project)
        case "environment": Address.page(name, of: .environments, in: project)
        case "prompt": Address.page(name, of: .prompts, in: project)
        case "resource": Address.page(name, of: .resources, in: project)
        case "variation" where summary.hasPrefix(inToolset):
            Address.query(
                Address.toolset(String(summary.dropFirst(inToolset.count)), "tools/edit", in: project),
                ["urn": name]
            )
        case "variation": Address.query(Address.section(.variations, in: project) + "/~edit", ["urn": name])
        default: ""
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
