"""What is said of a row of a former book: a key of service/importing/words.py and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from service.importing.words import IMPORT_REMARKS

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark; as text it is Vietnamese."""

    key: str
    said: str = ""

    def __str__(self) -> str:
        return IMPORT_REMARKS[self.key].replace("{said}", self.said)


class Unclear(ValueError):  # noqa: N818 - says what it is
    """A cell cannot be understood."""

    def __init__(self, key: str, said: str = "") -> None:
        self.remark = Remark(key, " ".join(said.split())[:_LONGEST])
        super().__init__(str(self.remark))
