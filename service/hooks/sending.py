"""A signed message in, its answer's status out: to public addresses alone, without redirects.

The name is resolved once and what it resolves to is checked and used, so that no second answer of a name
server can lead elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

SIGNATURE = "Dondoc-Signature"
_SECONDS = 10.0
_SCHEMES = {"http": 80, "https": 443}


class Fault(StrEnum):
    """Why nothing is sent to an address, or nothing came back."""

    FORM = "form"  # no URL
    SCHEME = "scheme"  # not a plain http or https URL
    NAME = "name"  # no machine of this name
    PRIVATE = "private"  # an address inside the house, which is not allowed
    SILENT = "silent"  # refused, cut off, or no answer in time


class Unreachable(ValueError):  # noqa: N818 - says what it is
    """An address to which nothing is sent; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the address that was checked, and the name for which it stands."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `secret` signs it."""

    body: bytes = field(repr=False)
    secret: str = field(repr=False)
    moment: int

    @property
    def signature(self) -> str:
        """HMAC-SHA256 over moment and body: "t=…,v1=…"."""
        signed = f"{self.moment}.".encode() + self.body
        return f"t={self.moment},v1={hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()}"


def checked(url: str, *, private: bool) -> None:
    """Raises `Unreachable` for an address of a wrong form; names are resolved when something is sent."""
    _parsed(url, private=private)


def target(url: str, *, private: bool) -> Target:
    """Where a URL leads; `private` allows addresses inside the house. Raises `Unreachable`."""
    scheme, host, port, path = _parsed(url, private=private)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(Fault.NAME) from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not (private or all(map(is_public, addresses))):
        raise Unreachable(Fault.PRIVATE)
    return Target(scheme, host, port, path, addresses[0])


def send(to: Target, message: Message) -> int:
    """The status of the answer; raises `OSError` or `http.client.HTTPException` where there is none."""
    headers = {
        "content-type": "application/json",
        "user-agent": "dondoc",
        SIGNATURE: message.signature,
    }
    connection = _Pinned(to)
    try:
        connection.request("POST", to.path, message.body, headers)
        return connection.getresponse().status  # a redirect is an answer like any other: not followed
    finally:
        connection.close()


def is_public(address: str) -> bool:
    """Whether an address lies in no private, loopback, link-local or reserved range."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


def _parsed(url: str, *, private: bool) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _SCHEMES.get(parts.scheme, 0)
    except ValueError:
        raise Unreachable(Fault.FORM) from None
    if parts.scheme not in _SCHEMES or not host or parts.username is not None or not url.isascii():
        raise Unreachable(Fault.SCHEME)
    if any(char <= " " for char in url):
        raise Unreachable(Fault.FORM)
    try:
        literal_address = ipaddress.ip_address(host)
    except ValueError:
        literal_address = None
    if literal_address is not None and not private and not is_public(host):
        raise Unreachable(Fault.PRIVATE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port, path


class _Pinned(http.client.HTTPConnection):
    """Connects to the checked address, under the name for which it stands."""

    def __init__(self, to: Target) -> None:
        super().__init__(to.host, to.port, timeout=_SECONDS)
        self._to = to

    def connect(self) -> None:
        self.sock = socket.create_connection((self._to.address, self._to.port), _SECONDS)
        if self._to.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._to.host)
