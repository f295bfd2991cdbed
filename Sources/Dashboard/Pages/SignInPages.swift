import Accounts
import Vocabulary

/// A page with a form for somebody who is not signed in.
protocol SignInView: Sendable {
    var template: String { get }
    var visitorToken: String { get set }
}

/// Signing in with a key, and what to do without one.
struct SignInPage: SignInView {
    let next: String
    var fault: String?
    var visitorToken = ""

    init(next: String, fault: String? = nil) {
        self.next = next
        self.fault = fault
    }

    var template: String { "sign-in/key" }
}

/// Signing in by a one-time address.
struct SignInLinkPage: SignInView {
    let isUsable: Bool
    let isFirst: Bool
    let address: String
    let role: String
    let name: FormField
    let email: FormField
    var fault: String?
    var visitorToken = ""

    var template: String { "sign-in/link" }

    /// An address that signs nobody in any more.
    static let used = SignInLinkPage()

    init(_ link: SignInLink, secret: KeySecret, typed: FormFields = .empty, problem: Problem? = nil) {
        isUsable = true
        isFirst = link.member == nil
        address = "\(Address.signIn)/\(secret.text)"
        role = (link.member?.role ?? link.role).rawValue
        name = FormField(
            "name",
            "Your name",
            value: typed["name"] ?? link.member?.name ?? "",
            hint: "Your changes and releases are signed with it.",
            problem: problem
        )
        email = FormField(
            "email",
            "E-mail",
            value: typed["email"] ?? "",
            hint: "Others invite you by it. Nothing is sent to it.",
            problem: problem
        )
        fault = problem?.errors.isEmpty == true ? problem?.pageMessage : nil
    }

    private init() {
        isUsable = false
        isFirst = false
        address = ""
        role = ""
        name = FormField("name", "Your name")
        email = FormField("email", "E-mail")
    }
}
