"""OpenAPI documents of any size, always the same for the same numbers: shared schemas, recursion, descriptions of the
length that people write.

usage: generate.py [OPERATIONS [BYTES]]    prints a document; with BYTES, one of about that size
"""

import json
import sys

NOUNS = """account order invoice payment refund customer address product price discount coupon basket shipment parcel
warehouse supplier contract subscription plan meter report dashboard widget alert incident runbook service deployment
cluster node volume snapshot image network firewall certificate secret project team member role policy audit session
device sensor reading location route vehicle driver booking ticket event venue seat course lesson exam grade student
teacher article comment reaction channel message thread file folder label task board sprint release""".split()
PARTS = ["notes", "attachments", "events", "labels"]


def words(noun: str) -> dict:
    return {"one": noun, "many": plural(noun), "type": noun.capitalize()}


def plural(noun: str) -> str:
    return (
        noun[:-1] + "ies"
        if noun.endswith("y") and noun[-2] not in "aeiou"
        else noun + ("es" if noun[-1] in "sx" else "s")
    )


def reference(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def text(description: str, **more) -> dict:
    return {"type": "string", "description": description} | more


def shared_schemas() -> dict:
    return {
        "Money": {
            "type": "object",
            "description": "An amount in the smallest unit of a currency, so that nothing is lost by rounding.",
            "required": ["amount", "currency"],
            "properties": {
                "amount": {"type": "integer", "description": "The amount in the smallest unit, such as cents."},
                "currency": text("Three letters as in ISO 4217, in capitals.", pattern="^[A-Z]{3}$", examples=["EUR"]),
            },
        },
        "PostalAddress": {
            "type": "object",
            "description": "Where something is sent. Lines are printed in the order of the country.",
            "required": ["lines", "country"],
            "properties": {
                "lines": {"type": "array", "items": {"type": "string", "maxLength": 80}, "minItems": 1, "maxItems": 5},
                "postcode": text("The postcode, where the country has them."),
                "city": text("The city or town."),
                "country": text("Two letters as in ISO 3166-1.", pattern="^[A-Z]{2}$"),
                "coordinates": reference("Coordinates"),
            },
        },
        "Coordinates": {
            "type": "object",
            "properties": {
                "latitude": {"type": "number", "minimum": -90, "maximum": 90},
                "longitude": {"type": "number", "minimum": -180, "maximum": 180},
            },
        },
        "Person": {
            "type": "object",
            "description": "A person who works with the account, and whom they report to.",
            "required": ["name", "email"],
            "properties": {
                "id": text("The person's number.", format="uuid", readOnly=True),
                "name": text("The name that is shown.", maxLength=200),
                "email": text("The address for notices.", format="email"),
                "address": reference("PostalAddress"),
                "manager": reference("Person"),
                "locale": text("The language of notices, as in BCP 47.", default="en"),
            },
        },
        "Note": {
            "type": "object",
            "description": "A note, with the notes that answer it.",
            "required": ["text"],
            "properties": {
                "id": text("The note's number.", format="uuid", readOnly=True),
                "text": text("Markdown.", maxLength=20000),
                "author": reference("Person"),
                "replies": {"type": "array", "items": reference("Note")},
                "written_at": text("When it was written.", format="date-time", readOnly=True),
            },
        },
        "Condition": {
            "description": "What a thing must be like to be found.",
            "oneOf": [
                {
                    "type": "object",
                    "required": ["field", "operator", "value"],
                    "properties": {
                        "field": text("The name of a field, with points between levels."),
                        "operator": {"type": "string", "enum": ["eq", "ne", "lt", "le", "gt", "ge", "in", "like"]},
                        "value": {"type": ["string", "number", "boolean", "array", "null"]},
                    },
                },
                {
                    "type": "object",
                    "required": ["all"],
                    "properties": {"all": {"type": "array", "items": reference("Condition")}},
                },
                {
                    "type": "object",
                    "required": ["any"],
                    "properties": {"any": {"type": "array", "items": reference("Condition")}},
                },
                {"type": "object", "required": ["not"], "properties": {"not": reference("Condition")}},
            ],
        },
        "Problem": {
            "type": "object",
            "description": "What went wrong, as in RFC 9457.",
            "required": ["title", "status"],
            "properties": {
                "type": text("An address that tells about this kind of problem.", format="uri-reference"),
                "title": text("A short sentence."),
                "status": {"type": "integer"},
                "detail": text("What happened this time, and what to do."),
                "causes": {"type": "array", "items": reference("Problem")},
            },
        },
        "Metadata": {
            "type": "object",
            "description": "Up to 50 keys of your own. Nobody else reads or changes them.",
            "additionalProperties": {"type": "string", "maxLength": 500},
        },
    }


def schema_of(noun: str, index: int) -> dict:
    one, many = noun, plural(noun)
    other = NOUNS[(index * 7 + 3) % len(NOUNS)].capitalize()
    return {
        "type": "object",
        "description": f"A {one}, with what belongs to it. A {one} that is archived can be read and no longer changed.",
        "required": ["name", "status"],
        "properties": {
            "id": text(f"The number of the {one}; it never changes.", format="uuid", readOnly=True),
            "name": text(
                f"The name by which people find the {one}. It need not be unique.", minLength=1, maxLength=200
            ),
            "description": text(
                f"What the {one} is for, in Markdown. Shown on its page and in search results.", maxLength=5000
            ),
            "status": {
                "type": "string",
                "enum": ["draft", "active", "paused", "archived"],
                "description": f"Where the {one} is in its life.",
            },
            "owner": reference("Person"),
            "watchers": {
                "type": "array",
                "items": reference("Person"),
                "description": f"Who hears of every change of the {one}.",
                "maxItems": 100,
            },
            "cost": reference("Money"),
            "limit": reference("Money"),
            "address": reference("PostalAddress"),
            "parent": reference(noun.capitalize()),
            "related": {
                "type": "array",
                "items": reference(other),
                "description": f"What else belongs to these {many}.",
            },
            "notes": {"type": "array", "items": reference("Note")},
            "metadata": reference("Metadata"),
            "priority": {
                "type": "integer",
                "minimum": 1,
                "maximum": 5,
                "default": 3,
                "description": "1 is the most urgent.",
            },
            "starts_at": text(f"From when the {one} counts; at once where it is left out.", format="date-time"),
            "ends_at": text("Until when. It must be after starts_at.", format="date-time"),
            "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"}, "uniqueItems": True},
            "created_at": text(f"When the {one} was made.", format="date-time", readOnly=True),
            "version": {"type": "integer", "readOnly": True, "description": "Grows with every change."},
        },
    }


def answer(description: str, schema: dict) -> dict:
    problem = {"content": {"application/json": {"schema": reference("Problem")}}}
    return {
        "200": {"description": description, "content": {"application/json": {"schema": schema}}},
        "404": {"description": "There is no such thing."} | problem,
        "default": {"description": "What went wrong."} | problem,
    }


def body(schema: dict) -> dict:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def operations_of(noun: str) -> list[tuple[str, str, dict]]:
    word = words(noun)
    one, many, kind = word["one"], word["many"], word["type"]
    key = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"The number of the {one}.",
        "schema": {"type": "string", "format": "uuid"},
    }
    paging = [{"$ref": "#/components/parameters/Cursor"}, {"$ref": "#/components/parameters/Limit"}]
    filters = [
        {
            "name": "status",
            "in": "query",
            "description": f"Only {many} of these states.",
            "schema": {"type": "array", "items": {"type": "string"}},
        },
        {"name": "owner", "in": "query", "description": "Only what this person owns.", "schema": {"type": "string"}},
        {
            "name": "changed_since",
            "in": "query",
            "description": "Only what changed since then.",
            "schema": {"type": "string", "format": "date-time"},
        },
    ]
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": reference(kind)},
            "next_cursor": {"type": ["string", "null"]},
        },
    }
    base, item = f"/{many}", f"/{many}/{{id}}"
    made = [
        (
            "get",
            base,
            operation(
                f"list{kind}s",
                f"List {many}",
                f"Lists the {many} that you may see, newest first. Use filters to get fewer; a page has at most 200.",
                paging + filters,
                page,
            ),
        ),
        (
            "post",
            base,
            operation(
                f"create{kind}",
                f"Create a {one}",
                f"Makes a {one} and tells its watchers. A {one} begins as a draft where you do not say otherwise.",
                [],
                reference(kind),
                body(reference(kind)),
            ),
        ),
        (
            "get",
            item,
            operation(
                f"get{kind}",
                f"Get a {one}",
                f"Reads one {one} with everything that belongs to it.",
                [key],
                reference(kind),
            ),
        ),
        (
            "put",
            item,
            operation(
                f"replace{kind}",
                f"Replace a {one}",
                f"Replaces the whole {one}. What you leave out is gone afterwards; use the update for single fields.",
                [key],
                reference(kind),
                body(reference(kind)),
            ),
        ),
        (
            "patch",
            item,
            operation(
                f"update{kind}",
                f"Update a {one}",
                f"Changes the fields of a {one} that you send and leaves the others as they are.",
                [key],
                reference(kind),
                body(reference(kind)),
            ),
        ),
        (
            "delete",
            item,
            operation(
                f"delete{kind}",
                f"Delete a {one}",
                f"Deletes a {one}. This cannot be taken back, so think of archiving it instead.",
                [key],
                reference("Metadata"),
            ),
        ),
        (
            "post",
            f"{base}/search",
            operation(
                f"search{kind}s",
                f"Search {many}",
                f"Finds {many} by conditions that may be nested. Costs more than the list: use filters where they do.",
                paging,
                page,
                body(
                    {
                        "type": "object",
                        "properties": {
                            "where": reference("Condition"),
                            "sort": {"type": "array", "items": {"type": "string"}},
                        },
                    }
                ),
            ),
        ),
        (
            "post",
            f"{item}/archive",
            operation(
                f"archive{kind}",
                f"Archive a {one}",
                f"Archives a {one}: it can be read and no longer changed.",
                [key],
                reference(kind),
                body(
                    {
                        "type": "object",
                        "properties": {
                            "reason": text("Why, for the log."),
                            "notify": {"type": "boolean", "default": True},
                        },
                    }
                ),
            ),
        ),
    ]
    for part in PARTS:
        made.append(
            (
                "get",
                f"{item}/{part}",
                operation(
                    f"list{kind}{part.capitalize()}",
                    f"List the {part} of a {one}",
                    f"Lists the {part} of a {one}, oldest first.",
                    [key, *paging],
                    {"type": "array", "items": reference("Note")},
                ),
            )
        )
        made.append(
            (
                "post",
                f"{item}/{part}",
                operation(
                    f"add{kind}{part.capitalize()}",
                    f"Add to the {part} of a {one}",
                    f"Adds one to the {part} of a {one}.",
                    [key],
                    reference("Note"),
                    body(reference("Note")),
                ),
            )
        )
    return made


def operation(
    name: str, summary: str, description: str, parameters: list, result: dict, request: dict | None = None
) -> dict:
    made = {
        "operationId": name,
        "summary": summary,
        "description": description,
        "tags": [name],
        "parameters": parameters,
    }
    if request:
        made["requestBody"] = request
    return made | {"responses": answer(summary, result)}


def document(operations: int = 500, size: int = 0) -> dict:
    """A document with exactly so many operations; with a size, examples are added until it is about that large."""
    paths: dict = {}
    schemas = shared_schemas()
    count = 0
    for index in range(100_000):
        noun = NOUNS[index % len(NOUNS)] + ("" if index < len(NOUNS) else str(index // len(NOUNS)))
        if count >= operations:
            break
        schemas[noun.capitalize()] = schema_of(noun, index)
        for method, path, made in operations_of(noun)[: operations - count]:
            paths.setdefault(path, {})[method] = made
            count += 1
    for noun in NOUNS:  # What others refer to.
        schemas.setdefault(noun.capitalize(), schema_of(noun, NOUNS.index(noun)))
    made = {
        "openapi": "3.1.1",
        "info": {"title": "A large API", "version": "1.0.0", "description": "Generated for measurements."},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": {
                "Cursor": {
                    "name": "cursor",
                    "in": "query",
                    "description": "Where the page begins: next_cursor of the page before.",
                    "schema": {"type": "string"},
                },
                "Limit": {
                    "name": "limit",
                    "in": "query",
                    "description": "How many at most.",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
                },
            },
        },
    }
    missing = size - length(made)
    if missing > 0:
        add_examples(made, missing)
    return made


def length(value) -> int:
    return len(json.dumps(value, separators=(",", ":")))


def add_examples(made: dict, missing: int):
    """Examples of answers, as large documents have them, spread over all operations."""
    every = [one for item in made["paths"].values() for one in item.values()]
    item = {
        "id": "0190a2b4-7c1e-7d3f-9a55-1b2c3d4e5f60",
        "name": "An example",
        "cost": {"amount": 1999, "currency": "EUR"},
        "status": "active",
    }
    each = max(1, round(missing / len(every) / (length(item) + 1)))
    for one in every:
        one["responses"]["200"]["content"]["application/json"]["example"] = {"items": [item] * each}


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    json.dump(document(*numbers), sys.stdout, indent=1)
