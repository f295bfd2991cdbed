import JSON
import Releases
import Vocabulary

extension JSONObject {
    /// The release that a call names beside its toolset: by `number`, or by `label`.
    func releaseName() throws -> ReleaseName {
        switch (self["number"]?.integer, try optionalLabel("label")) {
        case (let number?, nil): return .number(number)
        case (nil, let label?): return .label(label)
        case (nil, nil), (.some, .some):
            throw Problem(
                .invalid,
                "Name the release by its number or by its label, and not by both.",
                errors: [.init(pointer: "/number", message: "is required, or label in its place")]
            )
        }
    }

    /// The release that a call names by `slug` and `number`, or by `slug` and `label`.
    func release() throws -> ReleaseReference {
        try releaseName().of(try slug("slug"))
    }
}
