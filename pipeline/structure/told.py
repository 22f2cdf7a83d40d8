"""The opening of an excerpt in, what it tells of the act out.

News and legal sites print a directive without its head but open with a sentence that names it: "Ngày
05/09/2019, UBND tỉnh … ban hành Công văn 12/UBND-VX về việc …".
"""

from __future__ import annotations

import re

from pipeline.structure.entries import Entry, part_of
from pipeline.structure.framing import kind_of_name
from pipeline.structure.values import date_in
from pipeline.types import Header

_OPENING = re.compile(
    r"(?P<date>Ngày\s+\d{1,2}[/-]\d{1,2}[/-]\d{4}|Ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}),?\s+"
    r"(?P<issuer>[^,.;:]{3,90}?)\s+(?:đã\s+)?(?:ban hành|có|ký ban hành)\s+"
    r"(?P<kind>[A-ZĐ][a-zà-ỹ]+(?:\s[a-zà-ỹ]+)?)\s+(?:số\s*:?\s*)?(?P<number>\d{1,5}/[\w/&.-]+)"
    r"(?:\s+(?:năm\s+)?(?:19|20)\d\d)?\s*(?:ngày\s+[\d/]+\s*)?(?P<subject>[^\n]*?)\.?\s*$",
)


def told_header(opening: Entry) -> Header | None:
    """A header from an opening sentence; None where it tells of no act."""
    sentence = re.match(r"[^\n]{20,700}?(?:[.](?=\s+[A-ZĐ])|$)", opening.text)
    match = _OPENING.match(sentence.group()) if sentence else None
    if match is None:
        return None
    subject = part_of(opening, match.start("subject"), match.end("subject"))
    return Header(
        number=part_of(opening, match.start("number"), match.end("number")),
        issued_on=date_in(match["date"]),
        issued_about=(day := date_in(match["date"])) and day.replace(day=1),
        issued_at=part_of(opening, match.start("date"), match.end("date")),
        issuer=part_of(opening, match.start("issuer"), match.end("issuer")),
        type=kind_of_name(match["kind"]),
        subject=subject if len(subject.text) > 3 else None,
    )
