import ArgumentParser
import Testing

@testable import Commands

struct ArgumentTests {
    @Test(
        arguments: [
            ("push a.yaml b.json", "PushCommand"), ("push a.yaml --source pets", "PushCommand"),
            ("toolsets", "ToolsetListCommand"), ("toolsets --json", "ToolsetListCommand"),
            ("toolsets list --server http://h:1 --key k --project p", "ToolsetListCommand"),
            (
                "toolsets create pets --name P --source a --source b --tool u --environment e --public",
                "ToolsetCreateCommand"
            ),
            ("toolsets show pets --view live", "ToolsetShowCommand"),
            ("toolsets edit pets --add u --add v --remove w", "ToolsetEditCommand"),
            ("toolsets edit pets --no-public", "ToolsetEditCommand"),
            ("status", "StatusCommand"), ("status pets --json", "StatusCommand"),
            ("mode pets staging", "ModeCommand"), ("mode pets iteration --confirm abc --yes", "ModeCommand"),
            ("publish pets -m notes", "PublishCommand"), ("publish pets --notes notes", "PublishCommand"),
            ("rollback pets 9 -m why", "RollbackCommand"), ("rollback pets v1.2", "RollbackCommand"),
            ("releases pets", "ReleasesCommand"), ("releases pets 9", "ReleasesCommand"),
            ("activations pets --limit 5", "ActivationsCommand"), ("discard pets", "DiscardCommand"),
            ("call pets list_pets", "CallCommand"), ("call pets list_pets - --staging", "CallCommand"),
            ("call pets list_pets {}", "CallCommand"),
            ("keys", "KeyListCommand"), ("keys create ci --scope reader --scope producer", "KeyCreateCommand"),
            ("keys create ci --scope publisher --project-slug p --automation", "KeyCreateCommand"),
            ("keys revoke 0198", "KeyRevokeCommand"), ("serve", "ServeCommand"),
        ]
    )
    func `a command line that says everything is understood`(line: String, command: String) throws {
        let parsed = try SlipwayCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        #expect("\(type(of: parsed))" == command)
    }

    @Test(
        arguments: [
            ("push", "file"), ("toolsets create", "slug"), ("toolsets edit pets", "--add"), ("mode pets", "mode"),
            ("mode pets fast", "fast"), ("publish pets", "-m"), ("rollback pets", "number"),
            ("releases pets --limit 0", "--limit"), ("call pets", "tool"),
            ("keys create ci", "--scope"), ("keys revoke", "id"), ("deploy", "deploy"),
        ]
    )
    func `a command line that lacks something says what, and ends with status 1`(line: String, word: String) async {
        let paper = Paper()
        let status = await SlipwayCommand.run(line.split(separator: " ").map(String.init), console: paper.console())
        #expect(status == 1)
        #expect(paper.errors.hasPrefix("slipway: "))
        #expect(paper.errors.contains(word))
        #expect(paper.output.isEmpty)
    }

    @Test(arguments: ["--version", "--help", "", "help push", "toolsets --help"])
    func `help and version are no errors`(line: String) async {
        let paper = Paper()
        let status = await SlipwayCommand.run(line.split(separator: " ").map(String.init), console: paper.console())
        #expect(status == 0)
        #expect(paper.errors.isEmpty)
        #expect(!paper.output.isEmpty)
    }

    @Test func `the help lists every command`() {
        let help = SlipwayCommand.helpMessage()
        for command in [
            "serve", "push", "toolsets", "status", "mode", "publish", "rollback", "releases", "activations", "discard",
            "call", "keys",
        ] {
            #expect(help.contains("  \(command) "), "\(command)")
        }
    }
}
