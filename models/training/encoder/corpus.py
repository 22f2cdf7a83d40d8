"""Bare text in, blocks of token ids out: what an encoder is pretrained on."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models.training.encoder.tokenizer import BEGIN, END

Blocks = npt.NDArray[np.uint16]
_TOGETHER = 1_000  # lines that are cut into tokens at once


def lines_of(path: Path, every: int = 1) -> Iterator[str]:
    """Each `every`th paragraph of a text file, one a line, packed (.xz) or not."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as text
    ):
        for line in islice(text, 0, None, every):
            if words := line.strip():
                yield words


def blocks_of(lines: Iterator[str], tokenizer: Tokenizer, length: int, most: int) -> Blocks:
    """At most `most` blocks of `length` tokens: paragraphs one after the other, parted by END, cut anywhere."""
    begin, end = tokenizer.token_to_id(BEGIN), tokenizer.token_to_id(END)
    body = length - 1
    ids: list[int] = []
    while len(ids) < most * body and (some := list(islice(lines, _TOGETHER))):
        for one in tokenizer.encode_batch(some, add_special_tokens=False):
            ids += [*one.ids, end]
    number = min(most, len(ids) // body)
    cut = np.array(ids[: number * body], dtype=np.uint16).reshape(number, body)
    return np.hstack([np.full((number, 1), begin, dtype=np.uint16), cut])
