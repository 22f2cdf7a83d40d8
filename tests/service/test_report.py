"""The page of `--format html`: whole in itself, fields tied to their marks, safe whatever a document says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from service.report import page

PICTURE = "data:image/png;base64,iVBORw0KGgo="
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def place(number: int, y: float = 100.0) -> dict[str, Any]:
    return {"page": number, "box": [50.0, y, 250.0, y + 12], "start": 0, "end": 9}


def unit(name: str, y: float = 100.0, inherited: bool = False) -> dict[str, Any]:
    return {"text": name, "name": name, "unit_id": None, "inherited": inherited, "evidence": [place(1, y)]}


def task(text: str = "rà soát các cơ sở", **changes: Any) -> dict[str, Any]:
    deadline = {"text": "trước ngày 15/3/2024", "kind": "date", "date": "2024-03-15", "time": None}
    deadline |= {"rrule": None, "inherited": False, "rule": "x", "words": "", "flags": []}
    return {
        "id": "t",
        "text": text,
        "path": "1",
        "leads": [unit("Sở Y tế", 60.0, inherited=True)],
        "cooperators": [unit("Công an tỉnh")],
        "deadline": deadline | {"evidence": [place(2)]},
        "output": None,
        "nature": "inspect",
        "field": "health",
        "confidence": 0.9,
        "rule": "request",
        "flags": [],
        "reasons": [],
        "evidence": [place(1), place(2)],
    } | changes


def record(**changes: Any) -> dict[str, Any]:
    document = {
        "number": "12/UBND-VX",
        "issued_on": "2024-03-05",
        "issuer": "UBND TỈNH MẪU",
        "type": "cong_van",
    }
    document |= {"subject": "thử", "signer": {"name": "A", "position": "B"}, "urgency": "normal"}
    document |= {"secrecy": "none", "recipients": [], "addressees": [], "doubtful": []}
    clause = {"text": "Căn cứ Luật Đê điều", "path": "", "role": "recital", "rule": "grounds"}
    return {
        "id": "a",
        "source": {"name": "a.pdf", "pages": 2, "page_sizes": [[595.0, 842.0], [842.0, 595.0]]},
        "document": document | {"evidence": {"number": [place(1, 20.0)]}},
        "tasks": [task(), task("bố trí kinh phí")],
        "clauses": [clause | {"evidence": [place(1, 200.0)]}],
        "issues": [],
        "pictures": {"1": PICTURE, "2": PICTURE},
    } | changes


def rendered(*records: dict[str, Any]) -> str:
    return "".join(page(records))


class Elements(HTMLParser):
    """Start tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def having(self, style: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.found if style in attrs.get("class", "").split()]


def test_every_field_of_a_task_shares_a_reference_with_its_marks():
    elements = Elements(rendered(record()))
    marked = {ref for mark in elements.having("mark") for ref in mark["data-ref"].split()}
    said = {attrs["data-ref"] for tag, attrs in elements.found if "data-ref" in attrs and tag != "i"}
    assert said == marked
    assert {"d1t1", "d1t1l0", "d1t1c0", "d1t1d", "d1h-number", "d1n1"} <= said


def test_a_unit_handed_down_to_several_tasks_is_marked_once():
    leads = [mark for mark in Elements(rendered(record())).having("mark") if "lead" in mark["class"]]
    assert [mark["data-ref"] for mark in leads] == ["d1t1l0 d1t2l0"]


def test_a_mark_lies_where_the_words_are():
    (mark,) = [m for m in Elements(rendered(record())).having("mark") if m["data-ref"] == "d1h-number"]
    assert "left:8.151%;top:2.197%" in mark["style"]


def test_loads_nothing():
    text = rendered(record(), record())
    for tag, attrs in Elements(text).found:
        for name in ("src", "href", "srcset", "data", "action"):
            assert attrs.get(name, "data:").startswith("data:"), (tag, attrs)
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("where", ["text", "path", "unit", "deadline", "header", "name", "clause", "issue"])
def test_what_a_document_says_stays_text(where):
    hostile = {
        "text": lambda: record(tasks=[task(HOSTILE)]),
        "path": lambda: record(tasks=[task(path=HOSTILE)]),
        "unit": lambda: record(tasks=[task(leads=[unit(HOSTILE)])]),
        "deadline": lambda: record(
            tasks=[task(deadline=task()["deadline"] | {"text": HOSTILE, "words": HOSTILE})]
        ),
        "header": lambda: record(document=record()["document"] | {"number": HOSTILE, "issuer": HOSTILE}),
        "name": lambda: record(source=record()["source"] | {"name": HOSTILE}),
        "clause": lambda: record(clauses=[record()["clauses"][0] | {"text": HOSTILE, "rule": HOSTILE}]),
        "issue": lambda: record(issues=[{"stage": "read", "message": HOSTILE}]),
    }[where]()
    elements = Elements(rendered(hostile))
    assert [tag for tag, _ in elements.found].count("script") == 1
    assert all("onerror" not in attrs for _, attrs in elements.found)
    assert HOSTILE not in rendered(hostile)


def test_several_documents_have_a_way_between_them():
    elements = Elements(rendered(record(), record(id="b")))
    assert [attrs["value"] for tag, attrs in elements.found if tag == "option"] == ["d1", "d2"]
    assert [attrs["id"] for tag, attrs in elements.found if tag == "section"] == ["d1", "d2"]


def test_says_what_could_not_be_read():
    doubtful = record(document=record()["document"] | {"number": None, "doubtful": ["number"]})
    assert "cần gõ tay" in rendered(doubtful)


def test_a_document_without_tasks_says_so():
    assert "không giao nhiệm vụ nào" in rendered(record(tasks=[]))


def test_reachable_by_keyboard():
    elements = Elements(rendered(record()))
    assert all(card.get("tabindex") == "0" for card in elements.having("card"))


def test_a_card_says_why() -> None:
    shown = rendered(record(tasks=[task(reasons=["Phối hợp: nêu <ngay> trong câu."])]))
    assert "<li>Phối hợp: nêu &lt;ngay&gt; trong câu.</li>" in shown
    assert 'class="reasons"' not in rendered(record())


def test_what_is_no_task_says_why_in_words() -> None:
    (clause,) = record()["clauses"]
    shown = rendered(record(clauses=[clause | {"reason": "Nêu căn cứ, lý do ban hành."}]))
    assert "Nêu căn cứ, lý do ban hành." in shown
