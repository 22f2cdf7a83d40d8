"""What the learned reader tells of a piece and of a mention: the tags' names in one place."""

from __future__ import annotations

BEGINS = "B"  # a task begins with this piece
GOES_ON = "I"  # the task of the piece before goes on
LEADS_IN = "L"  # no task, but says who does those below it, or until when
OTHER = "O"

LEAD = "lead"
COOPERATOR = "cooperator"
DUE = "due"
NOTHING = "none"
