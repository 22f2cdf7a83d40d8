"""Text in, windows of token ids out; a text that is longer than the window is cut where a word ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

Ids = npt.NDArray[np.int64]
MOST = 8  # windows of one text that are read; mentions are not looked for further in either
_LATE = 0.75  # of a window: from there on it is cut behind a mark, if there is one
_MARKS = frozenset(".;:,)")


@dataclass(frozen=True, slots=True)
class Window:
    """A text's tokens from one place on, with the encoder's own first and last token around them; `ends` are
    where the tokens end in the text (characters), `start` where the first begins."""

    ids: tuple[int, ...]
    start: int
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> range:
        """The tokens (as `ids` counts them) of a stretch of the text; at least one."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.ends, end, side="left"))
        first = min(first, len(self.ends) - 1)
        return range(first + 1, max(first, min(last, len(self.ends) - 1)) + 2)


class Slicer:
    """Cuts texts for one encoder; `length` is what its window holds, with its own first and last token."""

    def __init__(self, tokenizer: Tokenizer, length: int) -> None:
        around = tokenizer.encode("").ids
        if len(around) != 2:
            raise ValueError("an encoder's tokenizer puts one token before a text and one behind it")
        self._tokenizer, self._body = tokenizer, length - 2
        self._first, self._last = around

    def cut(self, texts: Sequence[str]) -> list[list[Window]]:
        """The windows of each text, at least one."""
        found = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [list(self._windows(one, text)) for one, text in zip(found, texts, strict=True)]

    def _windows(self, found: Encoding, text: str) -> Iterator[Window]:
        start, size = 0, len(found.ids)
        for _ in range(MOST):
            end = size if size - start <= self._body else self._end(found, text, start)
            at = found.offsets[start:end]
            ids = (self._first, *found.ids[start:end], self._last)
            yield Window(ids, at[0][0] if at else 0, tuple(one[1] for one in at) or (0,))
            start = end
            if start >= size:
                return

    def _end(self, found: Encoding, text: str, start: int) -> int:
        full = start + self._body
        for end in range(full, start + int(_LATE * self._body), -1):
            if text[found.offsets[end - 1][1] - 1] in _MARKS:
                return end
        for end in range(full, start, -1):
            if found.word_ids[end] != found.word_ids[end - 1]:
                return end
        return full


def batches(windows: Sequence[Window], tokens: int, padding: int) -> Iterator[tuple[list[int], Ids, Ids]]:
    """Windows of like length together, at most `tokens` with padding: their places, ids and which are no
    padding."""
    order = sorted(range(len(windows)), key=lambda at: -len(windows[at].ids))
    while order:
        length = len(windows[order[0]].ids)
        some, order = order[: max(1, tokens // length)], order[max(1, tokens // length) :]
        ids = np.full((len(some), length), padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, at in enumerate(some):
            size = len(windows[at].ids)
            ids[row, :size], mask[row, :size] = windows[at].ids, 1
        yield some, ids, mask
