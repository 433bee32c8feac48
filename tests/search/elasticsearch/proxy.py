"""A man in the middle: passes every request on to a real server, and spoils the answers as a test tells it to."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "content-length", "keep-alive", "transfer-encoding", "content-encoding", "accept-encoding"}


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


Spoil = Callable[[Reply], Reply]


def too_busy(reply: Reply) -> Reply:
    error = b'{"error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}, "status": 429}'
    return replace(reply, status=429, body=error)


def of_another_version(reply: Reply) -> Reply:
    """What an older server says to a client that asks for answers as version 9 gives them."""
    error = (
        b'{"error": {"type": "media_type_header_exception", "reason": "Invalid media-type value on headers '
        b'[Accept, Content-Type]"}, "status": 400}'
    )
    return replace(reply, status=400, body=error)


def of_another_product(reply: Reply) -> Reply:
    return replace(reply, headers={name: value for name, value in reply.headers.items() if name != "X-Elastic-Product"})


def broken_off(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def a_page_instead(reply: Reply) -> Reply:
    html = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
    return replace(reply, status=502, body=html, headers={"Content-Type": "text/html"})


def of_another_shape(reply: Reply) -> Reply:
    return replace(reply, body=b'{"took": 1, "responses": [{"status": 200}]}')


def a_list_instead(reply: Reply) -> Reply:
    return replace(reply, body=b"[]")


def empty(reply: Reply) -> Reply:
    return replace(reply, body=b"")


def slow(reply: Reply) -> Reply:
    time.sleep(0.5)
    return reply


class Proxy:
    """``spoil`` changes every answer from now on; None lets them be."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server).netloc
        self.spoil: Spoil | None = None

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        serving = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        serving.daemon_threads = True
        self.url = f"http://127.0.0.1:{serving.server_port}"
        thread = threading.Thread(target=serving.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            serving.shutdown()
            serving.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                reply = proxy.ask(self.command, self.path, body, dict(self.headers))
                if proxy.spoil:
                    reply = proxy.spoil(reply)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(reply.body)

            def log_message(self, *arguments: object) -> None:
                pass

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815 - as http.server looks for them

        return Handler

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        connection = http.client.HTTPConnection(self.server, timeout=60)
        passed = {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP}
        connection.request(method, path, body, passed)
        answer = connection.getresponse()
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP}
        reply = Reply(answer.status, answer.read(), kept)
        connection.close()
        return reply
