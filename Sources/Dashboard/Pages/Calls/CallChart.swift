import JSON
import Vocabulary

/// Calls and their times over time, drawn as SVG on the server, with the same numbers as a table.
struct CallChart: Sendable {
    /// A column: what went well stands on what did not.
    struct Bar: Sendable {
        let x: String
        let width: String
        let goodY: String
        let goodHeight: String
        let badY: String
        let badHeight: String
        let label: String
    }

    struct TimeBar: Sendable {
        let x: String
        let width: String
        let y: String
        let height: String
        let label: String
    }

    struct Row: Sendable {
        let time: String
        let counts: CallNumbers
    }

    let bars: [Bar]
    let most: String
    /// p95, where there were calls.
    let times: [TimeBar]
    let slowest: String
    let hasTimes: Bool
    let first: String
    let last: String
    let rows: [Row]
    let unit: String

    static let width = 640.0
    static let height = 120.0

    init(_ buckets: [JSONValue], byHour: Bool) {
        let counts = buckets.map { (calls: $0["calls"]?.integer ?? 0, bad: Self.failures($0)) }
        let peak = max(1, counts.map(\.calls).max() ?? 1)
        let step = Self.width / Double(max(1, buckets.count))
        let labels = buckets.map { Self.label(of: $0["from"]?.string ?? "", byHour: byHour) }
        bars = zip(counts, labels).enumerated().map { position, entry in
            let (count, label) = entry
            let bad = Double(count.bad) / Double(peak) * Self.height
            let good = Double(count.calls - count.bad) / Double(peak) * Self.height
            return Bar(
                x: Drawing.text(Double(position) * step + step * 0.1),
                width: Drawing.text(step * 0.8),
                goodY: Drawing.text(Self.height - bad - good),
                goodHeight: Drawing.text(good),
                badY: Drawing.text(Self.height - bad),
                badHeight: Drawing.text(bad),
                label: "\(label): \(Count.of(count.calls, "call")), \(count.bad) failed"
            )
        }
        most = String(peak)
        let times = buckets.map { $0["p95"]?.integer }
        let slow = max(1, times.compactMap(\.self).max() ?? 1)
        self.times = zip(times, labels).enumerated().compactMap { position, entry in
            entry.0.map { time in
                let height = Double(time) / Double(slow) * Self.height
                return TimeBar(
                    x: Drawing.text(Double(position) * step + step * 0.1),
                    width: Drawing.text(step * 0.8),
                    y: Drawing.text(Self.height - height),
                    height: Drawing.text(height),
                    label: "\(entry.1): \(time) ms"
                )
            }
        }
        slowest = "\(slow) ms"
        hasTimes = !self.times.isEmpty
        first = labels.first ?? ""
        last = labels.last ?? ""
        rows = zip(buckets, labels).filter { $0.0["calls"]?.integer ?? 0 > 0 }.map {
            Row(time: $0.1, counts: CallNumbers($0.0, most: 0))
        }
        unit = byHour ? "hour" : "day"
    }

    private static func failures(_ counts: JSONValue) -> Int {
        (counts["errors"]?.integer ?? 0) + (counts["refused"]?.integer ?? 0)
    }

    /// `22 Nov`, or `22 Nov 17:00`, in UTC.
    private static func label(of time: String, byHour: Bool) -> String {
        let parts = time.split { "-T:".contains($0) }
        guard parts.count > 3, let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]) else {
            return time
        }
        return "\(day) \(months[month - 1])" + (byHour ? " \(parts[3]):00" : "")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

/// Numbers in drawings.
enum Drawing {
    /// With one digit behind the point, which is finer than any screen.
    static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
