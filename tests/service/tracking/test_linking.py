"""A document that carries out another: its duties are proposed to stand under the central ones."""

from __future__ import annotations

import pytest
from people import document, filed, task, user
from tracking_office import HEALTH, HOME, Office

from service.access.roles import Role
from service.access.viewer import Forbidden
from service.mapping import Record
from service.reporting.chains import chain
from service.review.changes import Change, Kind
from service.review.versions import Missing
from service.tracking.graph import Branch, Direction
from service.tracking.life import Given, Life, NotAllowed

CLINICS = task("a", "Rà soát trạm y tế xã", HEALTH, path="1")
STAFF = task("b", "Báo cáo biên chế ngành y tế", HOME, path="2")
LOCAL = task("c", "Rà soát các trạm y tế xã trên địa bàn", HEALTH, path="1")


def carrying(number: str = "30", of: str = "12/CT-UBND", *tasks: Record, **rest: object) -> Record:
    found = {"kind": "carries_out", "number": of, "issued_on": "2026-03-02", "item": None, "deadline": None}
    found |= {"text": "Thực hiện Chỉ thị", "rule": "x", "evidence": []} | rest
    record = document(number, *(tasks or (LOCAL,)), issued_on="2026-03-02")
    return record | {"relations": [found]}


def put_on_file(office: Office, record: Record) -> int:
    made = filed(office.store, record)
    with office.store.begin() as work:
        changes = [Change(made, one["id"], 1, {"status": "approved"}) for one in record["tasks"]]
        work.desk.apply(office.monitor, Kind.ACCEPT, changes)
        work.course.file(office.monitor, made)
    return made


def waiting(office: Office):
    with office.store.reading() as work:
        return work.relations.waiting(office.monitor)


def agree(office: Office, whole: int | None = None) -> int:
    [one] = waiting(office)
    with office.store.begin() as work:
        return work.relations.accept(office.monitor, one.proposal.id, whole=whole)


@pytest.mark.parametrize("first", ["central", "local"])
def test_the_likeliest_central_duty_is_proposed_whichever_is_filed_first(office: Office, first: str):
    if first == "central":
        office.file(CLINICS, STAFF)
        put_on_file(office, carrying())
    else:
        put_on_file(office, carrying())
        assert waiting(office) == []
        office.file(CLINICS, STAFF)
    [one] = waiting(office)
    assert (one.duty.text, one.proposal.action) == (LOCAL["text"], "link")
    assert {whole.text for whole in one.wholes} == {CLINICS["text"], STAFF["text"]}
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, one.proposal.whole_id).text == CLINICS["text"]


def test_linked_the_central_duty_follows(office: Office):
    office.file(CLINICS, STAFF)
    put_on_file(office, carrying())
    child = agree(office)
    with office.store.reading() as work:
        whole = work.book.duty(office.monitor, work.book.duty(office.monitor, child).parent_id)
    assert (whole.text, whole.counted) == (CLINICS["text"], True)
    office.act(office.health, child, "submit", Given(note="xong"))
    office.act(office.monitor, child, "confirm")
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, whole.id).life == Life.AWAITING
        told = [event.action for event, _ in work.book.events(office.monitor, child)]
    assert told == ["enter", "link", "submit", "confirm"]


def test_another_central_duty_can_be_chosen_and_none_of_another_document(office: Office):
    office.file(CLINICS, STAFF)
    office.file(task("z", "Việc khác", HOME), number="77")
    put_on_file(office, carrying())
    with pytest.raises(Missing):
        agree(office, office.duty("viec khac").id)
    chosen = office.duty("bien che").id
    child = agree(office, chosen)
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, child).parent_id == chosen


def test_of_very_many_central_duties_the_likeliest_are_offered(office: Office):
    office.file(CLINICS, *(task(f"n{number}", f"Việc số {number}", HOME) for number in range(40)))
    put_on_file(office, carrying())
    [one] = waiting(office)
    assert len(one.wholes) == 30
    assert one.wholes[0].text == CLINICS["text"]


def test_where_none_is_like_it_somebody_chooses(office: Office):
    office.file(CLINICS, STAFF)
    put_on_file(office, carrying("30", "12/CT-UBND", task("d", "Mua sắm xe cứu hộ", HOME)))
    assert waiting(office)[0].proposal.whole_id is None
    with pytest.raises(NotAllowed, match="unchosen"):
        agree(office)


def test_what_was_linked_is_taken_apart_again(office: Office):
    office.file(CLINICS)
    put_on_file(office, carrying())
    child = agree(office)
    with pytest.raises(Forbidden), office.store.begin() as work:
        work.linking.unlink(office.health, child)
    with office.store.begin() as work:
        work.linking.unlink(office.monitor, child)
    with pytest.raises(NotAllowed), office.store.begin() as work:
        work.linking.unlink(office.monitor, child)
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, child).parent_id is None


def test_a_duty_is_never_put_under_itself(office: Office):
    office.file(CLINICS)
    put_on_file(office, carrying())
    child = agree(office)
    with office.store.reading() as work:
        whole = work.book.duty(office.monitor, child).parent_id
    with pytest.raises(NotAllowed, match="linked"), office.store.begin() as work:
        work.linking.link(office.monitor, whole, child)


def test_purging_the_central_document_leaves_the_other_s_duties(office: Office):
    central = office.file(CLINICS)
    put_on_file(office, carrying())
    child = agree(office)
    with office.store.begin() as work:
        work.shredder.shred(central)
    with office.store.reading() as work:
        assert work.book.duty(office.monitor, child).parent_id is None


def names(branches: tuple[Branch, ...]) -> list[object]:
    return [(one.number, names(one.beyond)) if one.beyond else one.number for one in branches]


def test_the_chain_is_seen_from_either_end(office: Office):
    first = office.file(CLINICS)
    second = put_on_file(office, carrying("30"))
    third = put_on_file(office, carrying("31", "30/CT-UBND"))
    with office.store.reading() as work:
        up = work.graph.chain(office.monitor, third, "carries_out", Direction.OUT)
        down = work.graph.chain(office.monitor, first, "carries_out", Direction.IN)
        links = work.graph.of(office.monitor, second)
    assert names(up) == [("30/CT-UBND", ["12/CT-UBND"])]
    assert names(down) == [("30/CT-UBND", ["31/CT-UBND"])]
    assert [(one.direction.value, one.number) for one in links] == [
        ("out", "12/CT-UBND"),
        ("in", "31/CT-UBND"),
    ]


def test_documents_that_carry_out_each_other_end(office: Office):
    put_on_file(office, carrying("30", "31/CT-UBND"))
    last = put_on_file(office, carrying("31", "30/CT-UBND"))
    with office.store.reading() as work:
        assert names(work.graph.chain(office.monitor, last, "carries_out", Direction.OUT)) == ["30/CT-UBND"]


def test_of_a_document_that_is_not_his_to_see_only_the_number_is_told(office: Office):
    central = office.file(CLINICS)
    made = put_on_file(office, carrying())
    boss = user(office.store, "quan-tri", Role.ADMINISTRATOR, clearance=9)
    with office.store.begin() as work:
        work.course.restrict(boss, central, 3)
    with office.store.reading() as work:
        [link] = work.graph.of(office.monitor, made)
        assert (link.number, link.document) == ("12/CT-UBND", None)
        with pytest.raises(Missing):
            work.graph.of(office.monitor, central)
        assert [one.document.id for one in work.graph.of(boss, made)] == [central]


def branch(number: str, *beyond: Branch) -> Branch:
    return Branch(number, None, beyond)


def test_the_picture_shows_each_document_once_with_a_line_to_its_neighbour():
    above = [branch("15/CT-TTg", branch("9-NQ/TW"))]
    below = [branch("7/SYT", branch("1/TT"), branch("2/TT")), branch("8/<SNV>")]
    drawn = chain("Chuỗi", "kể", "12/CT-UBND", above, below)
    for number in ("15/CT-TTg", "9-NQ/TW", "7/SYT", "1/TT", "2/TT", "8/&lt;SNV&gt;", "12/CT-UBND"):
        assert drawn.count(f"<title>{number}</title>") == 1
    assert drawn.count("<line") == 6
    assert 'viewBox="0 0 950 ' in drawn  # five columns: two to the left, two to the right
    assert chain("Chuỗi", "kể", "12/CT-UBND", [], []) == ""
