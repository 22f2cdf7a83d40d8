"""Units of a labelled and of a found task in, how many of them are the same ones out.

"Giám đốc Sở X" answers like "Sở X", and "UBND tỉnh" like "UBND tỉnh Y"; small slips in a name do no harm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotation.evaluation.words import SAME_WORDS, dice, normal

ROLES = ("leads", "cooperators")
_OFFICER = (
    "giám đốc|thủ trưởng|chủ tịch|chánh|bộ trưởng|trưởng|người đứng đầu|lãnh đạo",
    "sở|ủy ban|văn phòng|bộ|ban|công an|các",
)
_TITLE = re.compile(r"^(?:(?:đồng chí|ông|bà) )?(?:{})(?: các| cơ quan)? (?=(?:{}))".format(*_OFFICER))
_COMMITTEE = "ủy ban nhân dân"
_LONG = 5  # words of a committee's name that say of which place it is


def name_of(unit: str | Mapping[str, Any]) -> str:
    """A unit's name to compare by; a record's unit is a mapping, a label's a string."""
    said = unit if isinstance(unit, str) else unit.get("text") or unit.get("name") or ""
    return _TITLE.sub("", normal(said))


def names(task: Mapping[str, Any], role: str) -> list[str]:
    """The units in a role, each once, in a fixed order."""
    return sorted({name_of(unit) for unit in task.get(role) or ()} - {""})


def same(one: str, other: str) -> bool:
    """Whether two names (as `name_of` gives them) mean one unit."""
    if one == other:
        return True
    words, others = Counter(one.split()), Counter(other.split())
    if dice(words, others) >= SAME_WORDS:
        return True
    committees = one.startswith(_COMMITTEE) and other.startswith(_COMMITTEE)
    within = one.startswith(other) or other.startswith(one)
    return committees and within and min(len(words), len(others)) >= _LONG


def shared(gold: Sequence[str], found: Sequence[str]) -> int:
    """How many of the labelled units were found, each found one counting for one."""
    left = list(found)
    for name in gold:
        match = next((at for at, other in enumerate(left) if same(name, other)), None)
        if match is not None:
            del left[match]
    return len(found) - len(left)
