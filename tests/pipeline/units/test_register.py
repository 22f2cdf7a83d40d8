"""The register of units: names to ids as of a day, groups to members, and what its data must hold to."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.units import expand, find_units, resolve, without_title
from pipeline.units.register import Register, Unit, builtin, find_known
from pipeline.units.register.corpus import GROUPS, HY, NAMES, SLIPS
from pipeline.units.register.fuzzy import THRESHOLD
from pipeline.units.register.places import provinces, territories
from pipeline.units.register.units import SCOPES, listed


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("name", "issuer", "on", "expected", "today"), NAMES)
def test_a_name_means_a_unit_of_its_day(
    name: str, issuer: str, on: str, expected: str | None, today: tuple[str, ...]
) -> None:
    found = resolve(name, issuer, day(on))
    assert (found and found.unit.id) == expected
    successors = [unit.id for unit in found.successors] if found else []
    assert set(today) <= set(successors)
    if not today and "chau-thanh" not in (expected or "") and "phong-" not in (expected or ""):
        assert successors == []


@pytest.mark.parametrize(("name", "expected", "_why"), SLIPS)
def test_a_slip_is_told_with_its_similarity(name: str, expected: str, _why: str) -> None:
    found = resolve(name, HY, dt.date(2024, 3, 5))
    assert found is not None
    assert found.unit.id == expected
    assert found.similarity < 1.0
    assert "fuzzy" in found.flags


@pytest.mark.parametrize("name", ["Sở Nội vị", "Cục Thú ý kiến", "Quân khu 6", "Sở Thương", "Vụ Pháp luật"])
def test_what_is_not_like_one_name_alone_stays_unknown(name: str) -> None:
    found = resolve(name, "BỘ QUỐC PHÒNG", dt.date(2024, 3, 5))
    assert found is None or found.similarity >= THRESHOLD


def test_the_corpus_is_large_enough_to_lean_on() -> None:
    assert len(NAMES) >= 120


@pytest.mark.parametrize(("name", "issuer", "on", "count", "some"), GROUPS)
def test_a_group_is_its_members_of_the_day(
    name: str, issuer: str, on: str, count: int | None, some: tuple[str, ...]
) -> None:
    members = expand(name, issuer, day(on))
    assert (None if members is None else len(members)) == count
    assert set(some) <= {unit.id for unit in members or ()}


def test_a_group_without_a_day_is_not_expanded() -> None:
    assert expand("các sở, ban, ngành", HY) is None


@pytest.mark.parametrize(
    ("on", "valid"), [("2024-03-05", True), ("2025-03-20", None), ("2026-03-05", False), ("", None)]
)
def test_a_department_was_there_unless_its_province_had_merged_it(on: str, valid: bool | None) -> None:
    found = resolve("Sở Kế hoạch và Đầu tư", HY, day(on))
    assert found is not None
    assert found.valid is valid


def test_the_heading_s_place_tells_the_province_where_the_issuer_does_not() -> None:
    found = resolve("Sở Tài chính", "SỞ Y TẾ", dt.date(2024, 3, 5), "Hưng Yên")
    assert found is not None
    assert found.unit.id == "so-tai-chinh:hung-yen"
    ministry = resolve("Sở Tài chính", "BỘ Y TẾ", dt.date(2024, 3, 5), "Hà Nội")
    assert ministry is not None
    assert ministry.unit.id == "so-tai-chinh"
    assert ministry.flags == ("kind_only",)


def test_an_office_s_own_unit_comes_first() -> None:
    own = Unit("to-so-hoa", "Tổ Số hóa hồ sơ", ("Tổ SHHS",), parent="van-phong-uy-ban-nhan-dan-tinh:hung-yen")
    register = Register([own])
    found = register.resolve("Tổ trưởng Tổ SHHS", HY) or register.resolve("Tổ SHHS", HY)
    assert found is not None
    assert found.unit == own
    assert builtin().resolve("Tổ SHHS", HY) is None


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("giám đốc sở y tế", "sở y tế"),
        ("phó chủ tịch ủy ban nhân dân tỉnh", "ủy ban nhân dân tỉnh"),
        ("chánh văn phòng bộ", "văn phòng bộ"),
        ("tổng thanh tra chính phủ", "thanh tra chính phủ"),
        ("trưởng ban tổ chức tỉnh ủy", "ban tổ chức tỉnh ủy"),
        ("sở y tế", "sở y tế"),
        ("giám đốc", "giám đốc"),
    ],
)
def test_titles_fall_away(said: str, body: str) -> None:
    assert without_title(said) == body


# ------------------------------------------------------------ names in a text


_JOINED = [
    u.name for u in listed() if u.level in ("ministry", "department") and (" và " in u.name or "," in u.name)
]


@pytest.mark.parametrize("name", _JOINED)
def test_a_name_that_holds_commas_and_va_is_one_unit_of_a_list(name: str) -> None:
    assert [one.text for one in find_units(f"Giao {name}, Sở Y tế và Công an tỉnh rà soát.")] == [
        name,
        "Sở Y tế",
        "Công an tỉnh",
    ]


def test_registered_names_are_found_in_a_text() -> None:
    text = "Giao Sở Văn hóa, Thể thao và Du lịch, xã Lương Bằng, tỉnh Thái Bình và Bộ Y tế; giữ gìn hòa bình."
    found = [text[one.span.start : one.span.end] for one in find_known(text)]
    assert found == ["Sở Văn hóa, Thể thao và Du lịch", "xã Lương Bằng", "tỉnh Thái Bình", "Bộ Y tế"]


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["Sở Y tế", " ", "UBND ", "xã Lương Bằng", "ß", "İ"])).map("".join)
)
def test_found_names_are_ordered_and_apart(text: str) -> None:
    end = 0
    for one in find_known(text):
        assert end <= one.span.start < one.span.end
        end = one.span.end


# ------------------------------------------------------------ for any text


_WORDS = st.sampled_from(
    [
        "Sở",
        "Bộ",
        "UBND",
        "tỉnh",
        "xã",
        "huyện",
        "các",
        "Hưng Yên",
        "Kim Động",
        "Giám đốc",
        "và",
        ",",
        "thành phố",
        "0",
        "của",
    ]
)


@given(
    st.text(max_size=60) | st.lists(_WORDS, max_size=8).map(" ".join),
    st.text(max_size=40) | st.lists(_WORDS, max_size=8).map(" ".join),
    st.dates() | st.none(),
)
def test_no_name_makes_it_fail(name: str, issuer: str, on: dt.date | None) -> None:
    found = resolve(name, issuer, on)
    if found is not None:
        assert 0 < found.similarity <= 1
        assert (found.similarity < 1) == ("fuzzy" in found.flags)
        assert not found.unit.began_after(on)
    expand(name, issuer, on)


@given(st.sampled_from(listed()), st.sampled_from(sorted(provinces())))
def test_a_unit_s_own_name_leads_back_to_it(kind: Unit, province: str) -> None:
    register = builtin()
    if kind.scope not in ("", "province"):
        return
    unit = register.unit(f"{kind.id}:{province}") if kind.scope else kind
    assert unit is not None
    on = (
        unit.valid_to
        or unit.valid_from
        or (kind.changed and (dt.date(2024, 1, 1) if kind.successors else dt.date(2025, 7, 1)))
    )
    found = register.resolve(unit.name, "", on or None)
    assert found is not None
    assert found.unit.id == unit.id


# ------------------------------------------------------------ the data


def test_no_id_twice() -> None:
    ids = [unit.id for unit in listed()]
    assert [key for key, count in Counter(ids).items() if count > 1] == []


def test_every_scope_is_known() -> None:
    assert {unit.scope for unit in listed()} <= set(SCOPES)


def test_every_successor_and_parent_exists() -> None:
    ids = {unit.id for unit in listed()}
    assert [unit.id for unit in listed() if not set(unit.successors) <= ids] == []
    assert [unit.id for unit in listed() if unit.parent and unit.parent not in ids] == []
    known = provinces()
    assert all(key in known for one in known.values() for key in one.successors)


def test_every_date_has_a_source() -> None:
    dated = [unit for unit in listed() if unit.valid_from or unit.valid_to or unit.changed or unit.successors]
    assert [unit.id for unit in dated if not unit.source] == []
    assert [
        one.id for one in provinces().values() if (one.valid_to or one.successors) and not one.source
    ] == []
    assert all(one.source for one in territories() if one.valid_from or one.valid_to)


def test_dates_run_forward() -> None:
    assert all(unit.valid_from <= unit.valid_to for unit in listed() if unit.valid_from and unit.valid_to)
    assert all(unit.changed[0] < unit.changed[1] for unit in listed() if unit.changed)


def test_no_name_means_two_units_of_one_level() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for key, entries in builtin()._index.items():
        for entry in entries:
            owners.setdefault((key, entry.unit.scope), set()).add(entry.unit.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_the_country_has_its_provinces_and_communes() -> None:
    assert sum(one.existed_on(dt.date(2024, 3, 5)) for one in provinces().values()) == 63
    assert sum(one.existed_on(dt.date(2026, 3, 5)) for one in provinces().values()) == 34
    assert sum(one.today for one in territories()) == 3321
    assert sum(one.is_district for one in territories()) == 696


def test_no_territory_twice() -> None:
    ids = Counter(one.id for one in territories())
    assert [key for key, count in ids.items() if count > 1] == []
