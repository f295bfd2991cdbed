"""OpenAPI documents for the tests, small and large."""

import json


def document(operations: dict[str, str], server="https://api.example.com", version="1.0.0") -> dict:
    """A document with a GET operation of each name, that reads a thing by its number; the values are summaries."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": version},
        "servers": [{"url": server}],
        "paths": {f"/{name}/{{id}}": {"get": operation(name, summary)} for name, summary in operations.items()},
    }


def operation(name: str, summary: str) -> dict:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
            {"name": "fields", "in": "query", "description": 'Größe, ⚓ and "quotes"', "schema": {"type": "string"}},
        ],
        "responses": {"200": {"description": "The thing", "content": {"application/json": {"schema": {}}}}},
    }


def large_document(operations: int, version: str = "1.0.0") -> dict:
    """A document that takes the server a while."""
    return document(
        {f"operation{number}": f"Reads thing {number}. " * 5 for number in range(operations)}, version=version
    )


def bytes_of(value: dict) -> bytes:
    return json.dumps(value).encode()
