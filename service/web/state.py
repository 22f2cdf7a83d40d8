"""What every request works with: settings, the store, the originals, the audit's key; made once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fastapi import Request

from service.files import Files
from service.settings import Settings
from service.store import Store

if TYPE_CHECKING:
    from pipeline.units.register import Register
    from service.audit.keys import Signer


@dataclass
class State:
    """The parts of the product that requests share."""

    settings: Settings
    store: Store
    files: Files

    @cached_property
    def signer(self) -> Signer:
        """The key that signs the audit's heads."""
        from service.audit.keys import Signer

        return Signer(self.settings.audit_key)

    @cached_property
    def register(self) -> Register:
        """The register of units with the office's own."""
        from service.bootstrap import office_register

        return office_register(self.settings)


def state_of(request: Request) -> State:
    """The state of the application that the request came to (a dependency)."""
    state: State = request.app.state.dondoc
    return state
