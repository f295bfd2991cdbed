/// Where the address of a form leads that is opened by GET: by loading again, by the history, by the address bar. A page has
/// the form, and whoever opens the address comes there.
enum FormReturn {
    /// Routes for the addresses among these that take forms and are no pages.
    static func routes(for routes: [PageRoute]) -> [PageRoute] {
        let pages = Set(routes.filter { $0.method == .get }.map(\.path))
        return routes.filter { $0.method == .post && !pages.contains($0.path) }.map { route in
            .get(route.path) { visit in .redirect(to: address(for: route, pages: pages, visit), nil) }
        }
    }

    /// The page that the route names, or the nearest page above it; with the query, which says what the page shows.
    private static func address(for route: PageRoute, pages: Set<String>, _ visit: Visit) -> String {
        let parts = visit.address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count > 1 && !parts[1].isEmpty ? "?\(parts[1])" : ""
        if let page = route.page { return filled(page, visit) + query }
        var path = route.path.split(separator: "/")
        while !path.isEmpty {
            path.removeLast()
            guard pages.contains("/" + path.joined(separator: "/")) else { continue }
            return "/" + parts[0].split(separator: "/").prefix(path.count).joined(separator: "/") + query
        }
        return Address.home
    }

    /// `/projects/default/toolsets/library` of `/projects/{project}/toolsets/{toolset}`
    private static func filled(_ page: String, _ visit: Visit) -> String {
        page.split(separator: "/").reduce(into: "") { address, part in
            let name = part.hasPrefix("{") ? String(part.dropFirst().dropLast()) : nil
            address += "/" + (name.map { Address.encoded(visit[$0]) } ?? String(part))
        }
    }
}
