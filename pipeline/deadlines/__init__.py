"""Deadlines: a clause's text and the document's date in, deadline phrases with their values out."""

from pipeline.deadlines.choice import choose
from pipeline.deadlines.finder import explain, find_deadlines, find_lookalikes, read_cell

__all__ = ["choose", "explain", "find_deadlines", "find_lookalikes", "read_cell"]
