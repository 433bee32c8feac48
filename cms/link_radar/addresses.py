"""Connecting to websites only: never to what stands inside a network, whatever a name or a redirect says.

A name is looked up once, all that it leads to is looked at, and the connection goes to the very address that was
looked at: a name that answers otherwise a moment later gains nothing.
"""

import errno
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

CONNECT_SECONDS = 5
MOST_ADDRESSES = 3
EMBEDS_ANOTHER = [
    IPv6Network(net) for net in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
]
ALSO_INSIDE = [IPv4Network(net) for net in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")]
"""What Python calls global, yet is answered by the cloud below or a relay."""

AWAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


class Trouble(Exception):  # noqa: N818 - what was seen, in words for editors
    """Why there is no answer."""


class Failed(Trouble):
    """A reader would get no further either."""


class Silent(Failed):
    """It was connected to, yet gave no answer that makes sense; another way of asking may."""


class Unclear(Trouble):
    """Nothing can be said about it."""


def lookup(host: str, port: int) -> list[str]:
    """The addresses that a name stands for now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Unclear("de naam van de website was even niet op te zoeken") from error
        raise Failed("de naam van de website bestaat niet") from error
    except UnicodeError as error:
        raise Failed("geen geldig adres") from error
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet."""
    if "%" in address:
        return False
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address) and any(ip in net for net in EMBEDS_ANOTHER):
        return False
    is_special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    return ip.is_global and not is_special and not any(ip in net for net in ALSO_INSIDE)


def connect(host: str, port: int) -> socket.socket:
    """A connection with a website. Raises Unclear for anything that is none, and Failed when it lets nobody in."""
    found = lookup(host, port)
    if not found or not all(is_public(address) for address in found):
        raise Unclear("wijst naar een besloten netwerk")
    refusal: OSError | None = None
    for address in found[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((address, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            if error.errno not in AWAY:
                refusal = error
    if refusal is None:
        raise Unclear("ons eigen netwerk kon de website niet bereiken")
    if isinstance(refusal, TimeoutError):
        raise Failed("antwoordt niet op tijd")
    raise Failed("neemt geen verbinding aan")
