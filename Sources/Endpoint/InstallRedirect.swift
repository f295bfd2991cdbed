import HTTPTypes
import Hummingbird
import Releases

extension Request {
    /// Whether a person looks with a browser. MCP clients that read ask for `text/event-stream`.
    var isOfBrowser: Bool {
        guard method == .get, let accepted = headers[.accept] else { return false }
        return accepted.contains("text/html") && !accepted.contains("text/event-stream")
    }
}

extension Response {
    /// To the page that tells people how clients are told of the address. A release has none of its own. It says nothing about
    /// whether anything is there: that page does, to those who may know.
    static func toInstallPage(of address: ServingAddress) -> Response {
        let page = "/install/\(address.slug)\(address.side == .staging ? "/staging" : "")"
        return Response(status: .seeOther, headers: [.location: page, .vary: "Accept", .cacheControl: "no-store"])
    }
}
