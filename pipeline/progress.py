"""How far the path is with a document, told while it is under way to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done with a document."""

    OPENING = "opening"  # its files are opened, old formats converted
    PAGES = "pages"  # pages are read or recognised, one after the other
    TASKS = "tasks"  # its structure and tasks are found


@dataclass(frozen=True, slots=True)
class Step:
    """A stage; of `PAGES` also how many of the `pages` known so far are done."""

    stage: Stage
    page: int = 0
    pages: int = 0


Tell = Callable[[Step], None]
"""What is called with each step; must be quick, and raises nothing."""


def behind(tell: Tell, pages: int) -> Tell:
    """Hears the steps of a packet's file, of which so many pages stand before it."""
    return lambda step: tell(Step(step.stage, step.page + pages, step.pages + pages))


def unheard(step: Step) -> None:
    """Nobody wants to know."""
