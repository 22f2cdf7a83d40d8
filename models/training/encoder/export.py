"""A taught encoder → the files that onnxruntime runs without torch: ONNX, the encoder's weights as int8."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch.export import Dim

from models.encoder.facts import OF_MENTIONS, OF_PIECES
from models.encoder.model import ENCODER, HEADS, SETTINGS, TOKENIZER, digested
from models.encoder.sight import AROUND
from models.training.encoder.network import Whole, length_of, loaded

_SOME = 3  # rows of the example that a graph is drawn from; any number is taken later


def export(source: Path, folder: Path) -> None:
    """Writes the files of `models.encoder.model` for the taught encoder in `source`."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, tokenizer = loaded(source)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / ENCODER
        draw_encoder(whole, plain)
        _quantised(plain, folder / ENCODER)
    draw_heads(whole, folder / HEADS)
    (folder / TOKENIZER).write_text(tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    settings = {"length": length_of(whole, tokenizer), "padding": whole.padding}
    (folder / SETTINGS).write_text(json.dumps(settings) + "\n", encoding="utf-8")
    digested(folder)


def draw_encoder(whole: Whole, path: Path) -> None:
    """Windows of tokens → states and vectors, in full precision."""
    given = {name: torch.ones(_SOME, 5, dtype=torch.int64) for name in ("ids", "mask")}
    shape = {0: Dim.DYNAMIC, 1: Dim.DYNAMIC}
    _draw(whole.reading, path, given, dict.fromkeys(given, shape), ["states", "pooled"])


def draw_heads(whole: Whole, path: Path) -> None:
    """Vectors of texts and mentions → logits."""
    width = whole.reading.encoder.config.hidden_size
    texts, pieces, mentions = _SOME, _SOME + 1, _SOME + 2
    given = {
        "texts": torch.zeros(texts, 3 * width),
        "mentioned": torch.zeros(mentions, 4 * width),
        "own": torch.zeros(pieces, dtype=torch.int64),
        "column": torch.zeros(pieces, dtype=torch.int64),
        "around": torch.zeros(pieces, len(AROUND), dtype=torch.int64),
        "facts": torch.zeros(pieces, len(OF_PIECES)),
        "places": torch.zeros(mentions, dtype=torch.int64),
        "named": torch.zeros(mentions, len(OF_MENTIONS)),
    }
    _draw(whole.scorer, path, given, {name: {0: Dim.DYNAMIC} for name in given}, ["tags", "roles", "dues"])


def _draw(module: Any, path: Path, given: dict[str, Any], shapes: dict[str, Any], named: list[str]) -> None:
    with contextlib.redirect_stdout(io.StringIO()):  # the exporter tells each of its stages
        torch.onnx.export(
            module.eval(),
            kwargs=given,
            f=str(path),
            input_names=list(given),
            output_names=named,
            dynamic_shapes=shapes,
            dynamo=True,
            external_data=False,
        )


def _quantised(plain: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_suffix(".prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(path), weight_type=QuantType.QInt8, per_channel=True)
