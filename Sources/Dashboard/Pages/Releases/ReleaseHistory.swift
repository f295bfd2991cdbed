import JSON
import Vocabulary

/// What is known of all releases of a toolset and of when they were live.
struct ReleaseHistory: Sendable {
    /// Newest first, as `toolsets.listReleases` answers them.
    let releases: [JSONValue]
    /// Newest first, as `toolsets.listActivations` answers them.
    let activations: [JSONValue]
    /// The release that is live; none in iteration mode.
    let live: Int?
    private let liveSeconds: [Int: Int64]
    private let endedAt: [Int: Timestamp]

    init(releases: [JSONValue], activations: [JSONValue], live: Int?, now: Timestamp = .now()) {
        self.releases = releases
        self.activations = activations
        self.live = live
        var seconds: [Int: Int64] = [:]
        var ended: [Int: Timestamp] = [:]
        var next: Timestamp?
        for activation in activations {
            guard let release = activation["release"]?.integer,
                let at = activation["at"]?.string.flatMap({ Timestamp($0) })
            else { continue }
            // In iteration mode it is not known here when the last one ceased to be live.
            if let end = next ?? (release == live ? now : nil) {
                seconds[release, default: 0] += max(0, (end.milliseconds - at.milliseconds) / 1000)
            }
            if let next, ended[release] == nil { ended[release] = next }
            next = at
        }
        liveSeconds = seconds
        endedAt = ended
    }

    init(_ visit: Visit, _ place: ToolsetPlace) async throws {
        let slug: JSONObject = ["slug": .string(place.slug)]
        self.init(
            releases: try await visit.all("toolsets.listReleases", "releases", slug, limit: 5000),
            activations: try await visit.all("toolsets.listActivations", "activations", slug, limit: 5000),
            live: place.isStagingMode ? place.toolset["current_release"]?["number"]?.integer : nil
        )
    }

    func release(_ number: Int) -> JSONValue? { releases.first { $0["number"]?.integer == number } }

    /// `Live`, `Was live 3 d 4 h`, `Never live`
    func state(of release: JSONValue) -> String {
        let number = release["number"]?.integer ?? 0
        if number == live { return "Live" }
        guard activations.contains(where: { $0["release"]?.integer == number }) else { return "Never live" }
        return liveSeconds[number].map { "Was live \(Self.duration($0))" } ?? "Was live"
    }

    /// When the release was last live; none where it is, or never was.
    func lastLive(_ number: Int) -> Timestamp? { number == live ? nil : endedAt[number] }

    func wasEverLive(_ number: Int) -> Bool { activations.contains { $0["release"]?.integer == number } }

    /// `3 d 4 h`, `12 min`
    static func duration(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case 60..<3600: "\(seconds / 60) min"
        case 3600..<86_400: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}
