"""A model on loopback that says what a test scripted, and remembers what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """Answers chat completions with the next message of the script. Use it in a `with` statement."""

    def __init__(self):
        self.script: list[dict] = []
        self.requests: list[dict] = []
        self.keys: list[str | None] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.requests.append(body)
                model.keys.append(self.headers.get("Authorization"))
                if self.path == "/v1/chat/completions" and model.script:
                    status, answer = 200, {"choices": [{"message": {"role": "assistant", **model.script.pop(0)}}]}
                else:
                    status, answer = 429, {"error": {"message": "too much was asked"}}
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def calling(tool: str, arguments: dict, number: int = 1) -> dict:
    """A message that wants a tool to be called."""
    function = {"name": tool, "arguments": json.dumps(arguments)}
    return {"content": None, "tool_calls": [{"id": f"call-{number}", "type": "function", "function": function}]}
