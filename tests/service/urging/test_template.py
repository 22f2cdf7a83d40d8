"""The urging letter: its parts by the decree, values that could break it, templates that reach for more."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest

from service.settings import Settings
from service.tables import Duty
from service.urging.letter import Signed, keep_template, own_template, sample, template, values
from service.urging.template import MOST_BYTES, BadTemplate, render

DAY = dt.date(2026, 6, 5)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        office_parent="UBND tỉnh Hưng Yên",
        office_name="Văn phòng",
        office_place="Hưng Yên",
        office_letter_notation="VP-TH",
    )


def duty(text: str, due_on: dt.date) -> Duty:
    return Duty(
        text=text,
        document_number="12/CT-UBND",
        document_on=dt.date(2026, 1, 5),
        due_on=due_on,
        life="in_progress",
        percent=58,
    )


def letter(settings: Settings, *texts: str, signed: Signed | None = None) -> docx.document.Document:
    duties = [duty(text, dt.date(2026, 3, 31)) for text in texts]
    given = signed or Signed(
        "412", DAY, reply_by=dt.date(2026, 6, 12), authority="KT. Chánh Văn phòng", signer="Nguyễn Văn Bình"
    )
    content = render(template(settings), values(settings, "Sở Y tế", duties, given, DAY))
    return docx.Document(io.BytesIO(content))


def lines(cell: object) -> list[str]:
    return [one.text for one in cell.paragraphs if one.text]


def test_its_parts_stand_where_the_decree_wants_them(settings: Settings):
    made = letter(settings, "Rà soát các trạm y tế", "Báo cáo dịch bệnh")
    section = made.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    assert [round(one.mm) for one in (section.left_margin, section.right_margin)] == [30, 15]
    assert [round(one.mm) for one in (section.top_margin, section.bottom_margin)] == [20, 20]
    head, rows, foot = made.tables
    assert lines(head.cell(0, 0)) == ["UBND TỈNH HƯNG YÊN", "VĂN PHÒNG"]
    assert lines(head.cell(0, 1)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert lines(head.cell(1, 0)) == ["Số: 412/VP-TH"]
    assert lines(head.cell(1, 1)) == ["Hưng Yên, ngày 05 tháng 6 năm 2026"]
    assert lines(head.cell(2, 0)) == ["V/v đôn đốc thực hiện các nhiệm vụ quá hạn"]
    assert "Kính gửi: Sở Y tế" in [one.text for one in made.paragraphs]
    assert [cell.text for cell in rows.rows[1].cells] == [
        "1", "Rà soát các trạm y tế", "12/CT-UBND ngày 05/01/2026", "31/03/2026", "66",
        "đang thực hiện (58%)",
    ]  # fmt: skip
    assert len(rows.rows) == 3
    assert lines(foot.cell(0, 0)) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert lines(foot.cell(0, 1)) == ["KT. CHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG", "Nguyễn Văn Bình"]
    runs = [run for table in made.tables for cell in table._cells for p in cell.paragraphs for run in p.runs]
    assert {run.font.name for run in runs} == {"Times New Roman"}
    assert [one.text for one in made.paragraphs if one.text][-1].endswith("./.")


def test_what_is_not_filled_in_is_left_open_for_the_pen(settings: Settings):
    made = letter(settings, "x", signed=Signed())
    assert made.tables[0].cell(1, 0).text.startswith("Số:       /VP-TH")
    assert made.tables[0].cell(1, 1).text.endswith("năm 2026")


def test_words_that_look_like_markup_or_jinja_stay_words(settings: Settings):
    hostile = "A < B & C {{ 7 * 7 }} {% for x in y %} \x07</w:t>"
    assert letter(settings, hostile).tables[1].cell(1, 1).text == hostile.replace("\x07", "")


def made_of(*paragraphs: str) -> bytes:
    paper, out = docx.Document(), io.BytesIO()
    for words in paragraphs:
        paper.add_paragraph(words)
    paper.save(out)
    return out.getvalue()


REACHING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ unit.__class__ }}",
    "{{ unit['__class__'] }}",
    "{{ unit.upper() }}",
    "{{ unit.format(1) }}",
    "{{ duties.append(1) }}",
    "{{ duties[0].__init__.__globals__ }}",
    "{{ duties.__len__ }}",
    "{{ unit | attr('__class__') }}",
    "{{ duties | map(attribute='__class__') | join }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__ }}",
    "{% for one in duties %}{{ loop.__class__ }}{% endfor %}",
    "{% for one in duties %}{{ loop.cycle(1) }}{% endfor %}",
    "{% for one in range(9) %}x{% endfor %}",
    "{{ 'x' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d' % 1 }}",
    "{% include 'letter.docx' %}",
    "{% import 'os' as os %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{{ nobody }}",
    "{{ unit",
]


@pytest.mark.parametrize("words", REACHING)
def test_a_template_reaches_nothing_but_its_values(settings: Settings, words: str):
    with pytest.raises(BadTemplate):
        render(made_of("Kính gửi: {{ unit }}", words), sample(settings))


def test_what_an_office_may_do(settings: Settings):
    words = "{% for one in duties %}{{ loop.index }}. {{ one.text | upper }}; {% endfor %}{{ count }}"
    content = render(made_of(words), sample(settings))
    text = docx.Document(io.BytesIO(content)).paragraphs[0].text
    assert text == "1. RÀ SOÁT CÁC TRẠM Y TẾ; 2. RÀ SOÁT CÁC TRẠM Y TẾ; 02"


def rewritten(content: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    b' Target="http://elsewhere.example/x.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no document", "broken"),
        (b"", "broken"),
        (made_of("x")[:500], "broken"),
        (b"x" * (MOST_BYTES + 1), "large"),
        (rewritten(made_of("x"), **{"word/vbaProject.bin": b"x"}), "macros"),
        (rewritten(made_of("x"), **{"word/_rels/settings.xml.rels": LINK}), "outside"),
        (made_of("{{ ngày }}"), "unknown"),
        (made_of("{{ unit.__class__ }}"), "reach"),
        (made_of("{% for one in duties %}"), "syntax"),
    ],
)
def test_why_a_template_is_not_taken_is_told_and_the_old_one_stays(
    settings: Settings, content: bytes, why: str
):
    with pytest.raises(BadTemplate) as told:
        keep_template(settings, content)
    assert told.value.why == why
    assert not own_template(settings).exists()


def test_the_office_s_own_template_is_used_from_then_on(settings: Settings):
    keep_template(settings, made_of("Gửi {{ unit }}: {{ count }} việc"))
    content = render(template(settings), values(settings, "Sở Y tế", [duty("x", DAY)], Signed(), DAY))
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == "Gửi Sở Y tế: 01 việc"
