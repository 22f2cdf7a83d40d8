"""What all tests share: properties are tested for what comes out, never for how long it takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("dondoc", deadline=None)
settings.load_profile("dondoc")
