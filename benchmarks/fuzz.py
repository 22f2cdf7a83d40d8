"""`make fuzz`: random text through the code that reads clauses, units and deadlines, until the time is up.

    python -m benchmarks.fuzz [--seconds N] [--seed N]

Each input is a splice of the rules' own examples with repetitions, cuts and any Unicode in between. An
exception, a span out of bounds, or a second of the processor for each 2,000 characters is a failure: it is
shown, cut to the shortest input that still fails, and the exit status is 1. Then single lines of 5 MB are
read, and their seconds shown. `target` has the form that coverage-guided fuzzers call: bytes in, nothing out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from collections.abc import Callable, Iterable
from functools import cache

from pipeline.assignments import find_drafts
from pipeline.assignments.corpus import ASSIGNMENTS
from pipeline.assignments.dismissals import dismiss
from pipeline.assignments.segments import segment
from pipeline.deadlines import find_deadlines, find_lookalikes, read_cell
from pipeline.deadlines.corpus import EXAMPLES
from pipeline.errors import Unreadable
from pipeline.read import open_source, read
from pipeline.structure import structure
from pipeline.text import nfc
from pipeline.types import Block, BlockKind, Directive, Header, Layout, Paragraph, Span
from pipeline.units import find_units, split_list
from pipeline.units.corpus import MARKED

ISSUED = dt.date(2024, 3, 5)
BIG = 5_000_000  # characters
GRACE = 1.0  # seconds of the processor that any input may take
PACE = 2_000  # characters a second
MARKS = (
    " ",
    "",
    "\n",
    ", ",
    "; ",
    ". ",
    ": ",
    "\n- ",
    "\n1. ",
    "\na) ",
    "(",
    ")",
    "“",
    "\u0301",
    "\u200b",
    "/",
)


def target(data: bytes) -> None:
    """Raises where the code does not stand what the bytes spell."""
    text = nfc(data.decode("utf-8", "replace"))
    spans = [unit.span for unit in (*find_units(text), *split_list(text))]
    readings = (*find_deadlines(text, ISSUED), *(one for one, _ in find_lookalikes(text, None)))
    spans += [reading.span for reading in readings]
    spans += [part.span for part in segment(text)]
    dismiss(text)
    read_cell(text, ISSUED)
    _check(spans, text)
    try:
        reading = read(open_source("x.txt", data))
    except Unreadable:
        return
    directive = structure(reading)
    drafts, _ = find_drafts(directive)
    _check((span for draft in drafts for span in draft.spans), directive.layout.text)


def _check(spans: Iterable[Span], text: str) -> None:
    for span in spans:
        if not 0 <= span.start <= span.end <= len(text):
            raise AssertionError(f"{span} lies outside {len(text)} characters")


@cache
def _pieces() -> tuple[str, ...]:
    deadlines = (example.phrase for example in EXAMPLES)
    units = (marked.replace("[", "").replace("]", "") for marked in MARKED)
    return (*deadlines, *units, *(one.text for one in ASSIGNMENTS))


def invented(dice: random.Random) -> str:
    """A text that the rules have something to say of."""
    parts: list[str] = []
    for _ in range(dice.randint(1, 12)):
        piece = dice.choice(_pieces())
        match dice.randrange(6):
            case 0:
                piece = piece[dice.randrange(len(piece)) :]
            case 1:
                piece = "".join(chr(dice.randrange(1, 0xD7FF)) for _ in range(dice.randint(1, 30)))
            case 2:
                piece = piece.upper()
            case 3:
                piece = (dice.choice(piece.split() or ["x"]) + dice.choice(MARKS)) * dice.randint(1, 200)
        parts += (piece, dice.choice(MARKS))
    return "".join(parts)


def failure(text: str) -> str:
    """What goes wrong with a text; "" if nothing does."""
    started = time.process_time()
    try:
        target(text.encode("utf-8", "surrogatepass"))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - started
    return f"slow: {taken:.1f} s" if taken > GRACE + len(text) / PACE else ""


def shortest(text: str) -> str:
    """The text cut from both ends and in the middle as long as it still fails."""
    step = len(text) // 2
    while step:
        for at in range(0, len(text), step):
            cut = text[:at] + text[at + step :]
            if failure(cut):
                text = cut
                break
        else:
            step //= 2
    return text


def _one_line(text: str) -> Directive:
    """A directive whose body is one paragraph."""
    span = Span(0, len(text))
    layout = Layout(text, (), (Paragraph(span, 1),))
    clause = Block(BlockKind.PARAGRAPH, span)
    return Directive(layout, Header(issued_on=ISSUED), Block(BlockKind.ROOT, Span(0, 0), children=(clause,)))


def big_lines() -> None:
    """Seconds for single lines of 5 MB, by what they hold and what reads them."""
    order = "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát, báo cáo trước ngày 20/9/2025; "
    lines = {
        "orders": order,
        "one letter": "a",
        "a conjunction": "và ",
        "figures": "1/2/",
        "units": "Sở Y tế, ",
    }
    readers: dict[str, Callable[[str], object]] = {
        "units": find_units,
        "deadlines": lambda text: find_deadlines(text, ISSUED),
        "clauses": lambda text: find_drafts(_one_line(text)),
    }
    for name, piece in lines.items():
        text = (piece * (BIG // len(piece) + 1))[:BIG]
        for reader, call in readers.items():
            started = time.process_time()
            call(text)
            print(f"5 MB of {name}: {reader} {time.process_time() - started:.1f} s", flush=True)


def main() -> int:
    """Runs until the time is up or something fails."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    dice = random.Random(options.seed)
    target("Giao Sở Y tế báo cáo trước ngày 5/9.".encode())  # compiles the rules
    end, tried = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        text = invented(dice)
        tried += 1
        wrong = failure(text)
        if wrong:
            print(f"seed {options.seed}, input {tried}: {wrong}\n{shortest(text)!r}")
            return 1
    print(f"seed {options.seed}: {tried} inputs, nothing failed")
    big_lines()
    return 0


if __name__ == "__main__":
    sys.exit(main())
