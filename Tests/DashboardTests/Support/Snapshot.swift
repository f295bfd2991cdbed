import Assets
import Foundation
import Testing

@testable import Dashboard

/// Renders a view by its template, as strictly as debug builds do, and compares the HTML with a committed file in
/// `Snapshots`. `RECORD=1 swift test …` writes the files anew; look at the difference before you commit it.
func expectSnapshot(
    of view: any Sendable,
    by template: String,
    named name: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let renderer = try Renderer(templates: AssetLibrary.embedded.templates, isStrict: true)
    let html = try renderer.html(PageView(of: view, formToken: "token"), by: template)
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Snapshots/\(name).html")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try html.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let difference = zip(
        html.split(separator: "\n", omittingEmptySubsequences: false),
        expected.split(separator: "\n", omittingEmptySubsequences: false)
    ).first { $0 != $1 }
    #expect(
        html == expected,
        "\(name): \(difference.map { "is \($0), was \($1)" } ?? "has another number of lines"); RECORD=1 writes it anew",
        sourceLocation: sourceLocation
    )
}
