import ArgumentParser
import Foundation
import JSON

/// `slipway export`.
struct ExportCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a release as one document of canonical JSON, which `slipway verify FILE` verifies offline.",
        discussion: "Two exports of one release are the same but for what came later: its label, and when it was live."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release: its number, or its label.")
    var release: ReleaseArgument

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "The file to write; standard output where left out."
    )
    var output: String?

    @Flag(help: "Put the bytes of source documents and resources into it.")
    var documents = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if let number = release.number, number < 1 { throw ValidationError("The number of a release is 1 or more.") }
    }

    func perform(in session: Session) async throws {
        var fields = release.fields(of: toolset)
        fields["documents"] = .bool(documents)
        let answer = try await session.client.perform("toolsets.exportRelease", fields)
        let bytes = try (answer["export"] ?? .null).canonicalBytes
        guard let output else { return session.console.write(String(decoding: bytes, as: UTF8.self)) }
        do {
            try Data(bytes + [UInt8(ascii: "\n")]).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw CommandFailure("the file \(output) cannot be written; check its folder and its rights.")
        }
        session.show(answer) { "Wrote release \(release.description.printable) of \(toolset) to \(output)." }
    }
}
