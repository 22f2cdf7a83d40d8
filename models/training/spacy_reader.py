"""Labelled documents → a spaCy pipeline as a judge, trained by `spacy train` and measured as the shipped one.

    python -m models.training.spacy_reader [--shared DIR] [--words plain|underthesea] [--groups] [--save DIR]

In: the samples that the project ships and `gold/train` of a folder beside the project. A sixth of the
documents of train teaches nothing: the pipeline that is best there is kept. Out: figures on dev, with
--groups also those of train by five groups in turn; seconds, words a second and size. All on one core of the
CPU, seeds fixed in config.cfg. Needs the extra `learn`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.cli.train import train

from models.reader.read import see
from models.spacy_reader.judge import Pipeline, load
from models.training.examples import Read, read_files, scorer_of
from models.training.lessons import Lesson
from models.training.reader import FOLDS, SAMPLES, Taught, figures, gathered
from models.training.spacy_corpus import CONFIG, TOKENIZERS, blank, write

_HELD, _FIRST = 6, 2  # one document in so many, from this one on, chooses the step that is kept


def taught(
    lessons: Sequence[Lesson],
    held: Sequence[Lesson],
    folder: Path,
    words: str = "plain",
    settings: Mapping[str, Any] | None = None,
) -> Pipeline:
    """A pipeline taught by `lessons`, the best of its steps on `held`; `folder` gets it, and what taught it.

    `words` is one of `TOKENIZERS`; `settings` are other values of config.cfg, by dotted name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nlp = blank(words)
    paths = {name: folder / f"{name}.spacy" for name in ("train", "dev")}
    write(lessons, nlp, paths["train"])
    write(held, nlp, paths["dev"])
    given = {f"paths.{name}": str(path) for name, path in paths.items()}
    given["nlp.tokenizer.@tokenizers"] = TOKENIZERS[words]
    train(CONFIG, folder, overrides={**given, **(settings or {})})
    return load(folder / "model-best")


def parted(documents: Sequence[Taught]) -> tuple[list[Lesson], list[Lesson]]:
    """What teaches, and what is held back."""
    them = [one.lesson for one in documents]
    return [one for at, one in enumerate(them) if at % _HELD != _FIRST], them[_FIRST::_HELD]


def folded(documents: Sequence[Taught], always: Sequence[Lesson], words: str) -> dict[str, Pipeline]:
    """By document, a pipeline that has not seen it: taught by the other groups and by `always`."""
    found: dict[str, Pipeline] = {}
    for group in range(FOLDS):
        teach, held = parted([one for at, one in enumerate(documents) if at % FOLDS != group])
        with tempfile.TemporaryDirectory() as folder:
            judge = taught([*always, *teach], held, Path(folder), words)
        found |= {one.name: judge for one in documents[group::FOLDS]}
    return found


def main() -> None:
    """Teach the pipeline, tell how good and how fast it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--words", choices=sorted(TOKENIZERS), default="plain")
    parser.add_argument("--groups", action="store_true")
    parser.add_argument("--save", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(asked.shared, read_files, asked.words, asked.save or Path(folder), groups=asked.groups)


def run(shared: Path, read: Read, words: str, folder: Path, *, groups: bool) -> None:
    """The whole of it; `read` gives a document's pages, `folder` gets the pipeline."""
    samples = [one.lesson for one in gathered(SAMPLES, read)]
    documents = gathered(shared / "gold" / "train", read)
    dev = gathered(shared / "gold" / "dev", read)
    scorer = scorer_of(shared)
    teach, held = parted(documents)
    started = time.perf_counter()
    judge = taught([*samples, *teach], held, folder, words)
    print(f"trained in {time.perf_counter() - started:.0f} s, {_size(folder / 'model-best'):.1f} MB")
    print("dev:", json.dumps(figures(dev, dict.fromkeys([one.name for one in dev], judge), scorer)))
    print(f"{_speed(dev, judge):.0f} words a second")
    if groups:
        unseen = folded(documents, samples, words)
        print("train, five groups in turn:", json.dumps(figures(documents, unseen, scorer)))


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _speed(documents: Sequence[Taught], judge: Pipeline) -> float:
    """Words of whole documents a second of this process, to the tasks seen."""
    directives = [one.lesson.view.directive for one in documents]
    started = time.process_time()
    for directive in directives:
        see(directive, judge)
    spent = time.process_time() - started
    return sum(len(one.layout.text.split()) for one in directives) / spent


if __name__ == "__main__":
    main()
