"""A website on this machine that behaves in every way that websites do, and says what it was asked."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http import HTTPStatus

SHORT = "Content-Length: 0\r\nConnection: close\r\n"


def answer(status, headers=""):
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase if status != 999 else 'Nee'}\r\n{headers}{SHORT}\r\n".encode()


def to(status, location, headers=""):
    return answer(status, f"Location: {location}\r\n{headers}")


class Stub:
    """``answers`` maps a path, or a method and a path, to bytes or to what is done with the connection."""

    def __init__(self, answers=None, *, tls=None, host="127.0.0.1"):
        self.answers = {"/robots.txt": answer(404), **(answers or {})}
        self.tls = tls
        self.asked = []
        self.moments = []
        self.texts = []
        self.connections = 0
        self.is_open = True
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while self.is_open:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=[connection], daemon=True).start()

    def _talk(self, connection):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                text = b""
                while b"\r\n\r\n" not in text and (more := connection.recv(4096)):
                    text += more
                if not text:
                    return
                method, path, _ = text.decode("latin-1").split(" ", 2)
                self.asked.append((method, path))
                self.moments.append(time.monotonic())
                self.texts.append(text.decode("latin-1"))
                found = self.answers.get((method, path), self.answers.get(path, answer(404)))
                found(connection) if callable(found) else connection.sendall(found)
        except (OSError, ssl.SSLError):
            return  # the other side had enough

    def close(self):
        self.is_open = False
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)


@contextmanager
def serving(answers=None, **how):
    stub = Stub(answers, **how)
    try:
        yield stub
    finally:
        stub.close()


def slow_headers(connection):
    """One byte at a time, so that no timeout of the socket ever passes."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 100_000:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def silence(connection):
    time.sleep(3)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def endless_headers(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Veel: " + b"x" * 8000 + b"\r\n")
