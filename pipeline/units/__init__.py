"""Units, groups of units and officials in a clause.

`find_units` finds all mentions, `units_at` reads the list that begins at a place, `split_list` a text that
is wholly a list, `resolve` says which registered unit a name means, `expand` which units a group.
"""

from pipeline.units.find import find_units
from pipeline.units.lists import units_at
from pipeline.units.register import expand, resolve
from pipeline.units.register.keys import without_title
from pipeline.units.split import split_list

__all__ = ["expand", "find_units", "resolve", "split_list", "units_at", "without_title"]
