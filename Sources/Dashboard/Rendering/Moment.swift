import Foundation
import Vocabulary

/// A time as the part `parts/time` shows it: how long ago, and exactly when.
struct Moment: Sendable {
    /// For machines: RFC 3339.
    let exact: String
    /// `22 November 2026 at 17:08 UTC`
    let absolute: String
    /// `3 hours ago`
    let relative: String

    init(_ time: Timestamp, now: Timestamp) {
        exact = time.description
        absolute = Self.absolute(time)
        relative = Self.relative(seconds: (now.milliseconds - time.milliseconds) / 1000)
    }

    /// A time from an answer of the API; none where it is no time.
    init?(_ text: String?, now: Timestamp = .now()) {
        guard let time = text.flatMap({ Timestamp($0) }) else { return nil }
        self.init(time, now: now)
    }

    private static func absolute(_ time: Timestamp) -> String {
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        let minute = parts.minute ?? 0
        let month = months[(parts.month ?? 1) - 1]
        return
            "\(parts.day ?? 0) \(month) \(parts.year ?? 0) at \(parts.hour ?? 0):\(minute < 10 ? "0" : "")\(minute) UTC"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func relative(seconds: Int64) -> String {
        switch seconds {
        case ..<0: "in the future"
        case 0..<45: "just now"
        case 45..<5400: count(max(1, (seconds + 30) / 60), "minute")
        case 5400..<129_600: count((seconds + 1800) / 3600, "hour")
        case 129_600..<5_184_000: count((seconds + 43_200) / 86_400, "day")
        case 5_184_000..<63_072_000: count(seconds / 2_592_000, "month")
        default: count(seconds / 31_536_000, "year")
        }
    }

    private static func count(_ count: Int64, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s") ago"
    }
}
