"""`make hostile ARGS=FOLDER`: lays the hostile files out in a new folder, to try a run on them.

    python -m scripts.make_hostile FOLDER [--heavy]

They do no harm by lying there; the 2 GB one is a hole. `--heavy` adds those that take minutes to read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.make_hostile.corpus import lay


def main() -> int:
    """Makes the folder; exit status 1 where it is there already."""
    parser = argparse.ArgumentParser(prog="make hostile", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heavy", action="store_true")
    options = parser.parse_args()
    if options.folder.exists():
        print(f"{options.folder}: is there already", file=sys.stderr)
        return 1
    expected = lay(options.folder, heavy=options.heavy)
    print(f"{len(expected)} files in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
