"""A long scan is read in slices, each a request of its own, and comes out as if it were read in one go."""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_scans import Scan, packet

from pipeline.errors import Reason
from pipeline.progress import Stage, Step, Tell, unheard
from pipeline.read.sheaf import Key
from scripts.make_samples.fonts import typeface
from service.asking import Asked, Sliced
from service.bootstrap import READER as REAL
from service.child import Answer, Child, Cleared, Failed, Refused, Stopped
from service.reader import Part
from service.settings import Settings
from service.slicing import read_in_slices
from service.spool import Spool

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "sources"
FIVE = [f"Trang {number}" for number in range(1, 6)]


class Office:
    """A child, and what it was asked for."""

    def __init__(self, folder: Path, reader: str = "fake_scans:reader", **limits: float) -> None:
        self._spool = Spool(folder / "spool")
        self.stop = threading.Event()
        settings = Settings(data_dir=folder, **{"ocr_dpi": 72, **limits})
        self.child = Child(settings, reader, self._spool, self.stop)
        self.asked: list[Asked] = []

    def read(self, parts: list[Part], most: int = 2, tell: Tell = unheard) -> Answer:
        return read_in_slices(self._ask, parts, most, tell)

    def _ask(self, asked: Asked, tell: Tell) -> Answer | Sliced:
        self.asked.append(asked)
        return self.child.ask(asked, tell)

    def close(self) -> None:
        self.child.close()
        self._spool.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    made: list[Office] = []

    def open_one(*arguments: Any, **limits: float) -> Office:
        made.append(Office(tmp_path, *arguments, **limits))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def pages_of(answer: Answer) -> list[str]:
    assert isinstance(answer, Cleared), answer
    return list(answer.record["pages"])


def issues_of(answer: Answer) -> list[str]:
    assert isinstance(answer, Cleared), answer
    return [issue["message"].split(",")[0] for issue in answer.record["issues"]]


def _typeset(text: str) -> bytes:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(TTFont("annex", str(typeface()["bold"])))
    out = io.BytesIO()
    page = Canvas(out)
    page.setFont("annex", 13)
    page.drawString(72, 760, text)
    page.drawString(72, 700, "Phụ lục kèm theo công văn")
    page.save()
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_a_long_scan_comes_out_as_in_one_go_and_no_page_is_recognised_twice(office, tmp_path: Path, kind):
    scan, one = Scan(tmp_path, 5, kind), office()
    answer = one.read(scan.parts)
    assert pages_of(answer) == FIVE
    assert scan.pages == [1, 2, 3, 4, 5]
    assert [asked.only and [key.page for key in asked.only] for asked in one.asked] == [
        None,
        [3, 4],
        [5],
        None,
    ]
    assert answer == one.child.read(scan.parts)


def test_a_scan_that_is_not_long_is_read_in_one_go(office, tmp_path: Path):
    one = office()
    assert len(pages_of(one.read(Scan(tmp_path, 2).parts))) == 2
    assert len(one.asked) == 1


def test_files_of_a_packet_are_sliced_together(office, tmp_path: Path):
    one = office()
    answer = one.read(packet(tmp_path, 3, 2))
    assert pages_of(answer) == FIVE
    assert answer == one.child.read(packet(tmp_path, 3, 2))


@pytest.mark.parametrize(("mark", "why"), [("MẬT", "mat"), ("TUYỆT MẬT", "tuyet_mat"), ("MÂT", "mat")])
def test_where_the_first_page_bears_a_mark_no_other_slice_is_read(office, tmp_path: Path, mark, why):
    scan, one = Scan(tmp_path, 9, page_1=mark), office()
    assert one.read(scan.parts) == Refused(why)
    assert len(one.asked) == 1
    assert scan.pages == [1, 2]


def test_recognised_pages_are_on_no_disk(office, tmp_path: Path):
    word, looks = "Zưỡngkhậm", []
    scan = Scan(tmp_path, 6, page_2=word, page_4=word, page_5="nap")

    def look(step: Step) -> None:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        looks.append(any(word.encode() in path.read_bytes() for path in files))

    assert pages_of(office().read(scan.parts, tell=look))[3] == word
    assert len(looks) > 4
    assert not any(looks)


def test_a_mark_on_an_annex_ends_the_reading_at_its_slice(office, tmp_path: Path):
    one = office()
    parts = packet(tmp_path, 3, 6, page_4="MẬT")
    assert one.read(parts) == Refused("mat")
    assert len(one.asked) == 2
    assert one.child.read(parts) == Refused("mat")


def test_a_mark_in_the_text_of_an_annex_ends_the_reading_at_the_first_slice(office, tmp_path: Path):
    one = office()
    *scans, told = packet(tmp_path, 5)
    parts = [*scans, Part("phu-luc.pdf", _typeset("MẬT")), told]
    assert one.read(parts) == Refused("mat")
    assert len(one.asked) == 1


def test_an_annex_that_cannot_be_read_is_named_as_in_one_go(office, tmp_path: Path):
    one, parts = office(), packet(tmp_path, 3, 6, page_6="huge")
    answer = one.read(parts)
    assert pages_of(answer) == FIVE[:3]
    assert issues_of(answer) == ["không đọc được tệp kèm thứ 2: trang quá lớn (too many pixels)"]
    assert answer == one.child.read(parts)


@pytest.mark.parametrize(("bytes_at_once", "most_at_a_time"), [(0, 1), (10**9, 4)])
def test_large_files_are_given_to_few_readers_at_a_time(
    monkeypatch: pytest.MonkeyPatch, bytes_at_once: int, most_at_a_time: int
):
    monkeypatch.setattr("service.slicing._AT_ONCE", bytes_at_once)
    keys, rounds = [Key("a", page, 72.0) for page in range(1, 10)], []

    def ask(asked: Asked, tell: Tell) -> Answer | Sliced:
        if asked.only is None:
            return Cleared({}) if asked.known else Sliced({keys[0]: b""}, keys[1:], 9)
        rounds.append(len(asked.only))
        return Sliced(dict.fromkeys(asked.only, b""), [], 9)

    assert read_in_slices(ask, [Part("a.pdf", b"x" * 100)], 2, idle=lambda: 4) == Cleared({})
    assert len(rounds) == 4
    assert most_at_a_time == 4 or rounds == [2, 2, 2, 2]


def test_where_others_are_idle_the_first_page_is_read_alone_and_they_take_the_rest(office, tmp_path: Path):
    scan, one, turn = Scan(tmp_path, 5), office(), threading.Lock()

    def ask(asked: Asked, tell: Tell) -> Answer | Sliced:
        with turn:  # both slices by the one child
            return one._ask(asked, tell)

    answer = read_in_slices(ask, scan.parts, 20, idle=lambda: 2)
    assert pages_of(answer) == FIVE
    assert sorted(len(asked.only) for asked in one.asked if asked.only) == [2, 2]


def test_a_slice_that_crashes_once_is_read_again(office, tmp_path: Path):
    scan = Scan(tmp_path, 5, page_4="once")
    answer = office().read(scan.parts)
    assert pages_of(answer) == ["Trang 1", "Trang 2", "Trang 3", "once", "Trang 5"]
    assert issues_of(answer) == []
    assert scan.pages == [1, 2, 3, 4, 3, 4, 5]


@pytest.mark.parametrize(
    ("does", "kind"),
    [("abort", "PDF"), ("abort", "TIFF"), pytest.param("hang", "PDF", marks=pytest.mark.slow)],
)
def test_a_page_that_kills_its_reader_is_left_blank_and_told(office, tmp_path: Path, does, kind):
    scan = Scan(tmp_path, 5, kind, page_4=does)
    answer = office(child_wall_seconds=4).read(scan.parts)
    assert pages_of(answer) == ["Trang 1", "Trang 2", "Trang 3", "", "Trang 5"]
    assert issues_of(answer) == ["trang 4 là bản quét"]


def test_in_the_first_slice_too(office, tmp_path: Path):
    scan = Scan(tmp_path, 5, page_2="abort")
    answer = office().read(scan.parts)
    assert pages_of(answer) == ["Trang 1", "", "Trang 3", "Trang 4", "Trang 5"]
    assert issues_of(answer) == ["trang 2 là bản quét"]


def test_a_first_page_is_never_left_out(office, tmp_path: Path):
    alone = office().read(Scan(tmp_path, 5, page_1="abort").parts)
    annex = office().read(packet(tmp_path, 3, 2, page_4="abort"))
    assert isinstance(alone, Failed)
    assert isinstance(annex, Failed)
    assert alone.reason is annex.reason is Reason.CRASHED


def test_a_scan_whose_pages_kill_one_reader_after_the_other_fails(office, tmp_path: Path):
    scan = Scan(tmp_path, 12, **{f"page_{page}": "abort" for page in range(3, 13)})
    answer = office().read(scan.parts, most=2)
    assert isinstance(answer, Failed)
    assert answer.reason is Reason.CRASHED
    assert max(scan.pages) == 6  # the fourth


def test_a_file_that_fails_otherwise_fails_at_once(office, tmp_path: Path):
    one = office(max_pages=4)
    answer = one.read(Scan(tmp_path, 5).parts)
    assert isinstance(answer, Failed)
    assert answer.reason is Reason.TOO_MANY_PAGES
    assert len(one.asked) == 1


def test_pages_beyond_the_limit_of_recognition_stay_unread_as_in_one_go(office, tmp_path: Path):
    scan, one = Scan(tmp_path, 7), office(max_ocr_pages=5)
    answer = one.read(scan.parts)
    assert pages_of(answer) == [*FIVE, "", ""]
    assert answer == one.child.read(scan.parts)


@pytest.mark.slow
def test_the_limits_of_a_child_are_those_of_a_slice(office, tmp_path: Path):
    slow = Scan(tmp_path, 8, **{f"page_{page}": "nap" for page in range(1, 9)})
    one = office(child_wall_seconds=5)
    assert len(pages_of(one.read(slow.parts))) == 8
    whole = one.child.read(slow.parts)
    assert isinstance(whole, Failed)
    assert whole.reason is Reason.TIMEOUT


def test_progress_goes_on_from_slice_to_slice(office, tmp_path: Path):
    heard: list[Step] = []
    scan = Scan(tmp_path, 5, page_3="nap", page_4="nap")
    office().read(scan.parts, tell=heard.append)
    assert heard[0] == Step(Stage.OPENING)
    assert heard[-1] == Step(Stage.TASKS)
    pages = [step.page for step in heard[1:-1]]
    assert pages == sorted(pages)
    assert {2, 3, 4, 5} <= set(pages)  # 3: from within a slice
    assert {step.pages for step in heard[1:-1]} == {5}


def test_a_run_that_is_stopped_does_not_read_the_other_slices(office, tmp_path: Path):
    scan, one = Scan(tmp_path, 9, page_5="nap"), office()

    def hear(step: Step) -> None:
        if step.page >= 4:
            one.stop.set()

    with pytest.raises(Stopped):
        one.read(scan.parts, tell=hear)
    assert 7 not in scan.pages


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("tesseract"), reason="scans cannot be read without tesseract")
@pytest.mark.parametrize("most", [1, 2])
def test_a_real_scan_has_the_same_record_however_it_is_sliced(office, most: int):
    one, name = office(REAL, ocr_dpi=300), "s43-quet-nhieu-trang.pdf"
    parts = [Part(name, (SAMPLES / name).read_bytes())]
    whole, sliced = one.child.read(parts), one.read(parts, most)
    assert isinstance(whole, Cleared)
    assert whole.record["tasks"]
    assert sliced == whole
    assert len(one.asked) > 2
