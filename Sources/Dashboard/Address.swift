import Vocabulary

/// The addresses of pages, for routes and links alike.
enum Address {
    static let home = "/"
    static let signIn = "/sign-in"
    static let signOut = "/sign-out"
    static let account = "/account"
    static let members = "/members"

    /// `/projects/default`
    static func project(_ project: Slug?) -> String { "/projects/\(project?.text ?? "")" }

    static func section(_ section: Section, in project: Slug?) -> String {
        switch section {
        case .members: members
        case .toolsets: "\(self.project(project))/toolsets"
        default: "\(self.project(project))/\(section.rawValue)"
        }
    }

    /// `/projects/default/toolsets/library`
    static func toolset(_ slug: String, in project: Slug?) -> String { "\(section(.toolsets, in: project))/\(slug)" }

    /// A toolset's page below its own: `review`, `releases/3`; seen from one of its sides, where that is said.
    static func toolset(_ slug: String, _ page: String, view: String? = nil, in project: Slug?) -> String {
        "\(toolset(slug, in: project))\(page.isEmpty ? "" : "/\(page)")\(view.map { "?view=\($0)" } ?? "")"
    }

    /// A page of a section below its own: `environments`, `production`. Names are percent-encoded.
    static func page(_ name: String, of section: Section, in project: Slug?) -> String {
        "\(self.section(section, in: project))/\(encoded(name))"
    }

    /// An address with a query; what is empty is left out of it.
    static func query(_ address: String, _ fields: KeyValuePairs<String, String>) -> String {
        let pairs = fields.filter { !$0.value.isEmpty }.map { "\($0.key)=\(encoded($0.value))" }
        return pairs.isEmpty ? address : "\(address)?\(pairs.joined(separator: "&"))"
    }

    /// Text as a part of a path or of a query.
    static func encoded(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            bytes.reduce(into: "") { encoded, byte in
                let isPlain = byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte))
                if isPlain || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
                    encoded.unicodeScalars.append(Unicode.Scalar(byte))
                } else {
                    encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }
        }
    }
}
