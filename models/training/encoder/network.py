"""The encoder and its heads as torch modules: a Hugging Face encoder reads texts, two rounds of messages
between the pieces of a document judge them, and the tokens of a mention judge it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from models.encoder.facts import OF_MENTIONS, OF_PIECES
from models.encoder.judge import DUES, ROLES, TAGS, Floats, Logits, marks
from models.encoder.model import numbers
from models.encoder.sight import AROUND, Seen
from models.encoder.slices import Ids, Slicer, batches

HEADS = "heads.safetensors"
_WIDTH = 128
_DROPOUT = 0.2
_TOGETHER = 2_048  # tokens, with padding, that are read at once
_LONGEST = 256
_TAUGHT = 8_192  # tokens of a document that the encoder learns from in one step, drawn anew each time


class Reading(nn.Module):
    """Windows of tokens → states of the tokens, and a vector of each window: first, mean and most."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Any, mask: Any) -> tuple[Any, Any]:
        """States and vectors."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        there = mask[..., None].to(states.dtype)
        mean = (states * there).sum(1) / there.sum(1)
        most = (states - 1e4 * (1 - there)).amax(1)
        return states, torch.cat([states[:, 0], mean, most], 1)


class Heads(nn.Module):
    """Vectors of texts and mentions → logits of pieces and mentions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.text = nn.Linear(3 * width, _WIDTH)
        self.piece = nn.Linear(2 * _WIDTH + len(OF_PIECES), _WIDTH)
        self.first = nn.Linear(len(AROUND) * _WIDTH, _WIDTH)
        self.second = nn.Linear(len(AROUND) * _WIDTH, _WIDTH)
        self.tags = nn.Linear(_WIDTH, len(TAGS))
        self.tokens = nn.Linear(4 * width, _WIDTH)
        self.mention = nn.Linear(2 * _WIDTH + len(OF_MENTIONS), _WIDTH)
        self.roles = nn.Linear(_WIDTH, len(ROLES))
        self.dues = nn.Linear(_WIDTH, len(DUES))
        self.drop = nn.Dropout(_DROPOUT)

    def forward(
        self,
        texts: Any,
        mentioned: Any,
        own: Any,
        column: Any,
        around: Any,
        facts: Any,
        places: Any,
        named: Any,
    ) -> tuple[Any, Any, Any]:
        """Logits of tags, roles and dues."""
        said = _ended(torch.relu(self.text(self.drop(texts))))
        pieces = torch.relu(self.piece(torch.cat([said[own], said[column], facts], 1)))
        for round_ in (self.first, self.second):
            pieces = torch.relu(round_(self.drop(_ended(pieces)[around].flatten(1))))
        heard = torch.relu(self.tokens(self.drop(mentioned)))
        mentions = torch.relu(self.mention(torch.cat([heard, pieces[places], named], 1)))
        return self.tags(pieces), self.roles(mentions), self.dues(mentions)


def _ended(rows: Any) -> Any:
    """With a row that says nothing, for what is not there."""
    return torch.cat([rows, torch.zeros_like(rows[:1])])


class Whole(nn.Module):
    """An encoder with its heads; also a `models.encoder.judge.Network`."""

    def __init__(self, encoder: Any, padding: int) -> None:
        super().__init__()
        self.reading, self.scorer = Reading(encoder), Heads(encoder.config.hidden_size)
        self.padding = padding

    def forward(self, what: Seen) -> tuple[Any, Any, Any]:
        """The logits of a document, with what is needed to learn from them."""
        states: list[Any] = [None] * len(what.windows)
        pooled: list[Any] = [None] * len(what.windows)
        share = _TAUGHT / max(1, sum(len(one.ids) for one in what.windows))
        for places, ids, mask in batches(what.windows, _TOGETHER, self.padding):
            with torch.set_grad_enabled(self.training and float(torch.rand(1)) < share):
                tokens, vectors = self.reading(torch.from_numpy(ids), torch.from_numpy(mask))
            for row, at in enumerate(places):
                states[at], pooled[at] = tokens[row], vectors[row]
        owners = torch.from_numpy(what.owners)
        stacked = torch.stack(pooled)
        texts = stacked.new_zeros(what.texts, stacked.shape[1]).index_add(0, owners, stacked)
        texts = texts / torch.bincount(owners)[:, None]
        mentioned = [states[span[0]][marks(span)].flatten() for span in what.spans]
        mentioned = mentioned or [states[0].new_zeros(4 * states[0].shape[1])]
        given = {name: torch.from_numpy(one) for name, one in numbers(what).items()}
        tags, roles, dues = self.scorer(texts, torch.stack(mentioned), **given)
        return tags, roles[: len(what.spans)], dues[: len(what.spans)]

    @torch.no_grad()
    def encode(self, ids: Ids, mask: Ids) -> tuple[Floats, Floats]:
        """As onnxruntime would."""
        states, pooled = self.reading(torch.from_numpy(ids), torch.from_numpy(mask))
        return states.numpy(), pooled.numpy()

    @torch.no_grad()
    def heads(self, texts: Floats, mentioned: Floats, what: Seen) -> Logits:
        """As onnxruntime would."""
        given = {name: torch.from_numpy(one) for name, one in numbers(what).items()}
        said = self.scorer(torch.from_numpy(texts), torch.from_numpy(mentioned), **given)
        tags, roles, dues = (one.numpy() for one in said)
        return Logits(tags, roles[: len(what.spans)], dues[: len(what.spans)])


def loaded(source: str | Path) -> tuple[Whole, Any]:
    """A Hugging Face encoder by name or folder, its tokenizer, and the heads that are in the folder, if any.

    ValueError where it has no tokenizer of the library `tokenizers`, which alone is there without torch.
    """
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(source)
    if not tokenizer.is_fast:
        raise ValueError(f"{source}: no tokenizer that runs without transformers")
    encoder = AutoModel.from_pretrained(source, attn_implementation="eager")
    whole = Whole(encoder, tokenizer.pad_token_id or 0)
    if (heads := Path(source) / HEADS).is_file():
        whole.scorer.load_state_dict(load_file(heads))
    return whole.eval(), tokenizer


def saved(whole: Whole, tokenizer: Any, folder: Path) -> None:
    """The encoder as Hugging Face keeps it, and the heads beside it."""
    whole.reading.encoder.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    save_file(whole.scorer.state_dict(), folder / HEADS)


def slicer_of(whole: Whole, tokenizer: Any) -> Slicer:
    """Cuts texts for this encoder."""
    return Slicer(tokenizer.backend_tokenizer, length_of(whole, tokenizer))


def length_of(whole: Whole, tokenizer: Any) -> int:
    """Tokens of a window: what the encoder holds (some count positions from 2 on), 256 at most."""
    return int(
        min(_LONGEST, tokenizer.model_max_length, whole.reading.encoder.config.max_position_embeddings - 2)
    )
