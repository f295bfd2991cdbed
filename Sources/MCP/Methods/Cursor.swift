import JSON

/// The cursor of a list. Lists here have one page, so none is ever given out, and each that comes is unknown.
enum Cursor {
    static func check(_ parameters: JSONObject) throws(Failure) {
        guard let cursor = parameters["cursor"], !cursor.isNull else { return }
        throw .invalidParameters("The cursor is not known here: the list has one page.")
    }
}
