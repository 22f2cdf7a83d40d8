"""An OpenID provider of the tests' own, the other party of a login: it checks what it is asked as a strict
one does, and signs real tokens over a real socket; told to, it signs what it should not."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "dondoc", "mot bi mat cua may:chu"
ASKED = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập chung</title></head>
<body><main><h1>Đăng nhập chung</h1><form method="post"><button name="ok">Đồng ý</button></form></main></body>
</html>"""


def half_hash(value: str) -> str:
    digest = hashlib.sha256(value.encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


class OpenID:
    """The provider. `subject` and `claims` are of whoever is logged in there; `spoil` changes an ID token's
    claims before they are signed, `sign` signs them; `refuses` is the error that it sends browsers back with;
    `asks` whether it shows a page of its own before."""

    def __init__(self) -> None:
        self.registered: set[str] = set()
        self.subject, self.claims = "s-1", {"preferred_username": "lan", "name": "Lan"}
        self.spoil: Callable[[dict[str, Any]], None] = lambda claims: None
        self.refuses, self.asks = "", False
        self.described: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def honest(self) -> None:
        """Behaves from now on."""
        self.spoil, self.sign, self.refuses, self.asks = lambda claims: None, self.signed, "", False

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def rotate(self) -> None:
        """Signs with another key from now on; only that one is published."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    # ------------------------------------------------------------ what it answers

    def description(self) -> dict[str, Any]:
        known = {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256"]}
        places = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "keys"}
        places["end_session_endpoint"] = "out"
        known |= {name: f"{self.issuer}/{place}" for name, place in places.items()}
        return known | {"code_challenge_methods_supported": ["S256"]} | self.described

    def authorized(self, asked: dict[str, str]) -> str | None:
        """Where a browser is sent back to; None for a request that is not as it should be."""
        fixed = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        whole = all(asked.get(name) for name in ("state", "nonce", "code_challenge"))
        if not (fixed.items() <= asked.items() and whole and "openid" in asked.get("scope", "").split()):
            return None
        if asked.get("redirect_uri") not in self.registered:
            return None
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked | {"sub": self.subject}
        sent = {"error": self.refuses} if self.refuses else {"code": code}
        return f"{asked['redirect_uri']}?{urlencode(sent | {'state': asked['state'], 'iss': self.issuer})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {wanted}":
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        same = asked and asked["redirect_uri"] == form.get("redirect_uri")
        if not asked or not same or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        claims = {"iss": self.issuer, "sub": asked["sub"], "aud": CLIENT, "nonce": asked["nonce"]}
        claims |= {"iat": int(time.time()), "exp": int(time.time()) + 300, "at_hash": half_hash(access)}
        claims |= self.claims
        self.spoil(claims)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.sign(claims)}


def _handler(provider: OpenID) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(200, provider.description())
            elif parts.path == "/keys":
                self._json(200, {"keys": [provider.key.as_dict(private=False)]})
            elif parts.path == "/auth" and provider.asks:
                self._send(200, "text/html; charset=utf-8", ASKED.encode())
            elif parts.path == "/auth":
                self._lead(provider.authorized(asked))
            elif parts.path == "/out":
                back = asked.get("post_logout_redirect_uri", "")
                known = {one.removesuffix("/oidc/callback") for one in provider.registered}
                self._lead(back if asked.get("client_id") == CLIENT and back in known else None)
            else:
                self._send(404, "text/plain", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            parts = urlsplit(self.path)
            if parts.path == "/token":
                self._json(*provider.token(form, self.headers.get("authorization", "")))
            else:
                self._lead(provider.authorized({n: v[0] for n, v in parse_qs(parts.query).items()}))

        def _lead(self, where: str | None) -> None:
            self.send_response(303 if where else 400)
            if where:
                self.send_header("location", where)
            self.send_header("content-length", "0")
            self.end_headers()

        def _json(self, status: int, content: dict[str, Any]) -> None:
            self._send(status, "application/json", json.dumps(content).encode())

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None: ...

    return Handler
