"""Communes of today, districts and communes before July 2025: two public lists in, the register's files out.

    python -m scripts.make_units vn_units.json

The first list (JSON: provinces with their wards) is Thang Le Quoc's vietnamese-provinces-database (MIT); the
second, old commune → new ones, is underthesea's (Apache-2.0; there from vietnamadminunits). Both are joined
by name within a province; what does not join keeps no successor.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.text import fold, match_key, nfc, same_tone

FOLDER = Path(__file__).resolve().parents[1] / "pipeline" / "units" / "register"
_TODAY = """\
# Communes since 1 July 2025 as listed on 25 July 2026: province, official code, name; `kept`: as before.
# Source: vietnamese-provinces-database (Thang Le Quoc), MIT licence; `kept` from underthesea (see below).
province\tcode\tname\tkept
"""
_BEFORE = """\
# Districts and communes until 30 June 2025, and the codes (communes.tsv) of the communes they went into.
# Source: underthesea 9, address/data/mapping.json (from vietnamadminunits 1.0.4), Apache-2.0 licence.
province\tdistrict\tcommunes
"""


def main() -> None:
    """Writes communes.tsv and districts.tsv."""
    listed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    mapping = json.loads(
        (files("underthesea") / "address" / "data" / "mapping.json").read_text(encoding="utf-8")
    )["ward_mapping"]
    codes = _Codes(listed)
    kept = {codes.of(one) for one in mapping if one["mapping_type"] == "unchanged"}
    today = [
        f"{_slug(province['FullName'])}\t{ward['Code']}\t{_name(ward['FullName'])}\t"
        f"{'yes' if ward['Code'] in kept else ''}\n"
        for province in listed
        for ward in province["Wards"]
    ]
    (FOLDER / "communes.tsv").write_text(_TODAY + "".join(today), encoding="utf-8")
    (FOLDER / "districts.tsv").write_text(_BEFORE + "".join(_before(mapping, codes)), encoding="utf-8")


class _Codes:
    """Codes of today's communes by province and name; by the bare name where its level changed since."""

    def __init__(self, listed: list[dict[str, Any]]) -> None:
        self.whole: dict[tuple[str, str], str] = {}
        bare: dict[tuple[str, str], list[str]] = defaultdict(list)
        for province in listed:
            where = _slug(province["FullName"])
            for ward in province["Wards"]:
                key = match_key(_name(ward["FullName"]))
                self.whole[where, key] = ward["Code"]
                bare[where, key.partition(" ")[2]].append(ward["Code"])
        self.bare = {key: found[0] for key, found in bare.items() if len(found) == 1}

    def of(self, mapped: dict[str, str]) -> str:
        """The code of the commune that a row of the mapping leads to; "" if it names none."""
        where, key = _slug(mapped["new_province"]), match_key(_name(mapped["new_ward"] or ""))
        return self.whole.get((where, key)) or self.bare.get((where, key.partition(" ")[2])) or ""


def _before(mapping: list[dict[str, str]], codes: _Codes) -> list[str]:
    districts: dict[tuple[str, str], dict[str, list[str]]] = {}
    for one in mapping:
        where = (_slug(one["old_province"]), _name(one["old_district"]))
        communes = districts.setdefault(where, {})
        if one["old_ward"]:
            after = communes.setdefault(_name(one["old_ward"]), [])
            code = codes.of(one)
            if code and code not in after:
                after.append(code)
    return [
        f"{province}\t{district}\t"
        + "|".join(f"{name}={','.join(after)}" for name, after in communes.items())
        + "\n"
        for (province, district), communes in districts.items()
    ]


def _name(text: str) -> str:
    text = same_tone(nfc(" ".join(text.split())))
    return text[:1].upper() + text[1:]


def _slug(province: str) -> str:
    bare = _name(province).removeprefix("Thành phố ").removeprefix("Tỉnh ")
    return "-".join(fold(bare).replace("-", " ").split())


if __name__ == "__main__":
    main()
