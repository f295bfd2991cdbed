import Accounts
import Foundation
import JSON
import ManagementAPI
import Vocabulary

/// What can be done with one release, as links and forms. The part `parts/release-actions` shows it.
struct ReleaseActions: Sendable {
    let number: Int
    let address: String
    let compareAddress: String
    let exportAddress: String
    /// `Roll back to release 9`, `Return to release 12`, `Make release 13 live`; empty where there is nothing to do.
    let turnLabel: String
    let turnAddress: String
    let isDialog: Bool
    let loadAddress: String
    /// The playground on this release; empty where it cannot be called.
    let tryAddress: String
    /// The MCP address of this release alone; empty where the toolset has none.
    let pinnedAddress: String

    init(_ release: JSONValue, _ place: ToolsetPlace, _ history: ReleaseHistory) {
        let number = release["number"]?.integer ?? 0
        let page = Address.toolset(place.slug, "releases/\(number)", in: place.project)
        self.number = number
        address = page
        let other = number == history.live ? "staging" : "live"
        let from = other == "live" ? "live" : "\(number)"
        let to = other == "live" ? "\(number)" : "staging"
        compareAddress = Address.toolset(place.slug, "compare", in: place.project) + "?from=\(from)&to=\(to)"
        exportAddress = "\(page)/export"
        let isWhole = release["redaction"]?.object == nil
        let mayTurn = place.isStagingMode && place.mayPublish && isWhole && number != history.live
        isDialog = history.wasEverLive(number)
        if !mayTurn {
            turnLabel = ""
        } else if !isDialog {
            turnLabel = "Make release \(number) live"
        } else {
            turnLabel =
                number > (history.live ?? 0) ? "Return to release \(number)" : "Roll back to release \(number)"
        }
        turnAddress = "\(page)/\(isDialog ? "roll-back" : "activate")"
        loadAddress = place.isStagingMode && place.mayEdit && isWhole ? "\(page)/load" : ""
        tryAddress =
            isWhole
            ? Address.toolset(place.slug, "playground", view: "live", in: place.project) + "&release=\(number)" : ""
        let mcp = place.toolset["mcp_url"]?.string ?? ""
        pinnedAddress = place.toolset["pinned_addresses"]?.bool == true && isWhole ? "\(mcp)/releases/\(number)" : ""
    }
}

/// The names of who did something, as people read them.
enum ActorName {
    /// `key ci` of `key:ci`; a person's name as it is.
    static func text(_ actor: JSONValue?) -> String {
        let name = actor?.string ?? ""
        return name.hasPrefix("key:") ? "key \(name.dropFirst(4))" : name
    }
}
