"""Small logistic models by ridge regression, and Platt's calibration: rows of facts in, weights out.

numpy only, no chance in it: the same rows give the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.confidence import Logistic

Array = NDArray[np.float64]
_STEPS = 50
_SETTLED = 1e-9
_SLOPE, _SHIFT = 0.3, 1.0  # how far calibration may believably move slope (from 1) and offset (from 0)


@dataclass(frozen=True)
class Matrix:
    """Facts as columns, a row an example; `scale` divides each column."""

    names: tuple[str, ...]
    rows: Array
    centre: Array
    scale: Array


def matrix(facts: Sequence[Mapping[str, float]], documents: Sequence[str], least: int) -> Matrix:
    """The facts that vary in `least` documents or more, centred and scaled."""
    where: dict[str, set[str]] = {}
    for row, document in zip(facts, documents, strict=True):
        for name, value in row.items():
            if value:
                where.setdefault(name, set()).add(document)
    names = tuple(sorted(name for name, them in where.items() if len(them) >= least))
    rows = np.array([[row.get(name, 0.0) for name in names] for row in facts], dtype=float)
    scale = rows.std(axis=0)
    kept = scale > 0
    names = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    rows, scale = rows[:, kept], scale[kept]
    centre = rows.mean(axis=0)
    return Matrix(names, (rows - centre) / scale, centre, scale)


def fit(made: Matrix, right: Array, weights: Array, strength: float) -> Logistic:
    """The ridge solution; `strength` is the penalty of a squared weight, the offset bears none."""
    design = np.hstack([made.rows, np.ones((len(made.rows), 1))])
    penalty = np.full(design.shape[1], strength)
    penalty[-1] = 1e-6
    solved = _newton(design, right, weights, np.zeros(design.shape[1]), penalty)
    slopes = solved[:-1] / made.scale
    bias = float(solved[-1] - slopes @ made.centre)
    return Logistic(bias, dict(zip(made.names, slopes.tolist(), strict=True)))


def calibrated(model: Logistic, slope: float, shift: float) -> Logistic:
    """The model with its log odds stretched and moved."""
    return Logistic(model.bias * slope + shift, {key: one * slope for key, one in model.weights.items()})


def platt(odds: Array, right: Array) -> tuple[float, float]:
    """Slope and offset that make the odds fit what was right; drawn towards 1 and 0 where there is little to
    learn from."""
    design = np.column_stack([odds, np.ones(len(odds))])
    penalty = np.array([_SLOPE**-2, _SHIFT**-2])
    slope, shift = _newton(design, right, np.ones(len(odds)), np.array([1.0, 0.0]), penalty)
    return max(0.1, float(slope)), float(shift)


def _newton(design: Array, right: Array, weights: Array, prior: Array, penalty: Array) -> Array:
    """The most probable coefficients of a logistic model with a normal prior."""
    solved = prior.copy()
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ solved, -30, 30)))
        slope = design.T @ (weights * (right - likely)) - penalty * (solved - prior)
        bend = (design.T * (weights * likely * (1 - likely))) @ design + np.diag(penalty)
        move = np.linalg.solve(bend, slope)
        solved = solved + np.clip(move, -2, 2)
        if float(np.abs(move).max()) < _SETTLED:
            break
    return solved
