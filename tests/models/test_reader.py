"""The second reader: what it is taught, what it sees, and that it only speaks beside the rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from letter import LETTER, TASKS, directive_of

from models.reader.model import FOLDER, DamagedReaderError, load, second
from models.reader.pieces import pieces_of
from models.reader.read import see
from models.reader.tags import BEGINS, COOPERATOR, DUE, LEAD, LEADS_IN
from models.training.lessons import lesson
from models.training.reader import taught
from pipeline.agreement import SecondReading, agreement, agreement_facts
from pipeline.assignments import Draft, find_drafts
from pipeline.extract import extract_from
from pipeline.read import open_source, read
from pipeline.types import Classified, Directive, Probabilities, SeenTask, Span


def test_every_piece_is_cut_out_of_the_text_and_knows_what_it_stands_under() -> None:
    directive = directive_of(LETTER)
    pieces = pieces_of(directive)
    words = [directive.layout.text[one.span.start : one.span.end] for one in pieces]
    item = next(at for at, said in enumerate(words) if said.startswith("Rà soát toàn bộ"))
    assert any("Phòng Tổ chức" in words[above] for above in pieces[item].above)
    assert all(above < at for at, one in enumerate(pieces) for above in one.above)


def test_a_label_teaches_where_the_task_its_units_and_its_deadline_stand() -> None:
    directive = directive_of(LETTER)
    taught_by = lesson(directive, TASKS)
    words = [directive.layout.text[one.span.start : one.span.end] for one in taught_by.view.pieces]
    tags = dict(zip(words, taught_by.tags, strict=True))
    assert taught_by.unplaced == 0
    assert [said for said, tag in tags.items() if tag == BEGINS] == [task["text"] for task in TASKS]
    assert any(said.startswith("Yêu cầu Phòng Tổ chức") for said, tag in tags.items() if tag == LEADS_IN)
    roles = [tag for each in taught_by.units for tag in each]
    assert roles.count(LEAD) == 2  # named once for both items, and once for its own
    assert roles.count(COOPERATOR) == 1
    assert [tag for each in taught_by.deadlines for tag in each].count(DUE) == 1


def test_a_label_that_is_nowhere_in_the_text_teaches_nothing() -> None:
    directive = directive_of(LETTER)
    taught_by = lesson(directive, [TASKS[0] | {"text": "Xây dựng cầu vượt sông ở xã miền núi"}])
    assert taught_by.unplaced == 1
    assert BEGINS not in taught_by.tags


def test_what_was_taught_is_seen_again_with_what_the_lead_in_hands_down() -> None:
    directive = directive_of(LETTER)
    seen = see(directive, taught([lesson(directive, TASKS)] * 3))
    assert [[unit.name for unit in one.leads] for one in seen] == [task["leads"] for task in TASKS]
    assert [[unit.name for unit in one.cooperators] for one in seen] == [
        task["cooperators"] for task in TASKS
    ]
    assert seen[0].deadline is not None
    assert str(seen[0].deadline.date) == "2024-04-15"
    assert all(0 <= one.likely <= 1 for one in seen)


def test_a_document_without_words_has_no_tasks() -> None:
    assert second(directive_of(".")) == ()


def test_the_shipped_weights_are_checked_before_they_are_read(tmp_path: Path) -> None:
    for path in FOLDER.glob("reader*"):
        shutil.copy(path, tmp_path)
    load(tmp_path)
    load.cache_clear()
    (tmp_path / "reader_units.crf").write_bytes(b"lCRF")
    with pytest.raises(DamagedReaderError, match=r"reader_units\.crf"):
        load(tmp_path)


def seen_like(draft: Draft) -> SeenTask:
    """A second reading that says just what the draft says."""
    return SeenTask(draft.spans, draft.leads, draft.cooperators, draft.deadline, 0.9)


def test_a_reading_agrees_with_itself_and_tells_in_what_another_differs() -> None:
    drafts, _ = find_drafts(directive_of(LETTER))
    same = [seen_like(draft) for draft in drafts]
    assert all(agreement(draft, SecondReading(same)).whole for draft in drafts)
    first = same[0]
    other = SeenTask(first.spans, (), first.cooperators, None, 0.9)
    found = agreement(drafts[0], SecondReading([other]))
    assert (found.text, found.leads, found.cooperators, found.deadline) == (True, False, True, False)
    assert found.differs == ("leads", "deadline")
    facts = agreement_facts(found)
    assert (facts["second_leads"], facts["second_whole"]) == (0.0, 0.0)


def test_a_task_that_only_the_rules_see_is_told_as_such() -> None:
    drafts, _ = find_drafts(directive_of(LETTER))
    elsewhere = SeenTask((Span(0, 5),), (), (), None, 0.9)
    assert agreement_facts(agreement(drafts[0], SecondReading([elsewhere]))) == {"second_missed": 1.0}


def test_the_second_reading_changes_no_task_and_speaks_only_where_there_is_doubt() -> None:
    reading = read(open_source("letter.txt", LETTER.encode()))

    def classify(_: object, tasks: object) -> tuple[Classified, ...]:
        return (Classified("execute", "khac", 0.5, 0.5),) * len(tasks)  # type: ignore[arg-type]

    def otherwise(directive: Directive) -> tuple[SeenTask, ...]:
        drafts, _ = find_drafts(directive)
        return tuple(SeenTask(one.spans, (), one.cooperators, one.deadline, 0.9) for one in drafts)

    alone = extract_from(reading, classify=classify)
    assert [(task.second, task.differs) for task in alone.tasks] == [(None, ())] * len(alone.tasks)
    twice = extract_from(reading, classify=classify, second=otherwise)
    assert [task.leads for task in twice.tasks] == [task.leads for task in alone.tasks]
    assert {task.differs for task in twice.tasks if task.leads} == {("leads",)}
    assert all(task.second for task in twice.tasks if task.leads)

    def told(sure: float) -> list[tuple[str, ...]]:
        likely = Probabilities(*[sure] * 8)
        nothing = extract_from(
            reading, classify=classify, estimate=lambda _: likely, second=lambda directive: ()
        )
        alone = extract_from(reading, classify=classify, estimate=lambda _: likely)
        assert [task.text for task in nothing.tasks] == [task.text for task in alone.tasks]
        assert [task.leads for task in nothing.tasks] == [task.leads for task in alone.tasks]
        return [task.reasons for task in nothing.tasks]

    assert all("Bộ đọc thứ hai không thấy nhiệm vụ ở đây." in one for one in told(0.5))
    assert not any("Bộ đọc thứ hai" in reason for one in told(0.99) for reason in one)
