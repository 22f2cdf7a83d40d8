"""The secrecy mark of a document's first page, from its lines and from its untouched picture.

In: the first page's lines, its picture. Out: a `Secrecy`. Ordinary uses of the words (bảo mật, bí mật
nhà nước in running text) are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.text import nfc
from pipeline.types import Line, Secrecy

# The mark stands alone on its line, in capitals, perhaps with "ĐỘ" or "ĐỘ MẬT:" before it.
_MARK = re.compile(
    r"\W*(?:ĐỘ\s+MẬT\s*[:.-]?\s*|ĐỘ\s+)?(?P<level>T\s*U\s*Y\s*Ệ\s*T\s+M\s*Ậ\s*T|T\s*Ố\s*I\s+M\s*Ậ\s*T|M\s*Ậ\s*T)\W*$"
)
_LEVELS = {"TUYỆTMẬT": Secrecy.TUYET_MAT, "TỐIMẬT": Secrecy.TOI_MAT, "MẬT": Secrecy.MAT}


def secrecy_of_lines(lines: Iterable[Line]) -> Secrecy:
    """The highest mark that stands alone on one of the lines (NĐ 26/2020/NĐ-CP: on the first page)."""
    found = Secrecy.NONE
    for line in lines:
        match = _MARK.match(nfc(line.text))
        if match:
            found = higher(found, _LEVELS[re.sub(r"\s", "", match.group("level"))])
    return found


def higher(one: Secrecy, other: Secrecy) -> Secrecy:
    """The stricter of two marks."""
    order = list(Secrecy)
    return max(one, other, key=order.index)
