"""Another machine that is told of events: notes what comes, and answers as a test says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


class Listener(BaseHTTPRequestHandler):
    """`got` is what came, with its headers; `status` what is answered; `url` where it listens."""

    got: list[tuple[dict[str, str], bytes]]
    status = 200
    url: str

    def do_POST(self):
        self.got.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(self.status)
        self.send_header("location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args): ...


@contextmanager
def listening() -> Iterator[type[Listener]]:
    handler = type("Listening", (Listener,), {"got": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    handler.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
