"""The secret of a login under way in, what is sent of it out.

All that proves a login to be the one that this browser began is made from one secret, which only its cookie
holds: the store keeps a hash, the provider sees values from which nobody gets back to it.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login under way."""

    secret: str

    @property
    def state(self) -> str:
        """What the provider's answer must carry: else another page sent the browser here."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """What the ID token must carry: else it was made for another login."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """What turns the code into a token (PKCE, RFC 7636): else it was taken from another browser."""
        return self._made("verifier")

    def _made(self, purpose: str) -> str:
        made = hashlib.sha256(f"dondoc {purpose} {self.secret}".encode()).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def begun() -> Attempt:
    """A new one."""
    return Attempt(secrets.token_urlsafe(32))
