"""The register of units: who a name means, as of a day, and who took its work over since.

`resolve` leads from a name to its unit, `expand` from a group to its members; `Register` holds the listed
units (the `.tsv` files beside the code) and an office's own; `find_known` marks all names in a text.
"""

from pipeline.units.register.expand import expand
from pipeline.units.register.known import find_known
from pipeline.units.register.register import Register, builtin, resolve
from pipeline.units.register.units import Resolution, Unit

__all__ = ["Register", "Resolution", "Unit", "builtin", "expand", "find_known", "resolve"]
