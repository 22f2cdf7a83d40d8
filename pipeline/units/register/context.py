"""Whose document it is: the issuer's name and place in, its province, district, commune and body out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from pipeline.units.register.keys import compact, words
from pipeline.units.register.known import Known, find_known
from pipeline.units.register.places import Territory, province_keys


@dataclass(frozen=True, slots=True)
class Issuer:
    """Ids, "" where not known. `body` is the central body itself or the one it belongs to, `ministry` that of
    ministerial rank; `department` the kind of the provincial body, if one issues."""

    province: str = ""
    district: Territory | None = None
    commune: Territory | None = None
    body: str = ""
    ministry: str = ""
    department: str = ""


@lru_cache(maxsize=1024)
def issuer_of(text: str, place: str = "", day: dt.date | None = None) -> Issuer:
    """The issuer that the heading's left column names; `place` ("Hưng Yên, ngày …") tells the province of a
    provincial body whose name does not."""
    known = find_known(text)
    bodies = [one for one in known if one.unit and not one.unit.scope]
    local = [one.unit for one in known if one.unit and one.unit.scope]
    districts = _existing([one for one in known if one.places and one.places[0].is_district], day)
    communes = _existing([one for one in known if one.places and not one.places[0].is_district], day)
    province = next((one.province for one in reversed(known) if one.province), "")
    district = _only(districts, province)
    commune = _only(communes, province, district)
    province = province or (district.province if district else commune.province if commune else "")
    if not province and not bodies and (local or "tỉnh" in words(text)):
        province = province_keys().get(compact(words(place)), "")
        district = district or _only(districts, province)
        commune = commune or _only(communes, province, district)
    return Issuer(
        province,
        district,
        commune,
        bodies[0].unit.id if bodies and bodies[0].unit else "",
        next((one.unit.id for one in bodies if one.unit and one.unit.level == "ministry"), ""),
        next(
            (
                unit.id
                for unit in reversed(local)
                if unit.level == "department" and unit.name.startswith("Sở")
            ),
            "",
        ),
    )


def _existing(found: list[Known], day: dt.date | None) -> tuple[Territory, ...]:
    """The places that the last of these names may mean, those that existed on the day."""
    return tuple(one for one in found[-1].places if fits(one, day)) if found else ()


def fits(place: Territory, day: dt.date | None) -> bool:
    """Whether a document of `day` may mean this place as one that exists."""
    if day is None:
        return True
    return not ((place.valid_from and day < place.valid_from) or (place.valid_to and day > place.valid_to))


def _only(found: tuple[Territory, ...], province: str, district: Territory | None = None) -> Territory | None:
    """The one place that is meant, if there is but one."""
    if province:
        found = tuple(one for one in found if one.province == province)
    if district is not None and len(found) > 1:
        found = tuple(one for one in found if one.today or one.district == district.name)
    return one_of(found)


def one_of(found: tuple[Territory, ...]) -> Territory | None:
    """The one place among those of a name; one that went over into another of its name is that one."""
    if len(found) == 2:
        later, before = found if found[0].today else (found[1], found[0])
        if later.today and not before.today and before.codes == later.codes:
            return later
    return found[0] if len(found) == 1 else None
