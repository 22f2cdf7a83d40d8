"""What a mail carries: files, messages within messages; and why nothing of one is taken."""

from __future__ import annotations

from email.message import EmailMessage

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.incoming.message import Carried, NotTaken, Rules, Trouble, carried, sender_of
from service.uploads.multipart import Bounds

RULES = Rules(Bounds(20_000, 3, 50_000))
PAPER = ("Chỉ thị 12.docx", b"noi dung")


def names(mail: EmailMessage, rules: Rules = RULES) -> list[str]:
    return [one.name for one in carried(mail.as_bytes(), rules)]


def trouble(content: bytes, rules: Rules = RULES) -> Trouble:
    with pytest.raises(NotTaken) as caught:
        carried(content, rules)
    return caught.value.trouble


def test_its_attachments_are_taken_not_its_text():
    mail = papers.mail("Chỉ thị", PAPER, ("../../Phụ lục.pdf", b"phu luc"))
    assert carried(mail.as_bytes(), RULES) == [Carried(*PAPER), Carried("Phụ lục.pdf", b"phu luc")]


def test_a_message_within_a_message_is_opened():
    inner = papers.mail("Chuyển tiếp", PAPER)
    outer = papers.mail("Kính chuyển", ("bia.pdf", b"x"))
    outer.add_attachment(inner)
    assert names(outer) == ["bia.pdf", "Chỉ thị 12.docx"]
    for _ in range(8):
        around = papers.mail("Kính chuyển")
        around.add_attachment(inner)
        inner = around
    assert trouble(inner.as_bytes()) is Trouble.LARGE


def test_signatures_and_pictures_within_the_text_are_no_documents():
    mail = papers.mail("Chỉ thị", PAPER)
    mail.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    html = EmailMessage()
    html["From"] = papers.SENDER
    html.set_content("Kính gửi")
    html.add_alternative("<p>Kính gửi <img src='cid:logo'></p>", subtype="html")
    html.get_payload()[1].add_related(
        b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="l.png"
    )
    html.add_attachment(PAPER[1], maintype="application", subtype="octet-stream", filename=PAPER[0])
    assert names(mail) == names(html) == ["Chỉ thị 12.docx"]


def test_a_text_is_a_document_only_where_the_office_says_so_and_there_is_no_file():
    mail = papers.mail("Chỉ thị")
    assert trouble(mail.as_bytes()) is Trouble.EMPTY
    rules = Rules(RULES.bounds, text=True)
    assert carried(mail.as_bytes(), rules) == [Carried("thu.txt", "Gửi kèm Chỉ thị\n".encode())]
    assert names(papers.mail("Chỉ thị", PAPER), rules) == ["Chỉ thị 12.docx"]


@pytest.mark.parametrize(
    ("allowed", "sender", "taken"),
    [
        ("vanthu@so.example.vn", "Văn thư <VanThu@so.example.vn>", True),
        ("@so.example.vn", "ai-do@so.example.vn", True),
        ("@so.example.vn", "ai-do@giaso.example.vn", False),
        ("@so.example.vn", "ai-do@x.so.example.vn", False),
        ("vanthu@so.example.vn", "vanthu@so.example.vn.xau.example", False),
        ("@so.example.vn", "", False),
    ],
)
def test_mail_is_taken_from_those_who_may_send(allowed: str, sender: str, taken: bool):
    mail = papers.mail("Chỉ thị", PAPER, sender=sender)
    rules = Rules(RULES.bounds, frozenset({allowed}))
    if taken:
        assert names(mail, rules) == ["Chỉ thị 12.docx"]
    else:
        assert trouble(mail.as_bytes(), rules) is Trouble.SENDER


def test_what_is_beyond_the_bounds_is_not_taken():
    assert trouble(papers.mail("x", ("a.txt", b"x" * 20_001)).as_bytes()) is Trouble.LARGE
    assert trouble(papers.mail("x", *[("a.txt", b"x")] * 4).as_bytes()) is Trouble.LARGE
    assert trouble(papers.mail("x", *[("a.txt", b"x" * 19_000)] * 3).as_bytes()) is Trouble.LARGE


def test_a_mail_of_endless_parts_ends():
    start = b"From: a@b.vn\nContent-Type: multipart/mixed; boundary=%d\n\n--%d\n"
    deep = b"".join((start if not n else start[14:]) % (n, n) for n in range(3000))
    assert trouble(deep) in Trouble
    many = b"From: a@b.vn\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nx\n" * 3000 + b"--x--\n"
    assert trouble(many) is Trouble.LARGE


@given(st.binary(max_size=600), st.sampled_from([b"", b"From: a@b.vn\nContent-Type: ", b"\n\n", b"--x\n"]))
def test_whatever_comes_is_taken_or_not(content: bytes, start: bytes):
    try:
        assert carried(start + content, RULES)
    except NotTaken as error:
        assert error.trouble in Trouble
    assert "\n" not in sender_of(content)
