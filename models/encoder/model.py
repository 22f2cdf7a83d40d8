"""An exported encoder's files, checked by digest and run by onnxruntime on one thread."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from models.encoder.judge import EncoderJudge, Floats, Logits
from models.encoder.sight import Seen
from models.encoder.slices import Ids, Slicer

ENCODER, HEADS, TOKENIZER, SETTINGS = FILES = (
    "encoder.onnx",
    "encoder_heads.onnx",
    "encoder_tokenizer.json",
    "encoder.json",
)
DIGESTS = "encoder.sha256.txt"


class DamagedEncoderError(ValueError):
    """A file is missing or not the one that was exported."""


@cache
def load(folder: Path) -> EncoderJudge:
    """The judge of a folder; DamagedEncoderError where a file is not what its digest says."""
    from tokenizers import Tokenizer

    _check(folder)
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    network = OnnxNetwork(folder / ENCODER, folder / HEADS)
    return EncoderJudge(network, Slicer(tokenizer, settings["length"]), settings["padding"])


def digested(folder: Path) -> None:
    """Writes the digests of a folder's files."""
    lines = [f"{_digest(folder / name)} {name}\n" for name in FILES]
    (folder / DIGESTS).write_text("".join(lines), encoding="ascii")


class OnnxNetwork:
    """A `models.encoder.judge.Network` of two ONNX files."""

    def __init__(self, encoder: Path, heads: Path) -> None:
        self._encoder, self._heads = _session(encoder), _session(heads)

    def encode(self, ids: Ids, mask: Ids) -> tuple[Floats, Floats]:
        """Windows in, states and vectors out."""
        states, pooled = self._encoder.run(["states", "pooled"], {"ids": ids, "mask": mask})
        return states, pooled

    def heads(self, texts: Floats, mentioned: Floats, what: Seen) -> Logits:
        """Vectors in, logits out."""
        given = {"texts": texts, "mentioned": mentioned} | numbers(what)
        tags, roles, dues = self._heads.run(["tags", "roles", "dues"], given)
        size = len(what.spans)
        return Logits(tags, roles[:size], dues[:size])


def numbers(what: Seen) -> dict[str, Any]:
    """What the heads are given beside vectors; a document without mentions is given one that says nothing,
    since a graph takes no empty table."""
    places, named = what.places, what.named
    if not what.spans:
        places, named = np.zeros(1, dtype=np.int64), np.zeros((1, named.shape[1]), dtype=np.float32)
    return {
        "own": what.own,
        "column": what.column,
        "around": what.around,
        "facts": what.facts,
        "places": places,
        "named": named,
    }


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _check(folder: Path) -> None:
    listed = folder / DIGESTS
    if not listed.is_file():
        raise DamagedEncoderError(DIGESTS)
    rows = (line.split() for line in listed.read_text(encoding="ascii").splitlines())
    wanted = {name: digest for digest, name in rows}
    for name in FILES:
        if not (folder / name).is_file() or _digest(folder / name) != wanted.get(name):
            raise DamagedEncoderError(name)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
