"""The key that signs the audit's heads: an Ed25519 key in a file beside the data, never in the database."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer:
    """Signs and checks heads with the key of a file, made with mode 0600 where it is missing."""

    def __init__(self, path: Path) -> None:
        self._key = _loaded(path) if path.exists() else _made(path)

    def sign(self, seq: int, head: str) -> str:
        """The signature of the head at `seq`, base64."""
        return base64.b64encode(self._key.sign(_message(seq, head))).decode("ascii")

    def holds(self, seq: int, head: str, signature: str) -> bool:
        """Whether the signature is this key's for that head."""
        try:
            self._key.public_key().verify(base64.b64decode(signature), _message(seq, head))
        except (InvalidSignature, ValueError):
            return False
        return True


def _message(seq: int, head: str) -> bytes:
    return f"dondoc audit head {seq} {head}".encode("ascii")


def _loaded(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name}: not an Ed25519 key")
    return key


def _made(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    form = serialization.PrivateFormat.PKCS8
    content = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process was quicker
        return _loaded(path)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    return key
