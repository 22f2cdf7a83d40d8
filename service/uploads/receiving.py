"""A viewer's request in, uploads out: stored privately, known by their hashes, queued for the workers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from service.access.viewer import Viewer
from service.reader import identity_of
from service.store import Store
from service.uploads.book import Progress, Sent
from service.uploads.folders import Folders
from service.uploads.multipart import SentFile

Bundle = Sequence[SentFile]
"""The files of one document, the directive first."""


def documents(files: Sequence[SentFile], *, bundle: bool) -> list[Bundle]:
    """The documents that files are: each one, or all together a directive with its annexes."""
    return [files] if bundle else [[file] for file in files]


def admitted(
    store: Store,
    folders: Folders,
    viewer: Viewer,
    bundles: Sequence[Bundle],
    idempotency: str | None,
    *,
    mailbox: str = "",
) -> list[Progress]:
    """The uploads, in order; the same `idempotency` with the same bytes finds those of before. Raises
    `Reused`. `mailbox` names the one that brought them, "" where somebody sent them himself."""
    sent = [_sent(bundle) for bundle in bundles]
    request = hashlib.sha256(idempotency.encode()).hexdigest() if idempotency else None
    if request and (earlier := _earlier(store, viewer, request, sent)):
        return earlier
    kept: list[str] = []
    try:
        with store.begin() as work:
            made = work.uploads.admit(viewer, request, sent, mailbox)
            found = {one.id: one for one in work.uploads.some(viewer, made)}
            for identifier, bundle in zip(made, bundles, strict=True):
                if not found[identifier].ended:
                    kept.append(identifier)
                    folders.keep(identifier, [file.path for file in bundle], [one.name for one in bundle])
    except BaseException as error:
        for identifier in kept:
            folders.wipe(identifier)
        if request and isinstance(error, IntegrityError):  # the same request came twice at once
            return _earlier(store, viewer, request, sent)
        raise
    return list(found.values())


def _earlier(store: Store, viewer: Viewer, request: str, sent: Sequence[Sent]) -> list[Progress]:
    with store.reading() as work:
        return work.uploads.some(viewer, work.uploads.answered(viewer, request, sent))


def _sent(bundle: Bundle) -> Sent:
    key = identity_of([file.sha256 for file in bundle])
    return Sent(key, len(bundle), sum(file.size for file in bundle))
