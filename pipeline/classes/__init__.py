"""Classes that follow from what was read: timing, source, level of the assigner, urgency, expected product.

`derive` gives a task its own; each class is a function of its own module and has its examples beside it.
Keys and their words are in pipeline/labels.py, what each means in docs/classes.md.
"""

from pipeline.classes.derive import derive

__all__ = ["derive"]
