/// The label that the next release may have: the semantic version that follows from what changes (semver.org, 2.0.0).
package enum SuggestedLabel {
    /// The next version behind the newest of these labels that is one.
    ///
    /// A breaking change makes the next major version, something risky or something more the next minor one, anything
    /// else the next patch. Before 1.0.0 a breaking change makes the next minor one. Without a version before it is
    /// `1.0.0`. A `v` in front stays; what follows `-` or `+` is left away, and of a version that was not finished
    /// (`2.0.0-rc.1`) the finished one is next. A label that is taken is passed over.
    ///
    /// `labels` are those of the toolset's releases, newest first.
    package static func next(after labels: [String], changes: [Change]) -> String {
        guard let last = labels.lazy.compactMap(Version.init).first else { return "1.0.0" }
        var version = last
        version.isPreview = false
        let worst = changes.map(\.level).max()
        if last.isPreview {
            // It was the next one already.
        } else if worst == .breaking {
            if last.major > 0 { version.raise(\.major) } else { version.raise(\.minor) }
        } else if worst == .risky || changes.contains(where: \.rule.addsSomething) {
            version.raise(\.minor)
        } else {
            version.raise(\.patch)
        }
        while labels.contains(version.text) { version.patch += 1 }
        return version.text
    }

    private struct Version {
        var prefix = ""
        var major: Int
        var minor: Int
        var patch: Int
        var isPreview = false

        init?(_ label: String) {
            var rest = label[...]
            if rest.first == "v" || rest.first == "V" { prefix = String(rest.removeFirst()) }
            let core = rest.prefix { $0 != "-" && $0 != "+" }
            let parts = core.split(separator: ".", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { part -> Int? in
                let isNumber = (1...9).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                return isNumber && (part == "0" || part.first != "0") ? Int(part) : nil
            }
            guard parts.count == 3, numbers.count == 3 else { return nil }
            (major, minor, patch) = (numbers[0], numbers[1], numbers[2])
            isPreview = rest[core.endIndex...].first == "-"
        }

        var text: String { "\(prefix)\(major).\(minor).\(patch)" }

        /// Raises one number and sets those behind it to 0.
        mutating func raise(_ number: WritableKeyPath<Version, Int>) {
            self[keyPath: number] += 1
            if number != \.patch { patch = 0 }
            if number == \.major { minor = 0 }
        }
    }
}

extension ChangeRule {
    /// Whether callers can do or get more than before by the change.
    package var addsSomething: Bool {
        switch self {
        case .setToolAdded, .promptItemAdded, .resourceItemAdded, .inputPropertyOptionalAdded,
            .promptArgumentOptionalAdded, .inputEnumValueAdded, .inputUnionAnyofBranchAdded, .inputTypeWidened,
            .inputNullAllowed, .inputExtraAllowed, .outputPropertyAdded:
            true
        default: false
        }
    }
}
