"""Counts by bucket in, the four standard groups and the rates out.

The groups are those of Quyết định 42/2014/QĐ-TTg: done on time, done late, in progress in time, in progress
overdue; what has no deadline is counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from service.tracking.timing import Bucket


@dataclass(frozen=True, slots=True)
class Figures:
    """How many duties are in each group; `updated` of the open ones were told of lately."""

    on_time: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0
    no_deadline_done: int = 0
    no_deadline_open: int = 0
    paused: int = 0
    updated: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures)))

    @property
    def done(self) -> int:
        """All that are done."""
        return self.on_time + self.late + self.no_deadline_done

    @property
    def open(self) -> int:
        """All that somebody still has to do."""
        return self.in_time + self.overdue + self.no_deadline_open

    @property
    def total(self) -> int:
        """All that are counted."""
        return self.done + self.open + self.paused

    @property
    def completion_rate(self) -> float | None:
        """The share that is done, of those that are not paused; None where there are none."""
        return _share(self.done, self.done + self.open)

    @property
    def on_time_rate(self) -> float | None:
        """The share done on time of all whose deadline has come."""
        return _share(self.on_time, self.on_time + self.late + self.overdue)

    @property
    def update_rate(self) -> float | None:
        """The share of the open ones that were told of lately."""
        return _share(self.updated, self.open)


_GROUP: Mapping[Bucket, str] = {
    Bucket.ON_TIME: "on_time",
    Bucket.LATE: "late",
    Bucket.IN_TIME: "in_time",
    Bucket.DUE_SOON: "in_time",
    Bucket.OVERDUE: "overdue",
    Bucket.NO_DEADLINE: "no_deadline_open",
    Bucket.DONE_NO_DEADLINE: "no_deadline_done",
    Bucket.PAUSED: "paused",
}

_OPEN = ("in_time", "overdue", "no_deadline_open")


def _buckets(*groups: str) -> tuple[Bucket, ...]:
    return tuple(bucket for bucket, group in _GROUP.items() if group in groups)


BEHIND: Mapping[str, tuple[Bucket, ...]] = {
    "total": tuple(_GROUP),
    "done": _buckets("on_time", "late", "no_deadline_done"),
    "open": _buckets(*_OPEN),
    "updated": _buckets(*_OPEN),
} | {group: _buckets(group) for group in dict.fromkeys(_GROUP.values())}
"""Where the duties stand in time that each of `Figures` counts; of "updated" only those told of lately."""


def banded(figures: Mapping[str, Figures], bands: Sequence[int]) -> list[list[str]]:
    """Units ranked by completion, then by update, within bands of size: `bands` are the least numbers of
    duties of each band; the largest comes first, what has fewer than the smallest last."""
    edges = sorted(bands, reverse=True)
    found: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for key, one in figures.items():
        place = next((at for at, least in enumerate(edges) if one.total >= least), len(edges))
        found[place].append(key)

    def rank(key: str) -> tuple[float, float, int, str]:
        one = figures[key]
        return (-(one.completion_rate or 0.0), -(one.update_rate or 0.0), -one.total, key)

    return [sorted(band, key=rank) for band in found]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
