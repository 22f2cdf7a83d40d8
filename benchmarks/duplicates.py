"""`python -m benchmarks.duplicates`: how well documents that are one are found, and what that costs.

    python -m benchmarks.duplicates [--read N] [--store DATA_FOLDER] [--documents N]

Three parts. Invented: samples are set as Word, as PDF and as a worn scan, the scan read by OCR (`--read` of
them), and altered as copies and as other documents are; all are filed, and the pairs proposed are counted
against those that are one. Real (`--store`): the store that `dondoc batch` made of a folder where a .doc and
its scan have one name (../shared/archive): the names say which are one. Cost: `--documents` sketches in a
store, the time to file one more. Names are shown, no words. The last line is JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from scripts.make_samples import pdf, plain, scan, word
from scripts.make_samples.__main__ import read_all
from scripts.make_samples.model import Sample
from service.bootstrap import open_store
from service.bootstrap import reader as make_reader
from service.duplicates.finding import sketch_of
from service.duplicates.sketch import BANDS, ROWS, bands_of
from service.reader import Part
from service.settings import Settings
from service.store import FilePart, Store
from service.tables import Document, DocumentBand, DocumentSketch, Twin

MENU = "Trang chủ Giới thiệu Tin tức Văn bản Liên hệ\nTìm kiếm\nĐăng nhập\n"
FOOT = "\nLượt xem: 1234\nIn trang\nChia sẻ\nVăn bản cùng loại\n"
UNDECIDED = "?"  # before the truth of what may be a copy of several
SETTLED = 40  # documents filed before the clock runs
TIMED = 40


@dataclass(frozen=True, slots=True)
class Copy:
    """A document to file: `truth` is the same for those that are one."""

    name: str
    truth: str
    record: dict[str, Any]


def invented(read: int) -> Iterator[Copy]:
    """The samples' copies, and what only looks like one."""
    reading = make_reader(Settings())
    taken = [one for one in read_all() if not one.heading.secrecy and len(plain.text(one)) > 1500]
    for number, sample in enumerate(taken):
        made = {
            "docx": lambda sample=sample: word.write(sample),
            "pdf": lambda sample=sample: pdf.typeset(sample),
            "txt": lambda sample=sample: plain.text(sample).encode(),
        }
        if number < read:
            made["scan.pdf"] = lambda sample=sample: _scan(sample)
        for suffix, content in made.items():
            record = reading([Part(f"{sample.id}.{suffix}", content())])
            yield Copy(f"{sample.id}.{suffix}", sample.id, record)
        yield from _altered(sample.id, record)


def _scan(sample: Sample) -> bytes:
    return scan.as_pdf(sample, scan.pictures(sample, pdf.typeset(sample)), "")


def _altered(name: str, record: dict[str, Any]) -> Iterator[Copy]:
    """Copies as people keep them, and other documents in the same words. A draft has no number in its text
    either: of two form letters it may be either's."""
    header, text = record["document"], record["text"]
    number, unnamed = header["number"] or "1/CV", {"number": None, "issued_on": None}
    other = number.replace("/", "7/", 1)
    day = header["issued_on"] or "2024-01-01"
    later = (dt.date.fromisoformat(day) + dt.timedelta(31)).isoformat()

    def made(what: str, truth: str, text: str, **new: Any) -> Copy:
        source = record["source"] | {"sha256": f"{name}-{what}", "name": f"{name}-{what}"}
        changed = {"text": text, "source": source, "document": header | new}
        return Copy(f"{name}-{what}", truth, record | changed)

    yield made("web", name, MENU + text + FOOT, **unnamed)
    blank = text.replace(number, number.lstrip("0123456789"))
    yield made("draft", UNDECIDED + name, _words_changed(blank, 0.05), **unnamed)
    form = text.replace(number, other)
    yield made("form", f"{name}-form", form, number=other)
    yield made("reissue", f"{name}-reissue", _words_changed(form, 0.03), number=other, issued_on=later)
    month = re.sub(r"\d+", lambda one: str(int(one[0]) + 1), text)
    yield made("month", f"{name}-month", month, **unnamed)
    third = len(text) // 3
    yield made("amends", f"{name}-amends", blank[:third] + _words_changed(blank[third:], 0.9), **unnamed)


def _words_changed(text: str, share: float) -> str:
    dice, words = np.random.default_rng(1), text.split(" ")
    pool = sorted(set(words))
    return " ".join(str(dice.choice(pool)) if dice.random() < share else one for one in words)


def file(store: Store, copies: Iterator[Copy]) -> dict[int, Copy]:
    """Files them as the intake does; by the document's id."""
    kept: dict[int, Copy] = {}
    for one in copies:
        key = f"{len(kept):064d}"
        with store.begin() as work:
            made = work.add(key, one.record, "done", [FilePart(key, one.name, 1)])
            work.twins.finding.note(made, sketch_of(one.record))
        kept[made] = one
    return kept


def counted(store: Store, truths: dict[int, str], names: dict[int, str]) -> dict[str, Any]:
    """Pairs proposed against pairs that are one; a pair with what may be a copy of several is right within
    its family, and told apart."""
    with store.begin() as work:
        found = {tuple(row) for row in work._session.execute(select(Twin.first_id, Twin.second_id)).tuples()}
    bare = {one: truth.removeprefix(UNDECIDED) for one, truth in truths.items()}
    unsure = {one for one, truth in truths.items() if truth.startswith(UNDECIDED)}
    wanted = {
        pair for pair in itertools.combinations(sorted(truths), 2) if len({bare[one] for one in pair}) == 1
    }
    either = {
        (one, other)
        for one, other in found - wanted
        if {one, other} & unsure and (bare[one].startswith(bare[other]) or bare[other].startswith(bare[one]))
    }
    found -= either
    for said, some in (("missed", wanted - found), ("wrong", found - wanted)):
        for one, other in sorted(some):
            print(f"  {said}: {names[one]} · {names[other]}")
    right = len(wanted & found)
    return {
        "documents": len(truths),
        "pairs": len(wanted),
        "proposed": len(found),
        "undecided": len(either),
        "precision": round(right / max(len(found), 1), 4),
        "recall": round(right / max(len(wanted), 1), 4),
    }


def cost(count: int) -> dict[str, Any]:
    """Milliseconds to file one more where so many are, and of these to compare it."""
    dice = np.random.default_rng(2)
    with tempfile.TemporaryDirectory(prefix="dondoc-twins-") as folder:
        store = open_store(Settings(data_dir=Path(folder), database_url=""))
        base = next(iter(invented(0)))
        kept = file(store, iter([base]))
        with store.begin() as work:
            row = work._session.execute(select(Document.__table__)).mappings().one()
        shared = dice.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32)
        for start in range(0, count, 2000):
            _fill(store, dict(row), start, min(2000, count - start), dice, shared)
        times, whole = [], []
        for copy in itertools.islice(_many(base), SETTLED + TIMED):
            sketch, begun = sketch_of(copy.record), time.perf_counter()
            with store.begin() as work:
                made = work.add(copy.name, copy.record, "done", [])
                before = time.perf_counter()
                work.twins.finding.note(made, sketch)
                times.append(1000 * (time.perf_counter() - before))
            whole.append(1000 * (time.perf_counter() - begun))
        assert kept
    shown = sorted(times[SETTLED:])
    return {
        "documents": count,
        "milliseconds_compared": round(statistics.median(shown), 1),
        "milliseconds_compared_p95": round(shown[int(0.95 * len(shown))], 1),
        "milliseconds_filed": round(statistics.median(whole[SETTLED:]), 1),
    }


def _fill(store: Store, row: dict[str, Any], start: int, count: int, dice: Any, shared: Any) -> None:
    """Documents that are one's neighbours in nothing, a hundredth of them a form letter in the same words."""
    documents, sketches, bands = [], [], []
    for number in range(start + 10, start + 10 + count):
        numbers = dice.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32)
        numbers = np.where(dice.random(BANDS * ROWS) < 0.9, shared, numbers) if number % 100 == 0 else numbers
        documents.append(row | {"id": number, "key": f"k{number}", "number_key": f"{number}/k"})
        sketches.append({"document_id": number, "numbers": numbers.astype("<u4").tobytes(), "shingles": 500})
        bands += [{"band": band, "document_id": number} for band in set(bands_of(numbers.astype("<u4")))]
    with store.begin() as work:
        for table, rows in ((Document, documents), (DocumentSketch, sketches), (DocumentBand, bands)):
            work._session.execute(insert(table.__table__), rows)


def _many(base: Copy) -> Iterator[Copy]:
    """One document after the other, each in words of its own."""
    for number in itertools.count():
        text = _words_changed(base.record["text"], 0.1 + number % 7 / 10)
        source = base.record["source"] | {"sha256": f"n{number}"}
        header = base.record["document"] | {"number": f"{number}/NEW"}
        yield replace(
            base, name=f"n{number}", record=base.record | {"text": text, "source": source, "document": header}
        )


def real(folder: Path) -> dict[str, Any]:
    """A store whose files' names say which are one."""
    store = open_store(Settings(data_dir=folder))
    with store.begin() as work:
        rows = work._session.execute(select(Document.id, Document.name)).tuples().all()
    names = dict(rows)
    return counted(store, {one: PurePath(name).stem for one, name in names.items()}, names)


def main() -> int:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.duplicates", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--read", type=int, default=10, help="samples read as scans too")
    parser.add_argument("--store", type=Path, help="data folder of a filed archive")
    parser.add_argument("--documents", type=int, default=100_000, help="0: no cost")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    parts: dict[str, Callable[[], dict[str, Any]]] = {}
    if options.read >= 0:
        parts["invented"] = lambda: _invented(options.read)
    if options.store:
        parts["real"] = lambda: real(options.store)
    if options.documents:
        parts["cost"] = lambda: cost(options.documents)
    for name, measure in parts.items():
        figures[name] = measure()
        print(name, figures[name], flush=True)
    print(json.dumps(figures))
    return 0


def _invented(read: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="dondoc-twins-") as folder:
        store = open_store(Settings(data_dir=Path(folder), database_url=""))
        kept = file(store, invented(read))
        names = {one: copy.name for one, copy in kept.items()}
        return counted(store, {one: copy.truth for one, copy in kept.items()}, names)


if __name__ == "__main__":
    sys.exit(main())
