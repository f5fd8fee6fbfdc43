"""A client's system that receives webhooks: a real server of HTTP on this machine, which keeps what arrives."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Says = Callable[["Arrived"], tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Arrived:
    path: str
    headers: dict[str, str]
    body: str


@dataclass(slots=True)
class Receiver:
    """`says`: what it answers; 204 unless told otherwise. `connections`: how often anybody came at all."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    says: Says = lambda _arrived: (204, {})
    scheme: str = "http"

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks"


@contextmanager
def receiving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    receiver = Receiver(scheme="https" if context else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = self.rfile.read(int(self.headers["content-length"])).decode()
            one = Arrived(self.path, {k.lower(): v for k, v in self.headers.items()}, told)
            receiver.arrived.append(one)
            status, headers = receiver.says(one)
            self.send_response(status)
            for name, value in {"content-length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def get_request(self) -> tuple[object, object]:  # type: ignore[override]
            receiver.connections += 1
            found, where = super().get_request()
            return (context.wrap_socket(found, server_side=True) if context else found), where

        def handle_error(self, *_: object) -> None:
            pass  # who hangs up on it, or speaks no TLS, is not its fault

    server = Server((host, 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
