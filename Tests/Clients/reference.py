"""What an HTTP client must send for an operation of an OpenAPI document, worked out from the specifications alone.

It knows nothing of the program that is tested. The texts it follows: Swagger 2.0; OpenAPI 3.0.4, 3.1.1 and 3.2.0 (with
the clarifications of its patch 3.2.1, since patches do not change features: "Versions"); RFC 6570 for styles; RFC 3986
for percent-encoding; RFC 7578 for multipart; RFC 6265 for cookies; the URL standard for forms. Where a text leaves
something open, each of its forms is accepted, and a comment here says which.

    reference = Reference(document)
    operation = reference.operation("GET", "/pets/{petId}")
    expected = reference.request(operation, {("path", "petId"): 7})
    assert expected.differences(arrived) == []
"""

import base64
import binascii
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
RESERVED = frozenset(":/?#[]@!$&'()*+,;=")
TRIPLE = re.compile("%[0-9A-Fa-f]{2}")
# RFC 6265, section 4.1.1: what a cookie's value is made of.
COOKIE_OCTETS = re.compile(r'"?[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"?')
# OpenAPI, Parameter Object: header parameters of these names are ignored.
IGNORED_HEADERS = {"accept", "content-type", "authorization"}
ABSENT = object()


# Values as text


@dataclass(frozen=True)
class File:
    """Bytes in the place of a value, with the name that the caller gives the file."""

    content: bytes
    name: str | None = None

    @property
    def base64(self) -> str:
        return base64.b64encode(self.content).decode()


def is_defined(value) -> bool:
    """RFC 6570, section 2.3: null, and lists and objects of nothing that is defined, are undefined."""
    if isinstance(value, list):
        return any(is_defined(item) for item in value)
    if isinstance(value, dict):
        return any(is_defined(item) for item in value.values())
    return value is not None


def text_of(value) -> str:
    """A primitive as text. Inside of a style, OpenAPI leaves nested values open (appendix C); here they are JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode(text: str, reserved: bool = False) -> str:
    """RFC 6570, section 3.2.1: everything but what is unreserved as triples; with `reserved`, section 3.2.3."""
    result = []
    position = 0
    while position < len(text):
        character = text[position]
        if reserved and TRIPLE.match(text, position):
            result.append(text[position : position + 3])
            position += 3
            continue
        if character in UNRESERVED or reserved and character in RESERVED:
            result.append(character)
        else:
            result.append("".join(f"%{byte:02X}" for byte in character.encode()))
        position += 1
    return "".join(result)


def normal(encoded: str) -> str:
    """RFC 3986, section 6.2.2: the same address, with triples in capitals and none for an unreserved character."""

    def plain(match: re.Match) -> str:
        character = chr(int(match.group()[1:], 16))
        return character if character in UNRESERVED else match.group().upper()

    return TRIPLE.sub(plain, encoded)


# Styles


def expand(style: str, explode: bool, name: str, value, write: Callable[[str], str]) -> str:
    """The path styles of RFC 6570: simple (3.2.2), label (3.2.5) and matrix (3.2.7). `write` encodes a piece."""
    first, separator, is_named = {"simple": ("", ",", False), "label": (".", ".", False), "matrix": (";", ";", True)}[
        style
    ]

    def pair(key: str, text: str) -> str:
        # Only matrix writes an empty value without `=` (RFC 6570, appendix A, "ifemp").
        return key if is_named and not text else f"{key}={text}"

    if not is_defined(value):
        return ""
    if isinstance(value, dict):
        members = [(write(key), write(text_of(item))) for key, item in value.items() if item is not None]
        if explode:
            return first + separator.join(pair(key, item) for key, item in members)
        text = ",".join(itertools.chain.from_iterable(members))
    elif isinstance(value, list):
        items = [write(text_of(item)) for item in value if item is not None]
        if explode:
            return first + separator.join(pair(encode(name), item) if is_named else item for item in items)
        text = ",".join(items)
    else:
        text = write(text_of(value))
    return first + (pair(encode(name), text) if is_named else text)


def form_pairs(style: str, explode: bool, name: str, value) -> list[list[tuple[str, list[str], str]]]:
    """The pairs of a query parameter, not yet encoded, in each allowed form: (name, values, what joins the values)."""
    undefined = [[], [(name, [""], "")]]  # RFC 6570 leaves it out; the table of styles shows `color=`.
    if not is_defined(value):
        return undefined
    delimiter = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}.get(style)
    if isinstance(value, dict):
        members = [(key, text_of(item)) for key, item in value.items() if item is not None]
        if style == "deepObject":
            return deep_pairs(name, value)
        exploded = [(key, [item], "") for key, item in members]
        joined = [(name, list(itertools.chain.from_iterable(members)), delimiter)]
    elif isinstance(value, list):
        items = [text_of(item) for item in value if item is not None]
        exploded = [(name, [item], "") for item in items]
        # A list in deepObject has no meaning that a text defines; one pair for each item, with or without `[]`.
        if style == "deepObject":
            return [exploded, [(f"{name}[]", [item], "") for item in items]]
        joined = [(name, items, delimiter)]
    else:
        return [[(name, [text_of(value)], "")]]
    if style != "form" and explode:
        return [exploded, joined]  # "n/a" in the table of styles: undefined, so both are taken.
    return [exploded if explode else joined]


def deep_pairs(name: str, value: dict) -> list[list[tuple[str, list[str], str]]]:
    """deepObject. What is nested deeper than one level is not defined: brackets for each level, or JSON."""

    def brackets(prefix: str, item, numbered: str) -> Iterator[tuple[str, list[str], str]]:
        if isinstance(item, dict):
            for key, inner in item.items():
                yield from brackets(f"{prefix}[{key}]", inner, numbered)
        elif isinstance(item, list):
            for index, inner in enumerate(item):
                suffix = {"repeat": "", "empty": "[]", "index": f"[{index}]"}[numbered]
                yield from brackets(prefix + suffix, inner, numbered)
        elif item is not None:
            yield prefix, [text_of(item)], ""

    flat = [(f"{name}[{key}]", [text_of(item)], "") for key, item in value.items() if item is not None]
    return unique([flat, *(list(brackets(name, value, numbered)) for numbered in ("repeat", "empty", "index"))])


def unique(items: list) -> list:
    result = []
    for item in items:
        if item not in result:
            result.append(item)
    return result


# Pieces of a request that are looked for among those that arrived


@dataclass(frozen=True)
class Piece:
    """A part of a query or of the cookies: how it is shown in a message, and what it is recognised by."""

    shown: str
    matches: Callable[[str], bool] = field(compare=False)

    @staticmethod
    def exact(text: str) -> "Piece":
        return Piece(text, lambda arrived: normal(arrived) == normal(text))


@dataclass
class Arrived:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes = b""

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str | None:
        path, mark, query = self.target.partition("?")
        return query if mark else None


@dataclass
class Expected:
    """What must arrive. Each part has its allowed forms; a form of the query or of the cookies is a list of pieces, and
    nothing in the place of a header's value is a header that is not there."""

    method: str
    host: str | None
    paths: list[str]
    queries: list[list[Piece]]
    headers: dict[str, list[str | None]]
    cookies: list[list[Piece]]
    bodies: "dict[str, Callable[[Arrived], list[str]]] | None"
    requires_body: bool

    def differences(self, arrived: Arrived) -> list[str]:
        """Each difference in one line; none where the request is what the document says."""
        found = []
        if arrived.method != self.method:
            found.append(f"method: expected {self.method}, arrived {arrived.method}")
        if self.host and arrived.header("Host") != [self.host]:
            found.append(f"host: expected {self.host}, arrived {arrived.header('Host')}")
        if normal(arrived.path) not in map(normal, self.paths):
            found.append(f"path: expected {' or '.join(self.paths)}, arrived {arrived.path}")
        pieces = [] if not arrived.query else arrived.query.split("&")
        found += mismatch("query", pieces, self.queries)
        if arrived.query is not None and re.search(r"[^A-Za-z0-9\-._~:/?@!$&\'()*+,;=%]", arrived.query):
            found.append(f"query: {arrived.query!r} has a character that RFC 3986 does not allow there")
        for name, values in self.headers.items():
            sent = arrived.header(name)
            if len(sent) > 1 or (sent or [None])[0] not in values:
                found.append(f"header {name}: expected {' or '.join(map(repr, values))}, arrived {sent}")
        cookies = arrived.header("Cookie")
        if len(cookies) > 1:
            found.append(f"cookies: {len(cookies)} headers, but RFC 6265 (5.4) allows one")
        crumbs = [crumb for line in cookies for crumb in line.split("; ")]
        found += mismatch("cookies", crumbs, self.cookies)
        return found + self.body_differences(arrived)

    def body_differences(self, arrived: Arrived) -> list[str]:
        sent = arrived.header("Content-Type")
        if self.bodies is None:
            return [f"body: expected none, arrived {arrived.body[:200]!r}"] if arrived.body else []
        if len(sent) != 1:
            return [f"body: expected one Content-Type, arrived {sent}"]
        declared = best_media_type(sent[0], self.bodies)
        if declared is None:
            return [f"body: Content-Type {sent[0]} is none of {', '.join(self.bodies)}"]
        return [f"body: {line}" for line in self.bodies[declared](arrived)]


def mismatch(part: str, arrived: list[str], forms: list[list[Piece]]) -> list[str]:
    """Nothing where the pieces are those of one of the forms; those of one parameter in their order."""
    for form in forms:
        left = list(arrived)
        for piece in form:
            index = next((index for index, text in enumerate(left) if piece.matches(text)), None)
            if index is None:
                break
            del left[index]
        else:
            if not left:
                same_name = [piece.shown for piece in form]
                if in_order(same_name, arrived):
                    return []
    shown = " or ".join("&".join(piece.shown for piece in form) or "(nothing)" for form in forms[:4])
    return [f"{part}: expected {shown}, arrived {'&'.join(arrived) or '(nothing)'}"]


def in_order(expected: list[str], arrived: list[str]) -> bool:
    """Whether pieces of one name come in the order of their values; parameters may come in any order."""

    def by_name(pieces: list[str]) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for piece in pieces:
            groups.setdefault(normal(piece.partition("=")[0]), []).append(normal(piece))
        return groups

    wanted, found = by_name(expected), by_name(arrived)
    return all(len(values) < 2 or found.get(name) == values for name, values in wanted.items())


def best_media_type(sent: str, declared) -> str | None:
    """Which of the declared media types and ranges describes what was sent: the most specific one."""
    kind = media_type(sent)
    main = kind.partition("/")[0]
    ranges = [[name for name in declared if media_type(name) == wanted] for wanted in (kind, f"{main}/*", "*/*")]
    return next(itertools.chain.from_iterable(ranges), None)


def media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    kind = media_type(kind)
    return kind in ("application/json", "text/json") or kind.endswith("+json")


# Documents


@dataclass(frozen=True)
class Node:
    """A value of a document, and the file that it stands in."""

    value: Any
    base: str = ""


@dataclass
class Operation:
    method: str
    path: str
    node: dict
    base: str
    parameters: list[dict]
    servers: list[dict]
    security: list[dict]

    @property
    def name(self) -> str:
        return self.node.get("operationId", f"{self.method} {self.path}")


class Reference:
    """A document, with the other files that it refers to by their paths."""

    def __init__(self, document: dict, files: dict[str, Any] | None = None, name: str = "openapi.yaml"):
        self.document = document
        self.name = name
        self.files = {name: document, **(files or {})}
        version = str(document.get("openapi") or document.get("swagger"))
        self.version = tuple(int(part) for part in version.split(".")[:2])

    # References

    def resolve(self, node: Node) -> Node:
        """What a reference points to. What stands beside a `$ref` of a schema in 3.1 and later goes on counting."""
        beside: dict = {}
        for _ in range(50):
            if not isinstance(node.value, dict) or "$ref" not in node.value:
                break
            reference = node.value["$ref"]
            if self.version >= (3, 1):
                beside = {**{key: value for key, value in node.value.items() if key != "$ref"}, **beside}
            file, _, pointer = reference.partition("#")
            base = joined(node.base or self.name, file) if file else node.base or self.name
            value = self.files[base]
            for token in unquote(pointer).split("/")[1:]:
                token = token.replace("~1", "/").replace("~0", "~")
                value = value[int(token)] if isinstance(value, list) else value[token]
            node = Node(value, base)
        return Node({**node.value, **beside}, node.base) if beside and isinstance(node.value, dict) else node

    def member(self, node: Node, *keys: str) -> Node:
        for key in keys:
            node = self.resolve(node)
            node = Node(node.value.get(key) if isinstance(node.value, dict) else None, node.base)
        return self.resolve(node)

    # Operations

    def operations(self) -> list[Operation]:
        return [
            operation
            for path, item in self.document.get("paths", {}).items()
            if path.startswith("/")
            for operation in self.operations_of(path, self.resolve(Node(item, self.name)))
        ]

    def operations_of(self, path: str, item: Node) -> Iterator[Operation]:
        methods = METHODS + (("query",) if self.version >= (3, 2) else ())
        nodes = [(method.upper(), item.value[method]) for method in methods if method in item.value]
        if self.version >= (3, 2):
            nodes += item.value.get("additionalOperations", {}).items()
        for method, node in nodes:
            servers = next(
                (place["servers"] for place in (node, item.value, self.document) if place.get("servers")),
                [{"url": "/"}],
            )
            security = node["security"] if "security" in node else self.document.get("security", [])
            yield Operation(method, path, node, item.base, self.parameters(item, node), servers, security)

    def parameters(self, item: Node, operation: dict) -> list[dict]:
        """Those of the path item, overridden by those of the operation: one for each name and place."""
        found: dict[tuple[str, str], dict] = {}
        for owner in (item.value, operation):
            own: set[tuple[str, str]] = set()
            for entry in owner.get("parameters", []):
                node = self.resolve(Node(entry, item.base))
                key = (node.value["in"], node.value["name"])
                if key in own:
                    continue
                own.add(key)
                found[key] = {**node.value, "x-base": node.base}
        return [
            parameter
            for parameter in found.values()
            if not (parameter["in"] == "header" and parameter["name"].lower() in IGNORED_HEADERS)
        ]

    def operation(self, method: str, path: str) -> Operation:
        return next(found for found in self.operations() if (found.method, found.path) == (method.upper(), path))

    def operation_named(self, name: str) -> Operation:
        return next(found for found in self.operations() if found.node.get("operationId") == name)

    # Requests

    def request(
        self,
        operation: Operation,
        values: dict[tuple[str, str], Any],
        body: Any = ABSENT,
        credentials: dict[str, Any] | None = None,
        server_variables: dict[str, str] | None = None,
    ) -> Expected:
        """What must arrive where the caller gives these values, by place and name."""
        host, base_paths = self.server(operation, server_variables or {})
        templates = self.path(operation, values)
        queries: list[list[Piece]] = [[]]
        cookies: list[list[Piece]] = [[]]
        headers: dict[str, list[str | None]] = {}
        for parameter in operation.parameters:
            value = values.get((parameter["in"], parameter["name"]), ABSENT)
            match parameter["in"]:
                case "query":
                    queries = combine(queries, self.query(parameter, value))
                case "querystring" if value is not ABSENT:
                    queries = combine(queries, self.query_string(parameter, value))
                case "cookie":
                    cookies = combine(cookies, self.cookie(parameter, value))
                case "header":
                    headers[parameter["name"]] = self.header(parameter, value)
        expected = Expected(
            operation.method, host, [], queries, headers, cookies, self.bodies(operation, values, body),
            self.requires_body(operation),
        )  # fmt: skip
        expected.paths = [base + template for base in base_paths for template in templates]
        self.authorize(expected, operation, credentials or {})
        return expected

    def server(self, operation: Operation, given: dict[str, str]) -> tuple[str | None, list[str]]:
        """The host, and the allowed forms of the path that all paths are appended to."""
        if self.version == (2, 0):
            host = self.document.get("host")
            base = self.document.get("basePath", "")
            return host, unique([base.rstrip("/"), base])
        server = operation.servers[0]
        url = server["url"]
        for name, variable in server.get("variables", {}).items():
            url = url.replace(f"{{{name}}}", given.get(name, variable["default"]))
        parts = urlsplit(url)
        # The path is appended, not resolved: literally, a server that ends with `/` gives `//`. Every tool but a few
        # writes one of them, so both are taken.
        return parts.netloc or None, unique([parts.path.rstrip("/"), parts.path])

    def path(self, operation: Operation, values: dict) -> list[str]:
        forms = [""]
        for piece in re.split(r"(\{[^{}]*\})", operation.path.partition("?")[0]):
            written = [encode_literal(piece)]
            if piece.startswith("{"):
                parameter = next(
                    (one for one in operation.parameters if (one["in"], one["name"]) == ("path", piece[1:-1])), None
                )
                if parameter:
                    written = self.path_parameter(parameter, values[("path", parameter["name"])])
            forms = [form + text for form in forms for text in written]
        return forms

    def path_parameter(self, parameter: dict, value) -> list[str]:
        if "content" in parameter:
            return [encode(self.content_text(parameter, value))]
        if self.version == (2, 0):
            return [encode_joined(text) for text in self.collection(parameter, value)]
        reserved = parameter.get("allowReserved", False) and self.version >= (3, 2)

        def write(text: str) -> str:
            # 3.2, path templating: `/`, `?` and `#` in a value are never written as they are; RFC 3986, section 3.3:
            # brackets have no place in a path.
            encoded = encode(text, reserved)
            return re.sub(r"[/?#\[\]]", lambda match: encode(match.group()), encoded) if reserved else encoded

        style = parameter.get("style", "simple")
        text = expand(style, parameter.get("explode", False), parameter["name"], value, write)
        # A URL's segments `.` and `..` mean other things, however they come to be there; triples are all that is left.
        if text in (".", ".."):
            text = text.replace(".", "%2E")
        return [text]

    def query(self, parameter: dict, value) -> list[list[Piece]]:
        """The allowed forms of a query parameter."""
        name = parameter["name"]
        if value is ABSENT:
            return [[]]
        if "content" in parameter:
            return [[self.content_piece(encode(name), parameter, value)]]
        if self.version == (2, 0):
            return self.swagger_query(parameter, value)
        style = parameter.get("style", "form")
        explode = parameter.get("explode", style in ("form", "cookie"))
        reserved = parameter.get("allowReserved", False)
        forms = []
        for pairs in form_pairs(style, explode, name, value):
            for as_it_is in reserved_choices(pairs) if reserved else [""]:
                forms.append([Piece.exact(query_piece(pair, reserved, as_it_is)) for pair in pairs])
        return unique(forms)

    def query_string(self, parameter: dict, value) -> list[list[Piece]]:
        """3.2: the whole query, as its one media type writes it."""
        kind = next(iter(parameter["content"]))
        if media_type(kind) == "application/x-www-form-urlencoded":
            media = Node(parameter["content"][kind], parameter["x-base"])
            forms = self.form(media, value)
            return [[form_piece(name, text) for name, text in pairs] for pairs in forms]
        return [[Piece.exact(encode(self.content_text(parameter, value)))]]

    def header(self, parameter: dict, value) -> list[str | None]:
        if value is ABSENT:
            return [None]
        if not is_defined(value):
            return [None, ""]  # RFC 6570 expands it to nothing, and does not know whether a header then is one.
        if "content" in parameter:
            text = self.content_text(parameter, value)
            return unique([text, json.dumps(value) if is_json(next(iter(parameter["content"]))) else text])
        if self.version == (2, 0):
            return self.collection(parameter, value)
        # 3.2: "URI percent-encoding MUST NOT be applied" to headers. The tables of 3.0 and 3.1 leave it to RFC 6570,
        # which encodes, and warn against it in appendix D: both are taken there where a value needs encoding at all.
        # What is not ASCII has no form that all texts allow (RFC 9110, section 5.5): as it is, or as triples.
        explode = parameter.get("explode", False)
        writers = [str, lambda text: "".join(one if one.isascii() else encode(one) for one in text)]
        writers += [encode] if self.version < (3, 2) else []
        return unique([expand("simple", explode, parameter["name"], value, write) for write in writers])

    def cookie(self, parameter: dict, value) -> list[list[Piece]]:
        name = parameter["name"]
        if value is ABSENT:
            return [[]]
        if "content" in parameter:
            return [
                [
                    self.content_piece(encode(name), parameter, value),
                ]
            ]
        style = parameter.get("style", "form")
        explode = parameter.get("explode", True)
        forms = []
        for pairs in form_pairs("form", explode, name, value):
            if style == "cookie":
                # 3.2: no escaping of any kind.
                forms.append([Piece.exact(f"{key}={delimiter.join(items)}") for key, items, delimiter in pairs])
                continue
            # Style form percent-encodes by RFC 6570; `=` in names and characters that cookies allow may stay.
            written = [cookie_piece(pair) for pair in pairs]
            forms.append(written)
            if len(pairs) > 1:
                # The letter of style form joins pairs by `&`, which 3.1.1 and 3.2 (appendix D) call the wrong
                # delimiter for cookies, without a right one: both are taken.
                forms.append([Piece.exact("&".join(query_piece(pair, False, "") for pair in pairs))])
        return forms

    def content_text(self, parameter: dict, value) -> str:
        kind = next(iter(parameter["content"]))
        if is_json(kind):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text_of(value)

    def content_piece(self, name: str, parameter: dict, value) -> Piece:
        """`name=` and a value of a media type; white space in JSON is free."""
        text = self.content_text(parameter, value)
        if not is_json(next(iter(parameter["content"]))):
            return Piece.exact(f"{name}={encode(text)}")

        def matches(arrived: str) -> bool:
            key, _, encoded = arrived.partition("=")
            try:
                return normal(key) == normal(name) and same_json(json.loads(unquote(encoded)), value)
            except ValueError:
                return False

        return Piece(f"{name}={encode(text)}", matches)

    # Bodies

    def body_node(self, operation: Operation) -> Node:
        return self.resolve(Node(operation.node.get("requestBody"), operation.base))

    def requires_body(self, operation: Operation) -> bool:
        if self.version == (2, 0):
            return any(one["in"] == "body" and one.get("required") for one in operation.parameters)
        node = self.body_node(operation).value
        return bool(node and node.get("required"))

    def bodies(self, operation: Operation, values: dict, body) -> "dict[str, Callable[[Arrived], list[str]]] | None":
        """A check for each media type that the body may be sent as, or nothing where none may be sent."""
        if self.version == (2, 0):
            return self.swagger_bodies(operation, values, body)
        node = self.body_node(operation)
        if body is ABSENT or not node.value:
            return None
        content = node.value["content"]
        return {
            kind: lambda arrived, kind=kind: self.compare_body(kind, self.member(node, "content", kind), body, arrived)
            for kind in content
        }

    def compare_body(self, kind: str, media: Node, body, arrived: Arrived) -> list[str]:
        sent = arrived.header("Content-Type")[0]
        main = media_type(sent)
        if is_json(main):
            return compare_json(body, arrived.body)
        if main in ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"):
            return compare_json(body, b"[" + b",".join(filter(None, arrived.body.split(b"\n"))) + b"]")
        if main == "application/x-www-form-urlencoded":
            return compare_form(self.form(media, body), arrived.body)
        if main.startswith("multipart/"):
            return compare_multipart(self.parts(media, body), sent, arrived.body)
        wanted = body.content if isinstance(body, File) else text_of(body).encode()
        return [] if arrived.body == wanted else [f"expected {wanted[:200]!r}, arrived {arrived.body[:200]!r}"]

    def form(self, media: Node, body: dict) -> list[list[tuple[str, str]]]:
        """The allowed lists of decoded pairs of a form."""
        forms: list[list[tuple[str, str]]] = [[]]
        for name, value in body.items():
            forms = combine(forms, self.form_member(media, name, value))
        return forms

    def form_member(self, media: Node, name: str, value) -> list[list[tuple[str, str]]]:
        encoding = self.member(media, "encoding", name).value or {}
        if encoding.keys() & {"style", "explode", "allowReserved"}:
            style = encoding.get("style", "form")
            explode = encoding.get("explode", style == "form")
            forms = form_pairs(style, explode, name, value)
            return [[(key, delimiter.join(items)) for key, items, delimiter in pairs] for pairs in forms]
        if value is None:
            return [[], [(name, "")], [(name, "null")]]  # Appendix B leaves null open.
        if isinstance(value, File):
            return [[(name, value.base64)]]
        items = value if isinstance(value, list) else [value]
        in_json = [
            is_json(encoding.get("contentType", "text/plain")) or isinstance(item, (dict, list)) for item in items
        ]
        pairs = [
            (name, json.dumps(item, ensure_ascii=False, separators=(",", ":")) if as_json else text_of(item))
            for item, as_json in zip(items, in_json, strict=True)
        ]
        forms = [pairs]
        if self.version == (3, 0) and isinstance(value, dict) and not encoding:
            # 3.0.0 to 3.0.3 say JSON in their example and style `form` in their sentence.
            forms.append([(key, text_of(item)) for key, item in value.items()])
        return forms

    def parts(self, media: Node, body: dict) -> "list[list[Part]]":
        """The allowed lists of parts of a multipart body; RFC 7578, section 4.3: one part for each item of a list."""
        forms: list[list[Part]] = [[]]
        for name, value in body.items():
            encoding = self.member(media, "encoding", name).value or {}
            schema = self.member(media, "schema", "properties", name).value or {}
            if value is None:
                forms = combine(forms, [[], [Part(name, ["text/plain"], b"")], [Part(name, ["text/plain"], b"null")]])
                continue
            if encoding.keys() & {"style", "explode"}:
                forms = combine(forms, styled_parts(name, value, encoding))
                continue
            items = value if isinstance(value, list) else [value]
            item_schema = schema
            if isinstance(value, list):
                item_schema = self.member(self.member(media, "schema", "properties", name), "items").value or {}
            # Without an encoding, 3.0 and 3.1 take an array's type from its items; a nested array is then JSON.
            written = [[self.part(name, item, encoding, item_schema, form) for item in items] for form in range(2)]
            forms = combine(forms, unique(written))
        return forms

    def part(self, name: str, item, encoding: dict, schema: dict, form: int) -> "Part":
        headers = {
            key: text_of(header["schema"]["default"])
            for key, header in encoding.get("headers", {}).items()
            if key.lower() != "content-type" and "default" in header.get("schema", {})
        }
        declared = [kind.strip() for kind in encoding.get("contentType", "").split(",") if kind.strip()]
        if isinstance(item, File):
            if "contentEncoding" in schema and form:
                # `contentEncoding` may be kept, as text of that encoding.
                return Part(name, declared or ["application/octet-stream", "text/plain"], item.base64.encode(), headers)
            return Part(name, declared or ["application/octet-stream"], item.content, headers, item)
        if any(is_json(kind) for kind in declared) or not declared and isinstance(item, (dict, list)):
            return Part(name, declared or ["application/json"], item, headers, is_json=True)
        return Part(name, declared or ["text/plain"], text_of(item).encode(), headers)

    # Swagger 2.0

    def collection(self, parameter: dict, value) -> list[str]:
        """A list as its collectionFormat joins it. Swagger says nothing of how the separator is encoded."""
        if not isinstance(value, list):
            return [text_of(value)]
        separator = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}[parameter.get("collectionFormat", "csv")]
        return [separator.join(text_of(item) for item in value)]

    def swagger_query(self, parameter: dict, value) -> list[list[Piece]]:
        name = encode(parameter["name"])
        if isinstance(value, list) and parameter.get("collectionFormat") == "multi":
            return [[Piece.exact(f"{name}={encode(text_of(item))}") for item in value]]
        text = self.collection(parameter, value)[0]
        if isinstance(value, list) and not value:
            return [[], [Piece.exact(f"{name}=")]]
        # The comma of csv may be written as it is.
        return [[Piece.exact(f"{name}={form}")] for form in unique([encode(text), encode(text).replace("%2C", ",")])]

    def swagger_bodies(self, operation: Operation, values: dict, body):
        consumes = operation.node.get("consumes", self.document.get("consumes", []))
        if any(one["in"] == "body" for one in operation.parameters):
            if body is ABSENT:
                return None
            kinds = consumes or ["application/json"]
            empty = Node({}, "")
            return {kind: lambda arrived, kind=kind: self.compare_body(kind, empty, body, arrived) for kind in kinds}
        fields = [one for one in operation.parameters if one["in"] == "formData"]
        given = [one for one in fields if ("formData", one["name"]) in values]
        if not given:
            return None
        pairs, parts = [], []
        for one in given:
            value = values[("formData", one["name"])]
            if isinstance(value, File):
                parts.append(Part(one["name"], ["application/octet-stream"], value.content, {}, value))
                continue
            many = isinstance(value, list) and one.get("collectionFormat") == "multi"
            for item in value if many else [value]:
                text = self.collection(one, item)[0]
                pairs.append((one["name"], text))
                parts.append(Part(one["name"], ["text/plain"], text.encode()))
        kinds = {}
        # A file makes it multipart; else either, by what the operation consumes; a form where it does not say.
        if not any(one["type"] == "file" for one in fields):
            if "multipart/form-data" not in consumes or "application/x-www-form-urlencoded" in consumes:
                kinds["application/x-www-form-urlencoded"] = lambda arrived: compare_form([pairs], arrived.body)
        if "multipart/form-data" in consumes or not kinds:
            kinds["multipart/form-data"] = lambda arrived: compare_multipart(
                [parts], arrived.header("Content-Type")[0], arrived.body
            )
        return kinds

    # Security

    def schemes(self) -> dict[str, dict]:
        if self.version == (2, 0):
            return self.document.get("securityDefinitions", {})
        found = self.document.get("components", {}).get("securitySchemes", {})
        return {name: self.resolve(Node(scheme, self.name)).value for name, scheme in found.items()}

    def authorize(self, expected: Expected, operation: Operation, credentials: dict[str, Any]):
        """Adds the credentials of the first alternative that can be met; nothing where none is asked for."""
        expected.headers.setdefault("Authorization", [None])
        for alternative in operation.security:
            if all(name in credentials for name in alternative):
                for name in alternative:
                    self.apply(expected, self.schemes()[name], credentials[name])
                return

    def apply(self, expected: Expected, scheme: dict, credential):
        kind = scheme["type"]
        if kind == "apiKey":
            name = scheme["name"]
            match scheme["in"]:
                case "header":
                    expected.headers[name] = [credential]
                case "query":
                    piece = Piece.exact(f"{encode(name)}={encode(credential)}")
                    expected.queries = [form + [piece] for form in expected.queries]
                case "cookie":
                    piece = Piece.exact(f"{name}={credential}")
                    expected.cookies = [form + [piece] for form in expected.cookies]
        elif kind == "basic" or kind == "http" and scheme["scheme"].lower() == "basic":
            user = base64.b64encode(f"{credential[0]}:{credential[1]}".encode()).decode()
            expected.headers["Authorization"] = [f"Basic {user}"]
        else:
            expected.headers["Authorization"] = [f"Bearer {credential}"]


def combine(forms: list[list], more: list[list]) -> list[list]:
    return [form + addition for form in forms for addition in more]


def joined(base: str, relative: str) -> str:
    """RFC 3986, section 5.2, for the paths of files."""
    parts = base.split("/")[:-1]
    for segment in unquote(relative).split("/"):
        if segment == "..":
            parts.pop()
        elif segment != ".":
            parts.append(segment)
    return "/".join(parts)


def encode_literal(text: str) -> str:
    """What stands in a path between its parameters: RFC 6570, section 3.1, as it is but for what a URL cannot have."""
    return encode(text, reserved=True)


def encode_joined(text: str) -> str:
    return encode(text).replace("%2C", ",")


def reserved_choices(pairs) -> list[str]:
    """With allowReserved, whether `&`, `=` and `+` inside of a value are written as they are is the caller's own
    responsibility, says the text: each of the choices is taken."""
    used = "".join(sorted({char for _, items, _ in pairs for item in items for char in item if char in "&=+"}))
    return ["".join(subset) for size in range(len(used) + 1) for subset in itertools.combinations(used, size)]


def query_piece(pair: tuple[str, list[str], str], reserved: bool, as_it_is: str) -> str:
    """A pair as it stands in a query."""
    name, items, delimiter = pair

    def write(text: str) -> str:
        if not reserved:
            return encode(text)
        # RFC 3986, section 3.4: `[`, `]` and `#` have no place in a query.
        kept = encode(text, reserved=True)
        return re.sub(
            r"[\[\]#&=+]", lambda match: match.group() if match.group() in as_it_is else encode(match.group()), kept
        )

    joiner = delimiter if delimiter == "," else encode(delimiter)
    return f"{encode(name)}={joiner.join(write(item) for item in items)}"


def form_piece(name: str, text: str) -> Piece:
    """A pair of a form, in whatever way its encoding chose to write it."""

    def matches(arrived: str) -> bool:
        key, _, value = arrived.partition("=")
        return (unquote_plus(key), unquote_plus(value)) == (name, text)

    return Piece(f"{encode(name)}={encode(text)}", matches)


def cookie_piece(pair: tuple[str, list[str], str]) -> Piece:
    name, items, delimiter = pair

    def matches(arrived: str) -> bool:
        key, _, value = arrived.partition("=")
        legal = COOKIE_OCTETS.fullmatch(value.replace(",", "")) if delimiter else COOKIE_OCTETS.fullmatch(value)
        return bool(legal) and (unquote(key), unquote(value)) == (name, delimiter.join(items))

    return Piece(query_piece(pair, False, ""), matches)


# Bodies, compared


@dataclass
class Part:
    name: str
    kinds: list[str]
    content: Any
    headers: dict[str, str] = field(default_factory=dict)
    file: File | None = None
    is_json: bool = False


def styled_parts(name: str, value, encoding: dict) -> list[list[Part]]:
    style = encoding.get("style", "form")
    explode = encoding.get("explode", style == "form")
    return [
        [Part(key, ["text/plain"], delimiter.join(items).encode()) for key, items, delimiter in pairs]
        for pairs in form_pairs(style, explode, name, value)
    ]


def same_json(one, other) -> bool:
    """Equal with the text of numbers: 1 is not true, and not 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_json(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_json, one, other))
    return type(one) is type(other) and one == other


def without_files(value):
    if isinstance(value, File):
        return value.base64
    if isinstance(value, dict):
        return {key: without_files(item) for key, item in value.items()}
    return [without_files(item) for item in value] if isinstance(value, list) else value


def compare_json(wanted, content: bytes) -> list[str]:
    wanted = without_files(wanted)
    try:
        value = json.loads(content)
    except ValueError:
        return [f"expected JSON, arrived {content[:200]!r}"]
    return [] if same_json(value, wanted) else [f"expected {json.dumps(wanted)}, arrived {json.dumps(value)}"]


def parse_form(content: bytes) -> list[tuple[str, str]]:
    """The URL standard's parser of `application/x-www-form-urlencoded`."""
    text = content.decode("ascii")
    pairs = [piece.partition("=") for piece in text.split("&") if piece]
    return [(unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")) for name, _, value in pairs]


def compare_form(forms: list[list[tuple[str, str]]], content: bytes) -> list[str]:
    try:
        pairs = parse_form(content)
    except UnicodeDecodeError:
        return [f"expected a form, arrived {content[:200]!r}"]
    # The order of properties is the implementation's; the order of one name's values is not.
    if any(sorted(pairs, key=lambda pair: pair[0]) == sorted(form, key=lambda pair: pair[0]) for form in forms):
        return []
    return [f"expected {' or '.join(map(str, forms[:4]))}, arrived {pairs}"]


@dataclass
class ArrivedPart:
    headers: dict[str, str]
    content: bytes
    name: str | None
    filename: str | None


def parse_multipart(content_type: str, content: bytes) -> list[ArrivedPart]:
    """RFC 2046, section 5.1.1, strictly: every boundary on a line of its own, CRLF everywhere."""
    match = re.search(r'boundary=(?:"([^"]+)"|([^;\s]+))', content_type)
    if not match:
        raise ValueError("no boundary")
    boundary = (match.group(1) or match.group(2)).encode()
    if not re.fullmatch(rb"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]", boundary):
        raise ValueError("not a boundary")
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or pieces[0].strip() or pieces[-1].rstrip(b" \t\r\n") != b"--":
        raise ValueError("no parts, or no end")
    parts = []
    for piece in pieces[1:-1]:
        head, separator, body = piece.lstrip(b" \t")[2:].partition(b"\r\n\r\n")
        if not separator:
            raise ValueError("a part without an empty line")
        lines = [line.partition(":") for line in head.decode("utf-8").split("\r\n") if line]
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        disposition = headers.get("content-disposition", "")
        named = {
            key: value.replace('\\"', '"')
            for key, value in re.findall(r';\s*([A-Za-z*]+)="((?:[^"\\]|\\.)*)"', disposition)
        }
        parts.append(ArrivedPart(headers, body, named.get("name"), named.get("filename")))
    return parts


def compare_multipart(forms: list[list[Part]], content_type: str, content: bytes) -> list[str]:
    try:
        arrived = parse_multipart(content_type, content)
    except (ValueError, UnicodeDecodeError) as error:
        return [f"expected multipart, arrived {content[:200]!r} ({error})"]
    found: list[str] = []
    for form in forms:
        differences = compare_parts(form, arrived)
        if not differences:
            return []
        found = found or differences
    return found


def compare_parts(wanted: list[Part], arrived: list[ArrivedPart]) -> list[str]:
    # Order between properties is the implementation's; RFC 7578, section 5.2: forms keep the order of one name's parts.
    wanted = sorted(wanted, key=lambda part: part.name)
    arrived = sorted(arrived, key=lambda part: unescaped(part.name or ""))
    if [part.name for part in wanted] != [unescaped(part.name or "") for part in arrived]:
        return [f"expected parts {[part.name for part in wanted]}, arrived {[part.name for part in arrived]}"]
    return [line for one, other in zip(wanted, arrived, strict=True) for line in compare_part(one, other)]


def unescaped(text: str) -> str:
    """HTML's escapes in the parameters of Content-Disposition, which RFC 7578 (section 2) allows too."""
    return unquote(text) if re.search("%(?:22|0D|0A|[89A-Fa-f][0-9A-Fa-f])", text) else text


def compare_part(wanted: Part, arrived: ArrivedPart) -> list[str]:
    found = []
    kind = arrived.headers.get("content-type")
    # RFC 7578, section 4.4: text/plain is what a part without a type is.
    if best_media_type(kind or "text/plain", wanted.kinds) is None:
        found.append(f"part {wanted.name}: expected {' or '.join(wanted.kinds)}, arrived Content-Type {kind}")
    if wanted.is_json:
        found += [f"part {wanted.name}: {line}" for line in compare_json(wanted.content, arrived.content)]
    elif arrived.content != wanted.content:
        found.append(f"part {wanted.name}: expected {wanted.content[:200]!r}, arrived {arrived.content[:200]!r}")
    if wanted.file:
        # RFC 7578, section 4.2: a file should have a name; servers know a file by it.
        if arrived.filename is None or wanted.file.name and unescaped(arrived.filename) != wanted.file.name:
            found.append(f"part {wanted.name}: expected file name {wanted.file.name}, arrived {arrived.filename}")
    elif arrived.filename is not None:
        found.append(f"part {wanted.name}: expected no file name, arrived {arrived.filename}")
    for name, value in wanted.headers.items():
        if arrived.headers.get(name.lower()) != value:
            found.append(f"part {wanted.name}: expected {name}: {value}, arrived {arrived.headers.get(name.lower())}")
    if not arrived.headers.get("content-disposition", "").startswith("form-data"):
        found.append(f"part {wanted.name}: expected Content-Disposition form-data, arrived {arrived.headers}")
    return found


def from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text!r} is no base64") from error
