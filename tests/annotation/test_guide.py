"""The labelling guide quotes the corpora as they are."""

from __future__ import annotations

import pytest

from annotation.guide import GUIDE, Drifted, rendered


def test_the_guide_and_the_corpora_say_the_same():
    guide = GUIDE.read_text(encoding="utf-8")
    assert guide == rendered(guide), "python -m annotation.guide"
    assert guide.count("<!-- ") > 20


def test_an_example_that_is_gone_is_told():
    with pytest.raises(Drifted, match="Sở Không Có"):
        rendered("<!-- assigns: Sở Không Có -->\n")


def test_a_changed_example_is_written_anew():
    marker = "<!-- dismisses: có hiệu lực kể từ ngày ký -->"
    assert rendered(f"{marker}\n> ngày xưa\nsau đó\n").splitlines() == [
        marker,
        "> Quyết định này có hiệu lực kể từ ngày ký. → no task (in force)",
        "sau đó",
    ]
