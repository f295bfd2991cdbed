/// The reference page of the change rules, `docs/reference/changes.md`, made of the same table as the rules.
package enum ChangeReference {
    /// The whole page, in Markdown.
    package static var page: String {
        ([introduction] + families.map(section)).joined(separator: "\n")
    }

    /// A first part of rule ids, with what it is about.
    private struct Family {
        let name: String
        let title: String
        let about: String
    }

    private static let families = [
        Family(name: "set", title: "The list of tools", about: "Models choose among all tools of a list."),
        Family(
            name: "tool",
            title: "A tool and its texts",
            about: "A tool is known by its URN, and else by method and path of its operation within one source or host."
        ),
        Family(
            name: "input",
            title: "Arguments",
            about: "Callers send them, so what takes less than before hurts. Schemas are compared by what they take."
        ),
        Family(
            name: "output",
            title: "Results",
            about:
                "Callers read them, so what may be more than before hurts. Only output schemas that are served count."
        ),
        Family(
            name: "hint",
            title: "Hints",
            about: """
                Clients decide by them whether to ask people first. What a tool does not say is taken as the protocol says: \
                not read-only, destructive, not idempotent, open world. `hint.method` is told where a hint is belied by the \
                method and was not before.
                """
        ),
        Family(name: "confirm", title: "Confirmation", about: "Whether people are asked before a call."),
        Family(
            name: "exec",
            title: "The call upstream",
            about: """
                `GET`, `HEAD`, `OPTIONS`, `TRACE` and `QUERY` read, `DELETE` deletes, every other method writes. A host counts \
                with the defaults of its variables; hosts are told by their text, and nothing is resolved.
                """
        ),
        Family(
            name: "auth",
            title: "Credentials",
            about: "What an environment must supply, and what callers consent to."
        ),
        Family(
            name: "access",
            title: "Access",
            about: "Settings act at once, and no release has them; they are told where they are changed."
        ),
        Family(
            name: "variation",
            title: "Variations",
            about: "What a variation changes is told by the rule of the field; these tell what has no effect."
        ),
        Family(
            name: "prompt",
            title: "Prompts",
            about: "A prompt is known by its name, and else by what it says and takes."
        ),
        Family(name: "resource", title: "Resources", about: "A resource is known by its URN, and else by its content."),
        Family(name: "server", title: "The server", about: "What clients and models read of the server as a whole."),
    ]

    /// The rules by what they are about, in the order of the page.
    package static let groups: [(title: String, rules: [ChangeRule])] = families.map { family in
        (family.title, rules(of: family))
    }

    private static func rules(of family: Family) -> [ChangeRule] {
        ChangeRule.allCases.filter { $0.rawValue.hasPrefix(family.name + ".") }
    }

    private static func section(_ family: Family) -> String {
        let rows = rules(of: family).map { rule in
            let told = rule.notToldYet.map { " *Not told yet: \($0).*" } ?? ""
            let typed = rule.isBreakingWhenTyped ? "breaking" : ""
            let acknowledgement = rule.canBeAcknowledged ? rule.level == .breaking ? "yes" : "" : "**no**"
            return
                "| `\(rule.rawValue)` | \(rule.level.rawValue) | \(typed) | \(acknowledgement) | \(rule.meaning)\(told) |"
        }
        return """
            ## \(family.title)

            \(family.about)

            | id | level | typed | may be acknowledged | what happened |
            |---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }

    private static var introduction: String {
        """
        # What changes for callers: the rules

        Two contents of a toolset, such as what is live and what is staged, are compared by \(ChangeRule.allCases.count) \
        rules. Each change has the id of its rule, a level, the tool, prompt or resource it is about, a JSON pointer to \
        the place, what stood there before and stands there after, one sentence, and a fingerprint. This page is made \
        of the table that the program tells them by.

        ## Levels

        | level | what it says |
        |---|---|
        | `breaking` | a call or an approval that was valid before may now fail, do something else, or cover more |
        | `risky` | still valid, but choice, result or cost may differ, or it cannot be decided |
        | `safe` | what was valid before goes on as it was |

        The level of a tool is that of its worst change, and so is the level of a release. What cannot be decided is risky, \
        never safe. A breaking change is published only where its fingerprint is acknowledged; the column *may be \
        acknowledged* says **no** where not even that helps, and the change has to be taken back.

        ## Profiles and levels of one's own

        A toolset has change rules of its own, which act at once and are in no release:

        ```json
        {"profile": "agent", "rules": {"input.default.changed": "breaking", "set.order.changed": "off"}, "deprecation_days": 30}
        ```

        | profile | for whom |
        |---|---|
        | `agent` | models that read the list anew in every conversation: the column *level* as it stands. The profile of a toolset that says nothing |
        | `typed` | clients that were generated from the schemas or pinned to them: what the column *typed* names is breaking too |
        | `solo` | one person's own use: only what is breaking is shown and counted |

        `rules` sets single ids to `breaking`, `risky`, `safe` or `off`; such a level wins over the profile's, but in `solo` \
        only what ends up breaking is shown. A rule that cannot be acknowledged can be neither lowered nor turned off. \
        With `deprecation_days`, a tool that was served as deprecated for so many days before it is removed makes \
        `set.tool.removed` risky. Members, profiles, ids and levels that there are not are errors.

        ## Fingerprints

        A fingerprint is 16 hexadecimal digits, the beginning of a SHA-256 over the rule's id, the URN of the subject, the \
        pointer, and the digests of the canonical JSON (RFC 8785) of what was and what is. The sentence, time, position in \
        the list and numbers of releases are not in it, so an acknowledgement outlives other edits, and the same change is \
        known again where a release that was rolled back comes back. Where a line of the whole list was crossed, what is is \
        the line and not the sum, so that the next edit does not make another change of it.

        ## What is compared

        Effective values are compared, and these are no change: the order of members, white space in JSON, what is written \
        out and held anyway, the order of tags, the names of a path's parameters, a default port, upper and lower case \
        of media types and header names. A text that only differs by white space is told as that. A schema is \
        compared by what it takes: a reference is what it refers to, and a null written in three ways is one.

        One edit is one change. A tool, prompt, resource or argument with another name was renamed, not removed and added; a \
        text that now orders the model around is not told as changed besides; a name that was handed on is rebound.

        What is the same object in both contents is not looked at, so that one edit in a list of thousands costs what one \
        tool costs.

        ## Directives

        A text orders the model around by what it has now and did not have before:

        - **orders** to the agent: to ignore what it was told, to hide something from people, to call tools in an order or \
        in place of others, to hand out its conversation; markup that plays the system's part; files where credentials lie. \
        They are known by a closed list of English word patterns, with letters that only look like Latin ones read as those. \
        What documents say to developers ("You must provide an id") is none.
        - **hidden characters**: of no width, marks and overrides of direction, fillers, controls, the block of tags from \
        U+E0000, selectors of variants; but for those that a script or an emoji needs where they stand.
        - **addresses**: URLs, hosts and e-mail addresses; not those reserved for examples (RFC 2606).
        - **the name of another tool** of the set; a name that is an ordinary word only in code marks or beside the word \
        *tool*. In the instructions of the server, which are there for that, it is none.

        In a tool that is new as a whole, orders and hidden characters are told, and addresses and names of tools are not; \
        in a new text of an argument, addresses in domains that neither the tool's texts nor its server had. \
        Orders in other languages, and those that a reader only understands by thinking, are not found: a review by a \
        person is not replaced. In the text of a prompt, which is there to give orders, a directive is \
        named in the sentence of `prompt.item.body-changed`. In names and in listed values of a schema, in what lists say of \
        prompts and resources, and in the name and the description of the server, orders and hidden characters are told.

        """
    }
}
