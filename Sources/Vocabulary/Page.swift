/// Which part of a list is asked for.
package struct PageRequest: Sendable, Hashable {
    /// Where the part before ended; opaque to callers. None for the first part.
    package let cursor: String?
    /// How many items at most, 1 to ``largest``.
    package let limit: Int

    package static let largest = 500
    package static let usual = 100

    package init(cursor: String? = nil, limit: Int = usual) {
        self.cursor = cursor
        self.limit = min(max(limit, 1), Self.largest)
    }
}

extension Problem {
    /// A cursor that the list never gave.
    package static func wrongCursor(_ cursor: String) -> Problem {
        Problem(
            .invalid,
            "The cursor \"\(cursor.prefix(40))\" is not one that this list gave; leave it out to start over.",
            errors: [FieldError(pointer: "/cursor", message: "not a cursor of this list")]
        )
    }
}

/// A part of a list.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// What to ask for the next part; none at the end.
    package let nextCursor: String?

    package init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    /// A page from one item more than was asked for, which tells whether there is another page.
    package init(fetched: [Item], request: PageRequest, cursor: (Item) -> String) {
        items = Array(fetched.prefix(request.limit))
        nextCursor = fetched.count > request.limit ? items.last.map(cursor) : nil
    }

    /// The same page with other items.
    package func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(items: try items.map(transform), nextCursor: nextCursor)
    }
}
