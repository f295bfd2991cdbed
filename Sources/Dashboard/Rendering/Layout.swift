import Accounts
import JSON
import Projects
import Vocabulary

/// What all pages share: head, navigation, notice.
struct Layout: Sendable {
    struct Link: Sendable {
        let title: String
        let address: String
        let isCurrent: Bool
    }

    struct NoticeView: Sendable {
        let text: String
        let isWarning: Bool
        let command: String?
        let commandLead: String
        let actionLabel: String?
        let actionAddress: String?
        let actionAsks: Bool
    }

    let title: String
    let styles: String
    let scripts: String
    let content: String
    let links: [Link]
    let projectName: String?
    let projectAddress: String?
    /// None where nobody is signed in.
    let personName: String?
    let formToken: String?
    let notice: NoticeView?
    /// What is wrong with what was sent; none where nothing is.
    let summary: ErrorSummary?
    let version: String

    init(
        _ content: PageContent,
        html: String,
        assets: AssetNames,
        visit: Visit?,
        project: Slug?,
        notice: Notice?,
        summary: ErrorSummary? = nil
    ) {
        title = summary == nil ? content.title : "Error: \(content.title)"
        self.summary = summary
        styles = "/assets/\(assets.styles)"
        scripts = "/assets/\(assets.scripts)"
        self.content = html
        let isSignedIn = visit != nil
        links =
            isSignedIn
            ? Section.allCases.map { section in
                Link(
                    title: section.title,
                    address: Address.section(section, in: project),
                    isCurrent: section == content.section
                )
            } : []
        projectName = isSignedIn ? project?.text : nil
        projectAddress = Address.home
        personName = visit.map { ActorName.text(.string($0.caller.actor.name)) }
        formToken = visit?.formToken.text
        self.notice = notice.map {
            NoticeView(
                text: $0.text,
                isWarning: $0.kind == .warning,
                command: $0.command,
                commandLead: $0.commandGoesOn ? "To make it live later:" : "To undo it on the command line:",
                actionLabel: $0.action?.label,
                actionAddress: $0.action?.address,
                actionAsks: $0.action?.asksFirst == true
            )
        }
        version = Version.current
    }
}

/// The names of the two files that every page loads.
struct AssetNames: Sendable {
    let styles: String
    let scripts: String
}
