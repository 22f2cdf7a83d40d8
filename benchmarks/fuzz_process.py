"""One process of `make fuzz-readers`: `python -m benchmarks.fuzz_process SECONDS FOLDER CORPUS`.

It sees of the readers what is imported while it instruments: nothing of them may be imported before.
"""

from __future__ import annotations

import sys

import atheris

HANGS = 30  # seconds
MEMORY = 2048  # MiB, of the whole process


def main() -> None:
    """Fuzzes until the time is up, a library crashes, hangs, or takes too much memory; ends the process."""
    from pathlib import Path

    seconds, into, corpus = sys.argv[1:]
    with atheris.instrument_imports(include=["pipeline.read", "pipeline.exchange", "pipeline.encodings"]):
        from benchmarks.fuzz_readers import LONGEST, Findings
        from benchmarks.fuzz_shapes import SHAPES

        for shape in SHAPES:
            shape.warm()
    options = (
        f"-max_total_time={seconds}",
        f"-timeout={HANGS}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={into}/",
        "-print_final_stats=1",
    )
    atheris.Setup([sys.argv[0], *options, corpus], Findings(Path(into)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
