"""Bare text → an own encoder: a small ModernBERT (B. Warner et al., 2024) that guesses masked tokens.

Its tokens know by rotation where they stand to each other: on a few million tokens a BERT that learns places
one by one stayed at a loss of 5.0, where this one came below 2.8 in a third of the steps.

Out: a folder as Hugging Face's AutoModel and AutoTokenizer load it. Seeds are fixed: the same text gives the
same weights on the same machine, also when the training is broken off and goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import ModernBertConfig, ModernBertForMaskedLM

from models.training.encoder import checkpoints
from models.training.encoder.corpus import Blocks, blocks_of, lines_of
from models.training.encoder.tokenizer import BEGIN, END, MASK, PAD, SPECIAL, save, taught

_WEIGHT_DECAY = 0.01
_WARM = 0.06  # of the steps


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the encoder and of its training."""

    layers: int = 3
    width: int = 192
    vocabulary: int = 8_000
    length: int = 128
    batch: int = 8
    steps: int = 3_600
    rate: float = 1e-3
    masked: float = 0.2
    every: tuple[int, int] = (10, 5)  # each tenth line teaches the tokenizer, each fifth the encoder
    report: int = 100
    seed: int = 11


def pretrain(text: Path, folder: Path, plan: Plan, say: Callable[[str], None] = print) -> float:
    """Writes the encoder into `folder`, goes on from its checkpoint there; the last report's loss."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "tokenizer.json").is_file():
        save(taught(lines_of(text, plan.every[0]), plan.vocabulary), folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    blocks = _blocks(text, folder, tokenizer, plan)
    training = _Training(blocks, tokenizer, plan)
    training.go_on(folder)
    loss = training.run(folder, say)
    training.model.save_pretrained(folder)
    checkpoints.drop(folder)
    return loss


def _blocks(text: Path, folder: Path, tokenizer: Tokenizer, plan: Plan) -> Blocks:
    path = folder / "blocks.npy"
    if not path.is_file():
        lines = lines_of(text, plan.every[1])
        np.save(path, blocks_of(lines, tokenizer, plan.length, plan.steps * plan.batch))
    found: Blocks = np.load(path)
    return found


def _config(tokenizer: Tokenizer, plan: Plan) -> ModernBertConfig:
    pad, begin, end = (tokenizer.token_to_id(one) for one in (PAD, BEGIN, END))
    return ModernBertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=plan.width,
        num_hidden_layers=plan.layers,
        num_attention_heads=max(1, plan.width // 64),
        intermediate_size=2 * plan.width,
        max_position_embeddings=plan.length,
        global_attn_every_n_layers=1,
        initializer_range=0.04,
        pad_token_id=pad,
        bos_token_id=begin,
        eos_token_id=end,
        cls_token_id=begin,
        sep_token_id=end,
    )


class _Training:
    def __init__(self, blocks: Blocks, tokenizer: Tokenizer, plan: Plan) -> None:
        self._blocks, self._plan = blocks, plan
        self._mask, self._vocabulary = tokenizer.token_to_id(MASK), tokenizer.get_vocab_size()
        torch.manual_seed(plan.seed)
        self.model: Any = ModernBertForMaskedLM(_config(tokenizer, plan))
        self._steps = torch.optim.AdamW(
            self.model.parameters(), plan.rate, betas=(0.9, 0.98), weight_decay=_WEIGHT_DECAY
        )
        self._order = np.random.default_rng(plan.seed).permutation(len(blocks))
        self._done, self._losses = 0, [0.0]

    def go_on(self, folder: Path) -> None:
        if state := checkpoints.kept(folder):
            self._done, self._losses = state["done"], state["losses"]
            self.model.load_state_dict(state["model"])
            self._steps.load_state_dict(state["steps"])

    def run(self, folder: Path, say: Callable[[str], None]) -> float:
        plan, started, first = self._plan, time.monotonic(), self._done
        self.model.train()
        recent: list[float] = []
        for step in range(self._done, plan.steps):
            recent.append(self._step(step))
            if (step + 1) % plan.report and step + 1 < plan.steps:
                continue
            self._losses.append(float(np.mean(recent)))
            recent.clear()
            speed = (step + 1 - first) * plan.batch * plan.length / (time.monotonic() - started)
            told = {"step": step + 1, "of": plan.steps, "loss": round(self._losses[-1], 3)}
            say(json.dumps(told | {"tokens_per_second": round(speed)}))
            checkpoints.keep(
                folder,
                done=step + 1,
                losses=self._losses,
                model=self.model.state_dict(),
                steps=self._steps.state_dict(),
            )
        return self._losses[-1]

    def _step(self, step: int) -> float:
        plan = self._plan
        for group in self._steps.param_groups:
            group["lr"] = plan.rate * _share(step, plan.steps)
        chance = np.random.default_rng((plan.seed, step))
        rows = self._order[np.arange(step * plan.batch, (step + 1) * plan.batch) % len(self._order)]
        ids = torch.from_numpy(self._blocks[rows].astype(np.int64))
        places = torch.from_numpy(
            chance.random((plan.batch, plan.length - 1)).argsort(1)[
                :, : max(1, round(plan.masked * plan.length))
            ]
            + 1
        )
        right = ids.gather(1, places)
        shown = ids.scatter(1, places, self._shown(right, chance))
        states = self.model.model(shown).last_hidden_state
        wanted = states.gather(1, places[..., None].expand(-1, -1, plan.width))
        said = self.model.decoder(self.model.head(wanted))
        loss = torch.nn.functional.cross_entropy(said.flatten(0, 1), right.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._steps.step()
        self._steps.zero_grad()
        return float(loss.detach())

    def _shown(self, right: Any, chance: np.random.Generator) -> Any:
        """Eight tenths of what is to be guessed are masked, a tenth is another token, a tenth is kept."""
        drawn = torch.from_numpy(chance.random(right.shape))
        other = torch.from_numpy(chance.integers(len(SPECIAL), self._vocabulary, right.shape))
        return torch.where(drawn < 0.8, self._mask, torch.where(drawn < 0.9, other, right))


def _share(step: int, steps: int) -> float:
    """Of the full rate: up in a straight line, then down to nothing."""
    warm = max(1, round(_WARM * steps))
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)
