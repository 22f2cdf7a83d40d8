"""What every request works with: settings, the store, the originals, the audit's key; made once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fastapi import Request

from service.bootstrap import MARKS_READER, PAGE_READER, READER
from service.exports.making import Exporter
from service.files import Files
from service.intake import Note, unnoted
from service.pages.gallery import Gallery
from service.settings import Settings
from service.spool import Spool
from service.store import Store
from service.tracking.attaching import Attaching
from service.uploads.folders import Folders

if TYPE_CHECKING:
    from pipeline.units.register import Register
    from service.audit.keys import Signer
    from service.chores import Chores
    from service.oidc.provider import Provider
    from service.uploads.reading import Readers


@dataclass
class State:
    """The parts of the product that requests share."""

    settings: Settings
    store: Store
    files: Files
    spool: Spool
    gallery: Gallery
    exporter: Exporter
    attaching: Attaching
    readers: Readers | None = None  # where this process reads uploads itself
    chores: Chores | None = None

    @cached_property
    def folders(self) -> Folders:
        """The private folders of uploads."""
        return Folders(self.settings.data_dir / "uploads")

    @cached_property
    def signer(self) -> Signer:
        """The key that signs the audit's heads."""
        from service.audit.keys import Signer

        return Signer(self.settings.audit_key)

    @cached_property
    def provider(self) -> Provider | None:
        """The OpenID provider, where one is configured."""
        from service.oidc.configuration import provider_of

        return provider_of(self.settings)

    @cached_property
    def register(self) -> Register:
        """The register of units with the office's own."""
        from service.bootstrap import office_register

        return office_register(self.settings)

    def warm(self) -> None:
        """Loads what the first look-up of a unit would else wait for."""
        from pipeline.units.register.search import search

        search("sở y tế", self.register)

    def close(self) -> None:
        """Ends what this process started."""
        if self.readers:
            self.readers.stop()
        if self.chores:
            self.chores.stop()
        self.gallery.close()
        self.attaching.close()
        self.spool.close()


def opened(
    settings: Settings, store: Store, readers: int | None, reader: str = READER, note: Note = unnoted
) -> State:
    """The state of a process that begins, with `readers` workers that tell `note` what they read; None is as
    many as the engine reads at a time."""
    from service.batch import own_spool
    from service.chores import Chores
    from service.uploads.reading import Readers

    spool = own_spool(settings, store)
    gallery = Gallery(settings, spool, PAGE_READER)
    exporter = Exporter(settings, store, spool.owner)
    files = Files(settings.data_dir / "files")
    attaching = Attaching(settings, store, files, spool, MARKS_READER)
    state = State(settings, store, files, spool, gallery, exporter, attaching)
    if readers != 0:
        state.readers = Readers(settings, store, spool, reader, readers, note)
        state.chores = Chores(settings, store, spool)
        state.readers.start()
        state.chores.start()
    return state


def state_of(request: Request) -> State:
    """The state of the application that the request came to (a dependency)."""
    state: State = request.app.state.dondoc
    return state
