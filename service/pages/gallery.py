"""A kept document's page in, its picture out: drawn in a bounded child, kept for the next time.

Whoever asks has shown that the viewer may see it (service/access/sight.py). Pictures lie in
`pages/<document's key>/`, so that a purge can take them all away; the oldest go where there are too many.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import Reason
from service.child import Answer, Child, Cleared, Failed
from service.reader import Part
from service.settings import Settings
from service.spool import Spool, wipe

DPIS = (72, 110, 150, 220)
"""Resolutions that pages are drawn in; others are rounded up."""
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_ENDINGS = {media_type: ending for ending, media_type in MEDIA_TYPES.items()}
_LOOK_EVERY = 50  # new pictures between two looks at their size
_WAIT = 30.0  # seconds that a request waits for its turn


class Undrawable(Exception):  # noqa: N818 - says what is the case
    """There is no picture: `reason` of the closed list."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, as a browser shows them."""

    media_type: str
    content: bytes = field(repr=False)

    @property
    def tag(self) -> str:
        """What changes with the bytes."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a document: a page, or what is around some boxes of it, `veiled` all else."""

    page: int
    dpi: int = 110
    boxes: tuple[tuple[float, ...], ...] = ()
    veiled: bool = False

    @property
    def sharp(self) -> int:
        """The resolution that it is drawn in."""
        return next((dpi for dpi in DPIS if dpi >= self.dpi), DPIS[-1])

    def asked(self) -> str:
        """The wish as the child understands it."""
        values = {"page": self.page, "dpi": self.sharp, "boxes": self.boxes, "veiled": self.veiled}
        return json.dumps(values, sort_keys=True)


class Gallery:
    """The pictures of one process; `reader` names the function that makes the child's reader."""

    def __init__(self, settings: Settings, spool: Spool, reader: str) -> None:
        bounded = {
            "child_wall_seconds": settings.picture_seconds,
            "child_cpu_seconds": settings.picture_seconds,
        }
        self._child = Child(settings.model_copy(update=bounded), reader, spool)
        # Linux ends a child with the thread that began it, and a server's threads come and go.
        self._hand = ThreadPoolExecutor(1, "pictures")
        self._root = settings.data_dir / "pages"
        self._most = settings.picture_cache_mb * 2**20
        self._turn = threading.Lock()
        self._new = 0

    def picture(self, key: str, parts: Callable[[], Sequence[Part]], wish: Wish) -> Picture:
        """The picture; `key` is the document's, `parts` loads its files where they are needed. Raises
        `Undrawable`."""
        if known := self._known(key, wish):
            return known
        if not self._turn.acquire(timeout=_WAIT):
            raise Undrawable(Reason.TIMEOUT, "đang bận, hãy thử lại (busy, try again)")
        try:
            if known := self._known(key, wish):  # drawn while we waited
                return known
            asked = [*parts(), Part("wish", wish.asked().encode())]
            answer = self._hand.submit(self._child.read, asked).result()
            self._keep(key, wish, answer)
        finally:
            self._turn.release()
        known = self._known(key, wish)
        if known is None:
            raise Undrawable(Reason.NO_PAGES, "không có trang này (no such page)")
        return known

    def wipe(self, key: str) -> bool:
        """Removes all pictures of a document; whether there were any."""
        there = self._folder(key).exists()
        wipe(self._folder(key))
        return there

    def close(self) -> None:
        """Ends the child."""
        self._child.close()
        self._hand.shutdown()

    # ------------------------------------------------------------ what is kept

    def _folder(self, key: str) -> Path:
        return self._root / key

    def _known(self, key: str, wish: Wish) -> Picture | None:
        for ending, media_type in MEDIA_TYPES.items():
            path = self._folder(key) / f"{_name(wish)}.{ending}"
            with contextlib.suppress(FileNotFoundError):
                return Picture(media_type, path.read_bytes())
        return None

    def _keep(self, key: str, wish: Wish, answer: Answer) -> None:
        if isinstance(answer, Failed):
            raise Undrawable(answer.reason, answer.message)
        assert isinstance(answer, Cleared)
        for number, address in answer.record["pictures"].items():
            head, _, content = address.partition(",")
            ending = _ENDINGS[head.removeprefix("data:").partition(";")[0]]
            one = wish if wish.boxes else Wish(int(number), wish.dpi)
            self._put(self._folder(key) / f"{_name(one)}.{ending}", base64.b64decode(content))

    def _put(self, path: Path, content: bytes) -> None:
        for folder in (self._root, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).replace(path)
        self._new += 1
        if self._new % _LOOK_EVERY == 0:
            self._thin()

    def _thin(self) -> None:
        """Removes the oldest down to nine tenths of the bound, once there are too many."""
        found = []
        for path in self._root.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        size = sum(one for _, one, _ in found)
        if size <= self._most:
            return
        for _, one, path in sorted(found):
            path.unlink(missing_ok=True)
            size -= one
            if size <= self._most * 0.9:
                return


def _name(wish: Wish) -> str:
    if not wish.boxes:
        return f"{wish.page}-{wish.sharp}"
    return f"{wish.page}-{wish.sharp}-{hashlib.sha256(wish.asked().encode()).hexdigest()[:24]}"
