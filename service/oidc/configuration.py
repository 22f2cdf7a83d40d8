"""Settings in, the OpenID provider that they name out, or in words what is missing."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from service.settings import Settings

if TYPE_CHECKING:
    from service.oidc.provider import Provider

_CALLBACK = "/login/oidc/callback"


class Misconfigured(ValueError):  # noqa: N818 - says what is the case
    """The settings cannot be used; the message is one line for the administrator."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The provider and this product's registration there."""

    issuer: str
    client_id: str
    public_url: str
    scopes: str
    login_claim: str
    secret: str = field(default="", repr=False)

    @property
    def discovery(self) -> str:
        """Where the provider describes itself."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    @property
    def redirect(self) -> str:
        """Where the provider sends the browser back to."""
        return f"{self.public_url}{_CALLBACK}"

    @property
    def after_logout(self) -> str:
        """Where it sends the browser after logging out."""
        return f"{self.public_url}/login"


def provider_of(settings: Settings) -> Provider | None:
    """The provider; None where none is configured. Raises `Misconfigured`."""
    if not settings.oidc_issuer:
        return None
    if not (find_spec("authlib") and find_spec("httpx2")):
        raise Misconfigured("DONDOC_OIDC_ISSUER: cần gói phụ (install the extra) dondoc[oidc]")
    from service.oidc.provider import Provider

    return Provider(_configuration(settings))


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is sent: https, or this machine itself."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return (parts.scheme == "https" and bool(host)) or (parts.scheme == "http" and _is_here(host))


def _configuration(settings: Settings) -> Configuration:
    for name in ("oidc_client_id", "public_url"):
        if not getattr(settings, name):
            raise Misconfigured(f"DONDOC_{name.upper()}: thiếu, cần cho DONDOC_OIDC_ISSUER (missing)")
    if not is_safe(settings.oidc_issuer):
        raise Misconfigured("DONDOC_OIDC_ISSUER: phải là địa chỉ https (must be an https address)")
    if urlsplit(settings.public_url).scheme not in ("http", "https"):
        raise Misconfigured("DONDOC_PUBLIC_URL: phải là địa chỉ http(s) (must be an http or https address)")
    return Configuration(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        public_url=settings.public_url.rstrip("/"),
        scopes=settings.oidc_scopes,
        login_claim=settings.oidc_login_claim,
        secret=_secret(settings),
    )


def _secret(settings: Settings) -> str:
    given = settings.oidc_client_secret.get_secret_value()
    if settings.oidc_client_secret_file is None:
        return given
    try:
        return settings.oidc_client_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Misconfigured("DONDOC_OIDC_CLIENT_SECRET_FILE: không đọc được (cannot be read)") from None


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
