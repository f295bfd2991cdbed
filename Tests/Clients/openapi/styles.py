"""Documents with one operation for each style, explode and kind of value in each place, and values to try on them."""

PRIMITIVE, ARRAY, OBJECT = "primitive", "array", "object"
VERSIONS = ["3.0.4", "3.1.1", "3.2.0"]
STYLES = {
    "path": [("simple", PRIMITIVE), ("simple", ARRAY), ("simple", OBJECT)]
    + [(style, kind) for style in ("label", "matrix") for kind in (PRIMITIVE, ARRAY, OBJECT)],
    "query": [("form", PRIMITIVE), ("form", ARRAY), ("form", OBJECT)]
    + [(style, kind) for style in ("spaceDelimited", "pipeDelimited") for kind in (ARRAY, OBJECT)],
    "header": [("simple", PRIMITIVE), ("simple", ARRAY), ("simple", OBJECT)],
    "cookie": [("form", PRIMITIVE), ("form", ARRAY), ("form", OBJECT)],
}
SCHEMAS = {
    PRIMITIVE: {"type": ["string", "number", "boolean"]},
    ARRAY: {"type": "array", "items": {}},
    OBJECT: {"type": "object", "additionalProperties": True},
}
# In the words of 3.0, where a schema has one type.
SCHEMAS_30 = SCHEMAS | {PRIMITIVE: {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}}

COMMON = {
    PRIMITIVE: ["blue", 7, -1.5, True, False, "007", "null"],
    ARRAY: [["blue", "black", "brown"], ["one"], [1, 2, 3], [True, "a"]],
    OBJECT: [{"R": 100, "G": 200, "B": 150}, {"a": "b"}],
}
# What has to be percent-encoded, or stand in the way of the delimiters.
SPECIAL = {
    PRIMITIVE: [
        "a b",
        "a/b?c#d",
        "x&y=z+w;v,u",
        "100%",
        "%41",
        "Größe ⚓ 日本",
        "~-._",
        "!*'()",
        ":@$",
        'q"\\<>^`{|}',
        "..",
        ".",
    ],
    ARRAY: [["a b", "c,d", "e&f"], ["ü", "⚓"], ["a=b", "c;d", "e.f"], ["x/y", "?#"]],
    OBJECT: [{"k": "a b", "l": "c,d"}, {"ü": "⚓"}, {"k&": "v=", "l": "."}],
}
EMPTY = {PRIMITIVE: [""], ARRAY: [[]], OBJECT: [{}]}
EMPTY_INSIDE = {PRIMITIVE: [], ARRAY: [["", "a"], ["a", ""]], OBJECT: [{"a": "", "b": "c"}]}
NESTED = {PRIMITIVE: [], ARRAY: [[["a", "b"], {"c": 1}]], OBJECT: [{"a": {"b": "c"}, "d": ["e", "f"]}]}


def values_for(place: str, style: str, kind: str) -> list[tuple[object, str]]:
    """Values, each with what is asked of it: `sent`, or `either` where a refusal with a reason is right as well."""
    sent = [*COMMON[kind], *SPECIAL[kind], *EMPTY_INSIDE[kind]]
    either = [*NESTED[kind]]
    if place == "header":
        # RFC 9110, section 5.5, has no agreed writing for what is not ASCII; white space at the ends is lost.
        sent, odd = split(sent, lambda value: str(value).isascii())
        either += odd
    if place == "cookie" and style == "cookie":
        # 3.2: what cookies do not allow must come escaped by the caller.
        sent, odd = split(sent, is_cookie_safe)
        either += odd
    # In a path, an empty value makes another path; a caller may be told so. Segments that are dots as well.
    if place == "path":
        sent, odd = split(sent, lambda value: value not in ("..", ".", [".", ".."]))
        either += odd
    (either if place in ("path", "header") else sent).extend(EMPTY[kind])
    if style in ("spaceDelimited", "pipeDelimited"):
        delimiter = " " if style == "spaceDelimited" else "|"
        # 3.1.1: applying a style to data that has its delimiter is not defined.
        sent, odd = split(sent, lambda value: not any(delimiter in str(item) for item in flat(value)))
        either += odd
    return [(value, "sent") for value in sent] + [(value, "either") for value in either]


def split(values: list, keep) -> tuple[list, list]:
    return [value for value in values if keep(value)], [value for value in values if not keep(value)]


def flat(value) -> list:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else [value]


def is_cookie_safe(value) -> bool:
    return all(str(item).isascii() and not set(str(item)) & set(' ",;\\=&') for item in flat(value))


def document(version: str) -> dict:
    """Every operation has `x-cases`, which the tests take out before they upload the document."""
    paths: dict = {}
    styles = {place: list(pairs) for place, pairs in STYLES.items()}
    if version == "3.2.0":
        styles["cookie"] += [("cookie", PRIMITIVE), ("cookie", ARRAY), ("cookie", OBJECT)]
    for place, pairs in styles.items():
        for style, kind in pairs:
            for explode in (False, True):
                # The tables of 3.1.1 and 3.2 mark these as n/a: Cookie headers have no comma.
                if place == "cookie" and kind != PRIMITIVE and not explode:
                    continue
                add(paths, version, place, style, explode, kind)
    add(paths, version, "query", "deepObject", True, OBJECT)
    for kind in (PRIMITIVE, ARRAY, OBJECT):
        add(paths, version, "query", "form", True, kind, reserved=True)
        add(paths, version, "query", "form", False, kind, reserved=True)
        if version == "3.2.0":
            add(paths, version, "path", "simple", False, kind, reserved=True)
    return {
        "openapi": version,
        "info": {"title": f"Styles of {version}", "version": "1"},
        "servers": [{"url": "http://upstream.test"}],
        "paths": paths,
    }


def add(paths: dict, version: str, place: str, style: str, explode: bool, kind: str, reserved: bool = False):
    name = "X-Color" if place == "header" else "color"
    words = [place, style, "explode" if explode else "joined", kind] + (["reserved"] if reserved else [])
    schemas = SCHEMAS_30 if version.startswith("3.0") else SCHEMAS
    parameter = {"name": name, "in": place, "style": style, "explode": explode, "schema": schemas[kind]}
    if place == "path":
        parameter["required"] = True
    if reserved:
        parameter["allowReserved"] = True
    paths["/" + "/".join(words) + ("/{color}/end" if place == "path" else "")] = {
        "get": {
            "operationId": "_".join(words),
            "summary": f"Takes a {kind} in {place} by style {style}",
            "parameters": [parameter],
            "responses": {"200": {"description": "Done"}},
            "x-cases": [
                {place: {name: value}, "outcome": outcome} for value, outcome in values_for(place, style, kind)
            ],
        }
    }
