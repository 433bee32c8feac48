"""One request to a website: what it answers, and never more of it than was asked for.

There is no following of redirects here, no proxy of the environment, no cookie and no name or password.
"""

import socket
import ssl
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from cms.link_radar import addresses
from cms.link_radar.addresses import Failed, Silent, Unclear

READ_SECONDS = 5
TOTAL_SECONDS = 12
USUAL_PORTS = {"http": 80, "https": 443}
EXPIRED, OTHER_NAME = 10, 62  # X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_HOSTNAME_MISMATCH


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    location: str = ""
    sets_cookie: bool = False
    retry_after: str = ""
    body: bytes = b""


def ask(method: str, url: str, *, most_bytes: int = 0) -> Reply:
    """Send one request; of the body ``most_bytes`` are read. Raises Failed, Silent and Unclear."""
    parts, port = _taken_apart(url)
    host = parts.hostname or ""
    conversation = _Conversation(addresses.connect(host, port))
    try:
        if parts.scheme == "https":
            conversation.encrypt(host)
        reply = conversation.hold(method, parts, most_bytes)
        if conversation.was_cut:  # what came until then may look whole
            raise TimeoutError
        return reply
    except ssl.SSLCertVerificationError as error:
        raise Failed(_said_of_certificate(error)) from error
    except (OSError, HTTPException, ValueError) as error:
        if conversation.was_cut or isinstance(error, TimeoutError):
            raise Silent("antwoordt niet op tijd") from error
        if isinstance(error, ssl.SSLError):
            raise Failed("er is geen veilige verbinding mogelijk") from error
        raise Silent("antwoordt niet zoals een website") from error
    finally:
        conversation.end()


class _Conversation:
    """A connection that ends after a while, however busy: the timeout of a socket begins anew with every byte."""

    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(READ_SECONDS)
        self.sock = sock
        self.was_cut = False
        self.timer = Timer(TOTAL_SECONDS, self._cut)
        self.timer.daemon = True
        self.timer.start()

    def encrypt(self, host: str) -> None:
        self.sock = _tls().wrap_socket(self.sock, server_hostname=host, do_handshake_on_connect=False)
        self.sock.do_handshake()

    def hold(self, method: str, parts: SplitResult, most_bytes: int) -> Reply:
        connection = HTTPConnection(parts.hostname or "", timeout=READ_SECONDS)
        connection.auto_open = 0  # never a connection of its own
        connection.sock = self.sock
        target = iri_to_uri(parts._replace(scheme="", netloc="", fragment="", path=parts.path or "/").geturl())
        connection.request(method, target, headers=_headers(parts))
        with connection.getresponse() as response:
            return Reply(
                status=response.status,
                location=_text(response.getheader("Location", "")),
                sets_cookie=response.getheader("Set-Cookie") is not None,
                retry_after=response.getheader("Retry-After", ""),
                body=response.read(most_bytes) if most_bytes else b"",
            )

    def end(self) -> None:
        self.timer.cancel()
        self.sock.close()

    def _cut(self) -> None:
        self.was_cut = True
        try:
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # that of TLS would first say goodbye
        except OSError:
            return  # it was over already


def _taken_apart(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Failed("geen geldig adres") from error
    if parts.scheme not in USUAL_PORTS or not parts.hostname:
        raise Unclear("geen adres van een website")
    if parts.username is not None or parts.password is not None:
        raise Unclear("het adres bevat een naam of wachtwoord")
    port = port or USUAL_PORTS[parts.scheme]
    if port not in settings.LINK_RADAR_PORTS:
        raise Unclear("het adres wijst naar een ongebruikelijke poort")
    if parts.hostname == urlsplit(settings.SITE_URL).hostname:
        raise Unclear("wijst naar deze site zelf")
    return parts, port


def _headers(parts: SplitResult) -> dict[str, str]:
    return {
        "Host": parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc,
        "User-Agent": f"Linkradar (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Accept-Language": "nl, en;q=0.5",
        "Connection": "close",
    }


def _text(header: str) -> str:
    """Addresses in headers are UTF-8 now and then, which http.client reads as Latin-1."""
    return iri_to_uri(header.encode("latin-1", "replace").decode("utf-8", "replace").strip())


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _said_of_certificate(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == EXPIRED:
        return "het certificaat is verlopen"
    if error.verify_code == OTHER_NAME:
        return "het certificaat hoort bij een andere website"
    return "het certificaat klopt niet"
