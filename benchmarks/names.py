"""Words a second at which registered names are marked in a text: `python -m benchmarks.names [FILE]`.

The text is FILE, or a made-up one that names units as often as directives do.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pipeline.text import match_key
from pipeline.units.register.known import automaton, find_known

_MADE = (
    "Giao Sở Y tế chủ trì, phối hợp với Công an tỉnh và UBND xã Lương Bằng rà soát số liệu, báo cáo "
    "kết quả trước ngày 15 hằng tháng để tổng hợp, trình Ủy ban nhân dân tỉnh Hưng Yên xem xét. "
)


def main() -> int:
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else _MADE * 10_000
    words = len(text.split())
    find_known("")  # builds the automaton
    started = time.perf_counter()
    names = len(find_known(text))
    whole = time.perf_counter() - started
    key = match_key(text)
    started = time.perf_counter()
    sum(1 for _ in automaton().iter(key))
    bare = time.perf_counter() - started
    print(f"{words:,} words, {names:,} names of {len(automaton()):,}: {words / whole:,.0f} words/s")
    print(f"the automaton alone: {words / bare:,.0f} words/s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
