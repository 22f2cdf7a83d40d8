"""Rich text in, blocks out, where LibreOffice is missing: the words only, tables as lines."""

from __future__ import annotations

import re

from pipeline.errors import Reason, Unreadable
from pipeline.read.flow import Block, flow_of, pieces_of
from pipeline.read.legacy import in_unicode

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def blocks_of(content: bytes) -> list[Block]:
    """One paragraph a line of the text."""
    from striprtf import striprtf

    found = _CODE_PAGE.search(content[:2000])
    page = f"cp{found.group(1).decode()}" if found else "cp1252"
    try:
        text = str(vars(striprtf)["rtf_to_text"](content.decode("latin-1"), page, "ignore"))
    except Exception as error:  # striprtf fails in many ways on broken groups
        raise Unreadable(Reason.DAMAGED, "tệp .rtf hỏng (damaged rich text)") from error
    lines = (pieces_of(line.replace("|", " "), None) for line in text.splitlines())
    return in_unicode([flow_of(line) for line in lines if line])
