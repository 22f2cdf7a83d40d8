"""The office's OpenID provider: a browser is sent there, and what it brings back becomes a proved identity.

Authorization code with PKCE (RFC 7636), state and nonce; addresses and keys come from the provider's own
description (OpenID Connect Discovery). The ID token counts only if one of its published keys signed it, with
an algorithm that needs such a key, for this client, this login and now.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from service.oidc.attempt import Attempt
from service.oidc.configuration import Configuration, is_safe

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make: never "none", nor one with the client's own secret."""
_KEPT = 3600.0  # seconds that the provider's description is used
_SECONDS = 10.0  # of waiting for an answer
_LEEWAY = 60  # seconds that clocks may differ
_LONGEST = 255  # characters of `sub`, by the specification


class Away(Exception):  # noqa: N818 - says what is the case
    """The provider does not answer, or not as one; the message is for the log."""


class Distrusted(Exception):  # noqa: N818 - says what it is
    """What came back proves nothing; the message is for the log and holds nothing secret."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who somebody is, as the provider says: `subject` for good, `login` and `name` as they are now ("" where
    it does not say)."""

    issuer: str
    subject: str
    login: str
    name: str


class Provider:
    """The provider as one process knows it."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self._lock = threading.Lock()
        self._known: dict[str, Any] = {}
        self._keys: Mapping[str, Any] = {}
        self._until = 0.0

    def leads_to(self, attempt: Attempt) -> str:
        """Where the browser is sent to log in. Raises `Away`."""
        known = self._description()
        with self._client() as client:
            address, _ = client.create_authorization_url(
                known["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address)

    def ends_at(self) -> str:
        """Where the browser is sent to log out there too; "" where the provider has no such place. Raises
        `Away`."""
        address = self._description().get("end_session_endpoint")
        if not isinstance(address, str) or not is_safe(address):
            return ""
        own = self.configuration
        back = {"client_id": own.client_id, "post_logout_redirect_uri": own.after_logout}
        return f"{address}{'&' if '?' in address else '?'}{urlencode(back)}"

    def vouched(self, attempt: Attempt, code: str) -> Vouched:
        """Who the browser's user is, for the code that it brought back. Raises `Away`, `Distrusted`."""
        token = self._token(attempt, code)
        claims = self._claims(token, attempt.nonce)
        subject = str(claims["sub"])
        if len(subject) > _LONGEST:
            raise Distrusted("sub is too long")
        return Vouched(self.configuration.issuer, subject, self._login(claims), _text(claims, "name"))

    # ------------------------------------------------------------ what is asked of it

    def _token(self, attempt: Attempt, code: str) -> dict[str, Any]:
        from authlib.integrations.base_client import OAuthError

        known = self._description()
        try:
            with self._client() as client, _answering():
                got = client.fetch_token(
                    known["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                )
        except OAuthError as error:
            raise Distrusted(f"the code was not taken: {error.error}") from error
        if not isinstance(got.get("id_token"), str):
            raise Distrusted("no ID token")
        return dict(got)

    def _description(self) -> dict[str, Any]:
        """The provider's own, checked; asked for anew now and then."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._known = self._fetched(self.configuration.discovery)
                self._check(self._known)
                self._keys = {}
                self._until = time.monotonic() + _KEPT
            return self._known

    def _check(self, known: Mapping[str, Any]) -> None:
        if known.get("issuer") != self.configuration.issuer:
            raise Away("it names another issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(known.get(name), str) or not is_safe(known[name]):
                raise Away(f"{name} is missing or not https")
        if "S256" not in known.get("code_challenge_methods_supported", ["S256"]):
            raise Away("it does not know PKCE with S256")

    def _fetched(self, address: str) -> dict[str, Any]:
        with self._client() as client, _answering():
            answer = client.request("GET", address, withhold_token=True)
            answer.raise_for_status()
            content = answer.json()
        if not isinstance(content, dict):
            raise Away("not a JSON object")
        return content

    def _client(self) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        own = self.configuration
        return OAuth2Client(
            client_id=own.client_id,
            client_secret=own.secret or None,
            token_endpoint_auth_method=self._proof(),
            scope=own.scopes,
            redirect_uri=own.redirect,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )

    def _proof(self) -> str:
        """How this client proves itself: by its secret, in the way that the provider takes."""
        if not self.configuration.secret:
            return "none"
        taken = self._known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"

    # ------------------------------------------------------------ what it says

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        own = self.configuration
        try:
            signed = self._signed(token["id_token"])
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": own.issuer},
                    "sub": {"essential": True},
                    "aud": {"essential": True, "value": own.client_id},
                },
                {"nonce": nonce, "client_id": own.client_id, "access_token": token.get("access_token")},
            )
            claims.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Distrusted(f"ID token: {error}") from error
        return dict(claims)

    def _signed(self, compact: str) -> Any:
        """The token, whose signature holds; unknown keys are asked for once more, since keys are changed."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError
        from joserfc.jws import JWSRegistry

        offered = self._known.get("id_token_signing_alg_values_supported", ["RS256"])
        allowed = [one for one in ALGORITHMS if one in offered]
        registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
        try:
            return jwt.decode(compact, self._key_set(anew=False), registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(compact, self._key_set(anew=True), registry=registry)

    def _key_set(self, *, anew: bool) -> Any:
        from joserfc.jwk import KeySet

        with self._lock:
            if anew or not self._keys:
                self._keys = self._fetched(self._known["jwks_uri"])
            listed = [one for one in self._keys.get("keys", []) if isinstance(one, dict)]
        public = [one for one in listed if one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": public})

    def _login(self, claims: Mapping[str, Any]) -> str:
        """What the user is called there; an address of mail only where it was proved to be his."""
        name = self.configuration.login_claim
        if name == "email" and claims.get("email_verified") is not True:
            return ""
        return _text(claims, name)


def _text(claims: Mapping[str, Any], name: str) -> str:
    from pipeline.text import nfc

    value = claims.get(name)
    return nfc(value).strip() if isinstance(value, str) and value.isprintable() else ""


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever keeps an answer from coming is `Away`."""
    import httpx2

    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise Away(type(error).__name__) from error
