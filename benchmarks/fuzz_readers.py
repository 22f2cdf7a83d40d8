"""`make fuzz-readers`: bytes that a fuzzer grows by what they reach in the readers, until the time is up.

    python -m benchmarks.fuzz_readers [--seconds N] [--into FOLDER] [FILE…]

Needs the extra `fuzz` (atheris). Seeds are the samples and the hostile files (docs/hostile.md); what an input
is read as is told by its first byte, so that a change is not lost on a zip's checksum
(benchmarks/fuzz_shapes.py). A finding is any exception but `Unreadable`, that with the reason `internal`,
five seconds of the processor, 2 GB of memory, a crash of a library. Each is kept in FOLDER by its shortest
input, and the fuzzer goes on; exit status 1 where there is any. With FILEs these alone are tried again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from benchmarks.fuzz_shapes import SHAPES, read_as, seeds
from pipeline.errors import Reason, Unreadable

SLOW = 5.0  # seconds of the processor for one input
LONGEST = 20_000  # bytes of an input


def wrong(data: bytes) -> str:
    """What goes wrong with an input, by its kind and place; "" if nothing does."""
    started = time.process_time()
    try:
        read_as(data)
    except Unreadable as error:
        if error.reason is Reason.INTERNAL:
            return _told(error.__cause__ or error)
    except Exception as error:
        return _told(error)
    taken = time.process_time() - started
    return f"slow in {SHAPES[data[0] % len(SHAPES)].name}" if taken > SLOW else ""


def _told(error: BaseException) -> str:
    own = [one for one in traceback.extract_tb(error.__traceback__) if "/pipeline/" in one.filename]
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "outside"
    return f"{type(error).__name__} at {place}"


class Findings:
    """What went wrong, each kept by the shortest input that shows it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, int] = {}

    def __call__(self, data: bytes) -> None:
        """Tries an input, as a fuzzer calls it."""
        told = wrong(data) if data else ""
        if told and len(data) < self._known.get(told, LONGEST + 1):
            self._known[told] = len(data)
            name = "".join(char if char.isalnum() else "-" for char in told)
            (self._folder / f"{name}.bin").write_bytes(data)
            (self._folder / f"{name}.txt").write_text(told, encoding="utf-8")


def fuzzed(seconds: float, into: Path) -> dict[str, int]:
    """Runs fuzzers one after the other until the time is up: one ends early where a library crashes, hangs or
    takes too much memory."""
    into.mkdir(parents=True, exist_ok=True)
    end, tried, processes = time.monotonic() + seconds, 0, 0
    with tempfile.TemporaryDirectory(prefix="dondoc-fuzz-") as folder:
        corpus = Path(folder)
        for number, seed in enumerate(seeds(LONGEST)):
            (corpus / f"{number:04d}").write_bytes(seed)
        while (left := round(end - time.monotonic())) > 0:
            command = [sys.executable, "-m", "benchmarks.fuzz_process", str(left), str(into), folder]
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                errors="replace",
            )
            processes += 1
            stats = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
            tried += int(stats[-1].split()[-1]) if stats else 0
            if not stats:
                print(done.stderr[-2000:], file=sys.stderr)
                if processes > 3 and tried == 0:
                    break
    findings = len(list(into.glob("*.txt"))) + len([one for one in into.iterdir() if not one.suffix])
    return {"seconds": round(seconds), "inputs": tried, "processes": processes, "findings": findings}


def main() -> int:
    """Runs until the time is up, tells what was found."""
    parser = argparse.ArgumentParser(prog="make fuzz-readers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--into", type=Path, default=Path(tempfile.gettempdir()) / "dondoc-findings")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    if options.files:
        told = {str(path): wrong(path.read_bytes()) for path in options.files}
        print(json.dumps(told, indent=1))
        return int(any(told.values()))
    figures = fuzzed(options.seconds, options.into)
    for path in sorted(options.into.iterdir()):
        if path.suffix != ".bin":
            print(path.read_text(encoding="utf-8") if path.suffix == ".txt" else path.name)
    print(json.dumps(figures))
    return int(figures["findings"] > 0)


if __name__ == "__main__":
    sys.exit(main())
