"""Settings in, the confidence model to estimate by out: the promoted one, else the shipped.

Asked for each document, so that warm children take up a promotion without a new start; a model is loaded and
its hash verified once.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from models.confidence import FILE, KIND, BadWeightsError, Logistic, estimated, load, parse
from models.registry import BrokenModelError, Registry
from pipeline.types import Extraction, Issue, Probabilities
from service.settings import Settings

SHIPPED = "shipped"
"""Names the shipped model where an id is asked for."""
_log = logging.getLogger("dondoc.models")


@dataclass(frozen=True)
class Confidence:
    """The model in use: `id` is "" for the shipped one; `trouble` says why a promoted one is not used."""

    id: str
    models: Mapping[str, Logistic]
    trouble: str = ""

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        """The `pipeline.ports.Estimator`."""
        return estimated(self.models, facts)

    def named(self, extraction: Extraction) -> Extraction:
        """The extraction that says which model read it; with an issue where the promoted one could not."""
        if self.trouble:
            issue = Issue("models", f"mô hình đã chọn không dùng được (model cannot be used): {self.trouble}")
            return replace(extraction, issues=(*extraction.issues, issue))
        return replace(extraction, version=named(extraction.version, self.id))


def named(version: str, identifier: str) -> str:
    """A version with the model that it was read by: "rules-1+c:ab12cd34"."""
    return f"{version}+c:{identifier[:8]}" if identifier else version


def confidence(settings: Settings) -> Confidence:
    """The model by which documents are read now; the setting goes before the promotion."""
    try:
        wanted = settings.confidence_model or Registry(settings.models_dir).promoted().get(KIND, "")
        return of(settings.models_dir, "" if wanted == SHIPPED else wanted)
    except BrokenModelError as error:
        _log.warning("model not used: %s", error)
        return Confidence("", load(), str(error))


@functools.lru_cache(maxsize=4)
def of(root: Path, identifier: str) -> Confidence:
    """The model of an id, "" for the shipped one; raises `BrokenModelError`."""
    if not identifier:
        return Confidence("", load())
    model = Registry(root).get(identifier)
    try:
        return Confidence(identifier, parse(model.files[FILE]))
    except (KeyError, BadWeightsError):
        raise BrokenModelError(
            f"{identifier[:12]}: không phải mô hình tin cậy (no confidence model)"
        ) from None
