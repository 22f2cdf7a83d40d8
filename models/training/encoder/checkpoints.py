"""Where a training stands, on disk: a training that was broken off goes on and ends as if it had not been.

All chance of a step is drawn from the seed and the step's number, so that nothing but the number has to be
kept of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

NAME = "checkpoint.pt"


def keep(folder: Path, **state: Any) -> None:
    """State under its names; a break in the midst of writing leaves the last checkpoint whole."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    torch.save(state, fresh)
    fresh.replace(folder / NAME)


def kept(folder: Path) -> dict[str, Any] | None:
    """What `keep` kept last, None where nothing was; only tensors and plain values are read."""
    path = folder / NAME
    return torch.load(path, weights_only=True) if path.is_file() else None


def drop(folder: Path) -> None:
    """The training is over."""
    (folder / NAME).unlink(missing_ok=True)
