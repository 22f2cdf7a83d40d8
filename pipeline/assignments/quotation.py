"""Provisions of law that a letter quotes before it answers: the clauses in reading order, quoted or not.

"Tại khoản 2 Điều 5 Luật A quy định như sau:" opens a quotation; "Căn cứ quy định nêu trên, …" or a request
ends it. What the law gives to whom is no assignment of the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.assignments.roles import find_request
from pipeline.text import match_key
from pipeline.types import DocumentType, Header

_REACH = 900  # characters of a clause that are looked at
_ACT = r"(?:luật|bộ luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định)"
_OPENS = re.compile(
    rf"(?:khoản|điều|điểm|mục) \d[^:]{{0,300}}{_ACT}[^:]{{0,300}}"
    r"(?:quy định|hướng dẫn|nêu)(?: như sau| cụ thể| rõ| về [^:]{1,80})*:$"
)
_ENDS = re.compile(
    r"(?:căn cứ|theo|từ|với|đối chiếu|trên cơ sở|qua)(?: (?:các|những))?"
    r" (?:quy định|nội dung|căn cứ|hướng dẫn)(?: pháp luật| của pháp luật)?"
    r" (?:nêu |nói |trích dẫn )?(?:trên|này)(?!\w)"
    r"|(?:như vậy|do đó|vì vậy|do vậy|theo đó|tuy nhiên|trường hợp của)(?!\w)"
)


@dataclass(slots=True)
class Quotation:
    """Where the walk through one document stands: `open` within a quotation."""

    header: Header
    open: bool = False

    def covers(self, words: str) -> bool:
        """Whether `words`, next in reading order, are quoted; they may end a quotation or open one."""
        if not self._quotes():
            return False
        key = match_key(words[:_REACH].replace("\n", " ")).strip()
        if self.open and self._ends(words[:_REACH], key):
            self.open = False
        covered = self.open
        self.open = self.open or _OPENS.search(key) is not None
        return covered

    def _quotes(self) -> bool:
        """Whether the document is a letter, or a page without number that tells of one: acts lay down law."""
        kind = self.header.type
        return kind is DocumentType.CONG_VAN or (
            kind in (None, DocumentType.OTHER) and self.header.number is None
        )

    @staticmethod
    def _ends(words: str, key: str) -> bool:
        found = find_request(words)
        return _ENDS.match(key) is not None or (found is not None and bool(found.leads))
