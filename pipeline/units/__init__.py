"""Units, groups of units and officials in a clause: find_units, units_at, split_list; resolve names them."""

from pipeline.units.find import find_units
from pipeline.units.lists import units_at
from pipeline.units.split import split_list

__all__ = ["find_units", "split_list", "units_at"]
