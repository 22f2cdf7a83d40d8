"""How deadlines are read, and where values stand, is said in English too; what the document says stays."""

from __future__ import annotations

import datetime as dt
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import deadlines
from pipeline.deadlines import find_deadlines, read_cell
from pipeline.english import path_in_english, reading_in_english

ISSUED = dt.date(2024, 3, 1)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name))


def phrases() -> set[str]:
    """Every phrase of the deadlines' examples."""
    names = [one.name for one in pkgutil.iter_modules(deadlines.__path__) if one.name.startswith("corpus")]
    modules = [import_module(f"{deadlines.__name__}.{name}") for name in names]
    return {
        text for module in modules for text in strings([v for k, v in vars(module).items() if k.isupper()])
    }


def test_every_reading_of_the_examples_has_its_english():
    readings = set()
    for phrase in phrases():
        for issued_on in (ISSUED, None):
            cell = read_cell(phrase, issued_on) if len(phrase) < 80 else None
            readings |= {one.words for one in (*find_deadlines(phrase, issued_on), *([cell] if cell else ()))}
    assert len(readings) > 400
    assert {one for one in readings if reading_in_english(one) is None} == set()


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        (
            "hằng tháng, ngày 25 → FREQ=MONTHLY;BYMONTHDAY=25",
            "monthly, on day 25 → FREQ=MONTHLY;BYMONTHDAY=25",
        ),
        ("ký 05/03/2024 + 15 ngày làm việc → 26/03/2024", "issued 05/03/2024 + 15 working days → 26/03/2024"),
        ("17:00 ngày 5/9/2024 → 05/09/2024", "17:00 5/9/2024 → 05/09/2024"),
        ("ngày cuối của quý II/2024 → 30/06/2024", "last day of quarter II/2024 → 30/06/2024"),
        ("1 ngày, không nói tính từ đâu", "1 day, not said from when"),
        ("3 ngày tính từ: nhận hồ sơ", "3 days counted from “nhận hồ sơ”"),
        ("sự kiện chưa rõ ngày: sau khi phê duyệt", "an event whose day is not known: after “phê duyệt”"),
        ("một câu lạ", None),
    ],
)
def test_readings(vietnamese: str, english: str | None):
    assert reading_in_english(vietnamese) == english


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Điều 2 › khoản 1 › điểm a", "Article 2 › clause 1 › point a"),
        ("3 › gạch đầu dòng 2", "3 › dash 2"),
        ("PHẦN II › Chương 3", "Part II › Chapter 3"),
        ("mục 2 › a", "item 2 › a"),
        ("IV", "IV"),
        ("", ""),
    ],
)
def test_paths(vietnamese: str, english: str):
    assert path_in_english(vietnamese) == english


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str):
    path_in_english(text)
    reading_in_english(text)
