"""An encoder as a second reader, step by step; each step goes on where it was broken off.

    python -m models.training.encoder pretrain --text FILE --to FOLDER     bare text → an own encoder
    python -m models.training.encoder finetune --encoder NAME --to FOLDER  labelled documents → a judge
    python -m models.training.encoder export FOLDER --to FOLDER            ONNX and int8, runs without torch
    python -m models.training.encoder figures FOLDER                       what an exported judge is worth
    python -m models.training.encoder folds --encoder NAME --to FOLDER     the same on train, in five groups

The encoder is one that Hugging Face's AutoModel loads: a folder, or a name where its hub can be reached.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from models.encoder.model import load
from models.training.encoder.figures import lessons_in, measured
from models.training.examples import Read, read_files, scorer_of
from models.training.reader import FOLDS, figures, gathered

_SETTINGS = ("layers", "width", "vocabulary", "length", "batch", "steps", "epochs", "patience")
_RATES = ("rate", "heads_rate")


def main(words: Sequence[str] | None = None, read: Read = read_files) -> None:
    """One step; `read` gives a document's pages."""
    import torch

    asked = _asked(words)
    torch.set_num_threads(asked.threads)
    match asked.step:
        case "pretrain":
            _pretrain(asked)
        case "finetune":
            _finetune(asked, read)
        case "export":
            from models.training.encoder.export import export

            export(asked.folder, asked.to)
        case "figures":
            _figures(asked, read)
        case "folds":
            _folds(asked, read)


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("step", choices=("pretrain", "finetune", "export", "figures", "folds"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--text", type=Path, default=Path("../shared/raw/legal_text.txt.xz"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--encoder")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    for name in _SETTINGS:
        parser.add_argument(f"--{name}", type=int)
    for name in _RATES:
        parser.add_argument(f"--{name.replace('_', '-')}", type=float)
    asked = parser.parse_args(words)
    needed = {"finetune": ("encoder", "to"), "folds": ("encoder", "to"), "figures": ("folder",)}
    for name in needed.get(asked.step, ("to",) if asked.step == "pretrain" else ("folder", "to")):
        if getattr(asked, name) is None:
            parser.error(f"{asked.step} needs {name}")
    return asked


def _pretrain(asked: argparse.Namespace) -> None:
    from models.training.encoder.pretrain import Plan, pretrain

    pretrain(asked.text, asked.to, _planned(Plan(), asked))


def _finetune(asked: argparse.Namespace, read: Read) -> None:
    from models.training.encoder.finetune import Plan, finetune

    samples, train = lessons_in(asked.shared, read)
    lessons, always = (train, samples) if train else (samples, [])
    finetune(
        asked.encoder,
        [one.lesson for one in lessons],
        asked.to,
        _planned(Plan(), asked),
        always=[one.lesson for one in always],
    )


def _figures(asked: argparse.Namespace, read: Read) -> None:
    judge = load(asked.folder)
    dev = gathered(asked.shared / "gold" / "dev", read)
    size = sum(one.stat().st_size for one in asked.folder.glob("encoder*"))
    print(json.dumps(measured(dev, judge, asked.shared) | {"megabytes": round(size / 1e6, 1)}))


def _folds(asked: argparse.Namespace, read: Read) -> None:
    from models.training.encoder.finetune import Plan, finetune, judge_of

    samples, train = lessons_in(asked.shared, read)
    readers: dict[str, Any] = {}
    for group in range(FOLDS):
        known = [one.lesson for at, one in enumerate(train) if at % FOLDS != group]
        folder = asked.to / str(group)
        plan, always = _planned(Plan(), asked), [one.lesson for one in samples]
        finetune(asked.encoder, known, folder, plan, always=always)
        readers |= dict.fromkeys([one.name for one in train[group::FOLDS]], judge_of(folder))
    print("train, five groups in turn:", json.dumps(figures(train, readers, scorer_of(asked.shared))))


def _planned(plan: Any, asked: argparse.Namespace) -> Any:
    """With what was asked for otherwise."""
    own = {one.name for one in fields(plan)}
    given = {name: getattr(asked, name) for name in (*_SETTINGS, *_RATES) if name in own}
    return replace(plan, **{name: value for name, value in given.items() if value is not None})


if __name__ == "__main__":
    main()
