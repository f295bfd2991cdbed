import JSON
import Vocabulary

/// A parameter with its references followed, before its version's meaning is made of it.
struct WrittenParameter {
    /// As it stands in the list, which may be a reference.
    let written: Place
    /// What the reference leads to.
    let place: Place
    let name: String
    /// What stands under `in`; one of those that the version knows.
    let location: String

    /// What tells a parameter from the others; names of headers are the same in any case (RFC 9110, section 5.1), and
    /// there is one body, whatever its name.
    fileprivate var identity: String {
        switch location {
        case "body": location
        case "header": "header \(name.lowercased())"
        default: "\(location) \(name)"
        }
    }
}

extension OperationReader {
    /// The parameters of the path item and of the operation; of two with one name and place the operation's counts
    /// (OpenAPI 3.1, 4.8.10; Swagger 2.0, Operation Object), in the place of the path item's.
    mutating func mergedParameters(_ place: Place, locations: Set<String>) -> [WrittenParameter] {
        var parameters: [WrittenParameter] = []
        var positions: [String: Int] = [:]
        for list in [item["parameters"], place["parameters"]].compactMap(\.self) {
            guard let values = list.value.array else {
                let message =
                    "\"parameters\" at \(named(list.pointer)) must be a list, not of type \(list.value.kind)."
                fault(.malformedParameter, message)
                return []
            }
            guard values.count <= Self.mostParameters else {
                fault(.malformedParameter, "There are more than \(Self.mostParameters) parameters.")
                return []
            }
            var seen: Set<String> = []
            for (index, value) in values.enumerated() {
                let written = Place(value, at: list.pointer.appending(index))
                guard let parameter = writtenParameter(written, locations) else { continue }
                let identity = parameter.identity
                guard seen.insert(identity).inserted else {
                    let message = "The parameter \"\(parameter.name)\" occurs twice in one place; the first counts."
                    report(.warning, .duplicateParameter, message, at: written.pointer)
                    continue
                }
                if let position = positions[identity] {
                    parameters[position] = parameter
                } else {
                    positions[identity] = parameters.count
                    parameters.append(parameter)
                }
            }
        }
        return parameters
    }

    private mutating func writtenParameter(_ written: Place, _ locations: Set<String>) -> WrittenParameter? {
        let place: Place
        do throws(UnresolvedReference) {
            place = try document.resolved(written)
        } catch {
            fault(error.code, error.message)
            return nil
        }
        guard let name = place.value["name"]?.string, !name.isEmpty,
            let location = place.value["in"]?.string, locations.contains(location)
        else {
            let message = "The parameter at \(named(written.pointer)) lacks its name or a known place (\"in\")."
            fault(.malformedParameter, message)
            return nil
        }
        return WrittenParameter(written: written, place: place, name: name, location: location)
    }
}
