"""A run followed: what it meets is looked at ahead, what is settled goes into the run book."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from service.runs.book import Plan, Sign
from service.runs.recording import Recorder
from service.runs.scouting import Scout
from service.runs.standing import Figures, Standing
from service.runs.states import State
from service.settings import Settings
from service.store import Store
from service.walk import Group, Unopened, printable

if TYPE_CHECKING:
    from service.crew import Settled


class Following:
    """From the beginning of a run to its end, however it ends."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        roots: Sequence[Path],
        groups: Sequence[Group | Unopened],
    ) -> None:
        self._standing = Standing(groups)
        paths = [path for group in groups for path in group.paths]
        self._scout = Scout(paths, self._standing.scouted, self._standing.is_open)
        plan = Plan(
            f"máy chủ: {getpass.getuser()}",
            tuple(printable(root.absolute()) for root in roots if root.is_dir()),
            _engine(settings),
            version("dondoc"),
            len(paths),
        )
        self._recorder = Recorder(store, plan, self._sign)

    @property
    def run(self) -> int:
        """Its number in the run book."""
        return self._recorder.run

    @property
    def figures(self) -> Figures:
        """How it stands."""
        return self._standing.figures()

    def note(self, one: Settled) -> None:
        """A file is done with; takes microseconds."""
        self._recorder.add(self._standing.settle(one))

    def digest(self, path: Path) -> str:
        """What the run book knows a file of this run by."""
        return self._recorder.digest(path)

    def __enter__(self) -> Following:
        self._scout.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scout.stop()
        self._recorder.close(State.STOPPED if kind else State.ENDED)

    def _sign(self) -> Sign:
        figures = self._standing.figures()
        return Sign(figures.bytes, figures.pages, figures.left)


def _engine(settings: Settings) -> str:
    """As the settings name it; how many at a time is told where they leave it open."""
    return f"processes:{settings.workers}" if settings.engine == "processes" else settings.engine
