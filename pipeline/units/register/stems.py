"""The part of a kind's name that names the body, and whether a level or owner must follow it."""

from __future__ import annotations

_LEVELS = {
    "ministry": ("Bộ",),
    "province": ("tỉnh", "thành phố"),
    "department": ("Sở",),
    "district": ("huyện",),
    "commune": ("xã", "đặc khu"),
}


def stem(name: str, scope: str) -> tuple[str, bool]:
    """A name without the level of its scope at the end: "Công an tỉnh" → "Công an", True; "Sở Y tế" stays."""
    for level in _LEVELS.get(scope, ()):
        if name.endswith(f" {level}"):
            return name[: -len(level) - 1], True
    return name, False
