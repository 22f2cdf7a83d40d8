"""The register itself: a name as written, its issuer and day in, a `Resolution` out; units by their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from pipeline.units.register import compose
from pipeline.units.register.context import Issuer, issuer_of
from pipeline.units.register.fuzzy import nearest
from pipeline.units.register.keys import compact, named, words
from pipeline.units.register.scopes import Tail, commune_of, district_of, province_of, tail_of
from pipeline.units.register.stems import stem
from pipeline.units.register.units import Resolution, Unit, listed

_MAX_WORDS = 24  # of a name; what is longer is a sentence
_MAX_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to name a unit: `words` of the name without its level, `levelled` if one must follow."""

    unit: Unit
    name: str
    words: str
    levelled: bool


class Register:
    """The listed units and, before them, an office's own (service/own_units.py reads those)."""

    def __init__(self, own: Iterable[Unit] = ()) -> None:
        self.own = tuple(own)
        self.resolve = lru_cache(maxsize=8192)(self._resolve)
        self.unit = lru_cache(maxsize=16_384)(self._unit)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units and kinds by id; an office's own take the place of listed ones."""
        return {unit.id: unit for unit in listed()} | {unit.id: unit for unit in self.own}

    @cached_property
    def _index(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for unit in self.units.values():
            for name in (unit.name, *unit.aliases):
                base, levelled = stem(name, unit.scope)
                said = words(base)
                found.setdefault(compact(said), []).append(Entry(unit, name, " ".join(said), levelled))
        for unit, base, initials in _initials(self.units.values()):
            found.setdefault(initials, []).append(Entry(unit, unit.name, base, levelled=False))
        return {key: tuple(dict.fromkeys(them)) for key, them in found.items()}

    @cached_property
    def _stems(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by the words of their names, to compare slips with."""
        return {entry.words: them for key, them in self._index.items() for entry in them if compact(
            tuple(entry.words.split())) == key}  # fmt: skip

    def _unit(self, key: str) -> Unit | None:
        """The unit of this id, composed of its kind and where it belongs; None if there is none."""
        if key in self.units:
            return self.units[key]
        return compose.unit(self.units, key)

    def successors(self, unit: Unit) -> tuple[Unit, ...]:
        """Who does its work today: none for a unit that still exists."""
        return compose.today(self.units, unit)

    def _resolve(
        self, name: str, issuer: str = "", on_date: dt.date | None = None, place: str = ""
    ) -> Resolution | None:
        """The unit that `name` means in a document of `issuer` on a day; None if it is not known for sure.

        `place` is the heading's ("Hưng Yên, ngày …"). Of a kind whose province is not known the kind is
        given, flagged "kind_only". A name that outlived its unit still means it; one from later does not.
        """
        if len(name) > _MAX_LETTERS or not 0 < len(parts := words(name)) <= _MAX_WORDS:
            return None
        whose = issuer_of(issuer, place, on_date)
        forms = dict.fromkeys((parts, named(name)))
        for exact in (True, False):
            for form in forms:
                best = self._best(self._found(form, whose, on_date, exact=exact), on_date)
                if best is not None:
                    return best
        return None

    def _best(self, found: Iterable[Resolution], day: dt.date | None) -> Resolution | None:
        """The likeliest: one that existed then; none where two may be meant."""
        usable = [one for one in found if not one.unit.began_after(day)]
        ranked = sorted(usable, key=lambda one: (one.valid is False, bool(one.flags)))
        if (
            len(ranked) > 1
            and _rank(ranked[0]) == _rank(ranked[1])
            and ranked[0].unit.id != ranked[1].unit.id
        ):
            same = {compose.final(self.units, one.unit) for one in ranked}
            return ranked[0] if len(same) == 1 else None
        return ranked[0] if ranked else None

    def _found(
        self, parts: tuple[str, ...], whose: Issuer, day: dt.date | None, *, exact: bool
    ) -> Iterator[Resolution]:
        """What the words may mean: the longest body's name that they begin with and that the rest fits."""
        if exact:
            territory = compose.territory(parts, whose, day)
            if territory is not None:
                yield self._resolution(territory, territory.name, 1.0, day, ())
                return
        for cut in range(len(parts), 0, -1):
            tail = tail_of(parts[cut:])
            owner = self._owner(parts[cut:]) if cut < len(parts) else ""
            if tail is None and not owner:
                continue
            entries, similarity = self._entries(parts[:cut], exact=exact)
            placed = [
                (entry, where)
                for entry in entries
                if (where := _where(entry, tail, owner, whose, day)) is not None
            ]
            for entry, where in placed:
                yield self._placed(entry, where, similarity, day)
            if placed:
                return
        yield from self._inside(parts, whose, day, exact=exact)

    def _entries(self, parts: tuple[str, ...], *, exact: bool) -> tuple[tuple[Entry, ...], float]:
        if exact:
            return self._index.get(compact(parts), ()), 1.0
        said = " ".join(parts)
        close = nearest(said, tuple(self._stems))
        return (self._stems[close.name], close.similarity) if close else ((), 0.0)

    def _owner(self, parts: tuple[str, ...]) -> str:
        """The central body that words after a name say ("Vụ Pháp chế | Bộ Xây dựng"), or ""."""
        entries = self._index.get(compact(parts), ())
        return next((entry.unit.id for entry in entries if not entry.unit.scope), "")

    def _inside(
        self, parts: tuple[str, ...], whose: Issuer, day: dt.date | None, *, exact: bool
    ) -> Iterator[Resolution]:
        """A part of the issuing body named without it: "Ban Tuyên giáo" in a paper of the Confederation."""
        body = self.units.get(whose.body) if exact else None
        for name in (body.name, *body.aliases) if body else ():
            for entry in self._index.get(compact((*parts, *words(name))), ()):
                if body and entry.unit.parent == body.id:
                    yield self._placed(entry, "", 1.0, day)
                    return

    def _placed(self, entry: Entry, where: str, similarity: float, day: dt.date | None) -> Resolution:
        flags = ("fuzzy",) if similarity < 1.0 else ()
        if not entry.unit.scope:
            return self._resolution(entry.unit, entry.name, similarity, day, flags)
        unit = self.unit(f"{entry.unit.id}:{where}") if where else None
        if unit is None:
            return self._resolution(entry.unit, entry.name, similarity, day, (*flags, "kind_only"))
        return self._resolution(unit, entry.name, similarity, day, flags)

    def _resolution(
        self, unit: Unit, matched: str, similarity: float, day: dt.date | None, flags: tuple[str, ...]
    ) -> Resolution:
        own = self.units.get(unit.id, unit)
        return Resolution(own, matched, similarity, own.valid_on(day), self.successors(own), flags)


def _rank(one: Resolution) -> tuple[bool, bool]:
    return one.valid is False, bool(one.flags)


def _where(entry: Entry, tail: Tail | None, owner: str, whose: Issuer, day: dt.date | None) -> str | None:
    """The member of its scope that an entry belongs to here, "" if that is not known; None if it cannot be
    meant with these words after it."""
    unit = entry.unit
    if unit.scope == "":
        return "" if (tail is not None and not tail.entries) or owner == unit.parent != "" else None
    if unit.scope == "ministry":
        if owner:
            return owner
        return (whose.ministry or whose.body) if tail and _own_level(tail, entry, "bộ") else None
    if tail is None or (entry.levelled and not tail.entries and unit.scope != "department"):
        return None
    if unit.scope == "province":
        return province_of(tail, whose, day)
    if unit.scope == "department":
        inside = f"{whose.department}:{whose.province}" if whose.department and whose.province else None
        return inside if _own_level(tail, entry, "sở") else None
    place = (district_of if unit.scope == "district" else commune_of)(tail, whose, day)
    return place.id if place else None


def _own_level(tail: Tail, entry: Entry, word: str) -> bool:
    """Whether nothing but the owner's own word follows: "Văn phòng | Bộ"; a full name needs none."""
    if not tail.entries:
        return not entry.levelled
    return tail.entries == (("", word),)


def _initials(units: Iterable[Unit]) -> Iterator[tuple[Unit, str, str]]:
    """Departments and ministries with initials for the last words: "Sở KHĐT", "Bộ Nông nghiệp & PTNT"; what
    two could bear is left out."""
    found: dict[str, list[tuple[Unit, str]]] = {}
    for unit in units:
        said = words(unit.name)
        if said[:1] in (("sở",), ("bộ",)) and unit.level in ("department", "ministry"):
            for cut in range(1, len(said) - 1):
                key = "".join((*said[:cut], *(word[0] for word in said[cut:])))
                found.setdefault(key, []).append((unit, " ".join(said)))
    for key, them in found.items():
        if len(them) == 1:
            yield *them[0], key


@cache
def builtin() -> Register:
    """The register of the listed units only."""
    return Register()


def resolve(
    name: str, issuer: str = "", on_date: dt.date | None = None, place: str = ""
) -> Resolution | None:
    """As `Register.resolve`, in the register of the listed units."""
    return builtin().resolve(name, issuer, on_date, place)
