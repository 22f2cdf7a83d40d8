"""What a cell says: days, documents, deadlines counted from the document, bodies, states."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.units.register.register import builtin
from service.importing.remarks import Unclear
from service.importing.values import day_of, document_of, due_of, state_of, units_of
from service.tracking.life import Life

DAY = dt.date(2026, 1, 12)
PLACE = "UBND tỉnh Hưng Yên"


@pytest.mark.parametrize(
    "said", ["12/1/2026", "12.01.2026", "ngày 12 tháng 01 năm 2026", "2026-01-12", "ngày 12/01/2026"]
)
def test_days(said: str):
    assert day_of(said) == DAY


@pytest.mark.parametrize("said", ["31/02/2026", "hôm nọ", "12/1/0026"])
def test_what_is_no_day_is_told(said: str):
    with pytest.raises(Unclear):
        day_of(said)


@pytest.mark.parametrize(
    ("said", "number", "on"),
    [
        ("Số 12/CT-UBND ngày 12/1/2026", "12/CT-UBND", DAY),
        ("Công văn số: 40/UBND-TH (12/01/2026)", "40/UBND-TH", DAY),
        ("Nghị quyết 03-NQ/TU", "Nghị quyết 03-NQ/TU", None),
    ],
)
def test_a_cell_holds_number_and_day(said: str, number: str, on: dt.date | None):
    found = document_of(said)
    assert (found.number, found.on) == (number, on)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("trong quý II", dt.date(2026, 6, 30)),
        ("15/3/2026", dt.date(2026, 3, 15)),
        ("trong 10 ngày kể từ ngày ký", dt.date(2026, 1, 22)),
        ("Thường xuyên", None),
        ("Không thời hạn", None),
        ("-", None),
    ],
)
def test_deadlines_count_from_the_document(said: str, day: dt.date | None):
    assert due_of(said, DAY)[0] == day


def test_bodies_are_looked_up_and_names_with_commas_stay_whole():
    found = units_of("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế; Đoàn công tác Sao Mai", builtin(), PLACE, DAY)
    assert [one.name for one in found][1:] == ["Sở Y tế", "Đoàn công tác Sao Mai"]
    assert [one.id for one in found][1:] == ["so-y-te:hung-yen", ""]
    assert "Thể thao" in found[0].name


@pytest.mark.parametrize(
    ("said", "life", "in_time"),
    [
        ("Đã hoàn thành đúng hạn", Life.DONE, True),
        ("Chưa hoàn thành", Life.IN_PROGRESS, False),
        ("DANG THUC HIEN", Life.IN_PROGRESS, False),
        ("Chưa thực hiện", Life.NOT_STARTED, False),
        ("tạm dừng theo chỉ đạo", Life.SUSPENDED, False),
        ("xem kèm", None, False),
    ],
)
def test_states(said: str, life: Life | None, in_time: bool):
    assert state_of(said) == (life, in_time)
