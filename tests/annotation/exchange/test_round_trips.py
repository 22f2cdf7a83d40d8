"""What is marked goes out to each tool's form and comes back as it was."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.exchange import conll, docbin, doccano, label_studio, own
from annotation.exchange.regions import WrongFile
from annotation.marked import MarkedDeadline, MarkedDocument, MarkedTask, MarkedUnit, label_of
from pipeline.types import DeadlineKind, Span

pytest.importorskip("spacy")

TEXT = (
    "1. Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát trạm y tế trước ngày 15/3/2026.\n"
    "2.  Báo cáo kết quả."
)


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


HEALTH = MarkedUnit("Sở Y tế", at("Sở Y tế"))
DUE = MarkedDeadline(DeadlineKind.DATE, at("trước ngày 15/3/2026"), dt.date(2026, 3, 15))
REVIEW = MarkedTask(
    "rà soát trạm y tế trước ngày 15/3/2026",
    at("rà soát trạm y tế trước ngày 15/3/2026"),
    (HEALTH,),
    (MarkedUnit("Sở Tài chính", at("Sở Tài chính")),),
    DUE,
    "inspect",
    "health",
)
REPORT = MarkedTask("Báo cáo kết quả", at("Báo cáo kết quả"), (HEALTH, MarkedUnit("UBND các xã")), (), DUE)
DOCUMENT = MarkedDocument("d1", TEXT, (REVIEW, REPORT), ("hai người rà soát khác nhau",))

Trip = Callable[[Iterable[MarkedDocument]], list[MarkedDocument]]
TRIPS: dict[str, Trip] = {
    "own": lambda them: list(own.read(list(own.write(them)))),
    "label-studio": lambda them: list(label_studio.read(label_studio.write(them))),
    "doccano": lambda them: list(doccano.read(list(doccano.write(them)))),
    "conll": lambda them: list(conll.read(list(conll.write(them)))),
    "docbin": lambda them: list(docbin.read(docbin.write(them))),
}


@pytest.mark.parametrize("form", TRIPS)
def test_a_document_comes_back(form: str):
    assert TRIPS[form]([DOCUMENT, MarkedDocument("rỗng", "Không giao việc.\n")]) == [
        DOCUMENT,
        MarkedDocument("rỗng", "Không giao việc.\n"),
    ]


def spans(text: str) -> st.SearchStrategy[tuple[Span, ...]]:
    """Pieces that begin and end at letters, apart from each other."""
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    if not letters:
        return st.just(())
    borders = st.lists(st.sampled_from(letters), max_size=4, unique=True).map(sorted)
    return borders.map(
        lambda them: tuple(
            Span(one, other + 1) for one, other in zip(them[::2], them[1::2], strict=False) if one < other
        )
    )


VALUE = st.text("abơđ ủ:|\t\n\"'", min_size=1, max_size=8).filter(str.strip)
TEXTS = st.text("abơđủ  .,;1\n\t\u00a0|O-#", max_size=60)


@st.composite
def documents(draw: st.DrawFn) -> MarkedDocument:
    text = draw(TEXTS)
    units = st.lists(st.builds(MarkedUnit, VALUE, spans(text)), max_size=2, unique=True).map(tuple)
    dues = st.builds(
        MarkedDeadline,
        st.sampled_from([DeadlineKind.DATE, DeadlineKind.EVENT]),
        spans(text),
        st.none() | st.dates(),
        st.none() | st.just("FREQ=MONTHLY;BYMONTHDAY=25"),
    )
    task = st.builds(
        MarkedTask, VALUE, spans(text), units, units, st.none() | dues, st.sampled_from(["", "inspect"])
    )
    return MarkedDocument(draw(VALUE), text, tuple(draw(st.lists(task, max_size=3))), ())


@pytest.mark.parametrize("form", TRIPS)
@given(documents())
def test_whatever_is_marked_comes_back(form: str, document: MarkedDocument):
    assert TRIPS[form]([document]) == [document]


@pytest.mark.parametrize(
    ("read", "content", "said"),
    [
        (own.read, ["{"], "line 1: not JSON"),
        (own.read, ['{"id": "d1"}'], "d1: .*missing"),
        (doccano.read, ["", '{"text": "a"}'], "dòng 2"),
        (conll.read, ["Sở\t0\tO"], "dòng 1"),
        (label_studio.read, "{}", "not a list"),
        (label_studio.read, '[{"data": {"id": "d1"}}]', "d1"),
        (
            doccano.read,
            [
                '{"text": "a", "entities": [{"id": 1, "label": "task", "start_offset": 0, "end_offset": 9}],'
                ' "relations": []}'
            ],
            "outside the text",
        ),
        (docbin.read, b"PK\x03\x04", "DocBin"),
    ],
)
def test_a_foreign_file_is_told_by_its_place(read: Callable, content: object, said: str):
    with pytest.raises(WrongFile, match=said):
        list(read(content))


def test_a_label_follows_from_what_is_marked():
    first, second = label_of(DOCUMENT)
    assert first["deadline"] == {
        "text": "trước ngày 15/3/2026",
        "kind": "date",
        "date": "2026-03-15",
        "rrule": None,
    }
    assert (second["leads"], "nature" in second) == (["Sở Y tế", "UBND các xã"], False)


def test_what_two_tasks_share_is_one_region_to_look_at():
    (task,) = json.loads(label_studio.write([DOCUMENT]))
    result = task["annotations"][0]["result"]
    marks = [one for one in result if one["type"] == "labels"]
    assert [one["value"]["labels"][0] for one in marks] == ["task", "task", "unit", "unit", "deadline"]
    assert [one["labels"] for one in result if one["type"] == "relation"].count(["lead"]) == 2


def test_a_task_marked_anew_in_a_tool_is_read_with_its_classes_open():
    line = json.dumps(
        {
            "text": "Sở Y tế báo cáo.",
            "entities": [
                {"id": 7, "label": "task", "start_offset": 8, "end_offset": 15},
                {"id": 9, "label": "unit", "start_offset": 0, "end_offset": 7},
            ],
            "relations": [{"id": 1, "from_id": 7, "to_id": 9, "type": "lead"}],
        }
    )
    (document,) = doccano.read([line])
    assert document.tasks == (MarkedTask("báo cáo", (Span(8, 15),), (MarkedUnit("Sở Y tế", (Span(0, 7),)),)),)


def test_the_configuration_offers_every_class():
    configuration = label_studio.configuration()
    assert "<!--" not in configuration
    assert 'value="finance_budget"' in configuration
