"""Settings in, the models to read by out: the confidence model and the second reader, each the promoted one,
else the shipped.

Asked for each document, so that warm children take up a promotion without a new start; a model is loaded and
its hash verified once.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from models.confidence import FILE, KIND, BadWeightsError, Logistic, estimated, load, parse
from models.reader import model as reader
from models.reader.read import see
from models.reader.taggers import Taggers
from models.registry import BrokenModelError, Registry
from pipeline.types import Directive, Extraction, Issue, Probabilities, SeenTask
from service.learning.models import suffix
from service.settings import Settings

SHIPPED = "shipped"
"""Names the shipped model where an id is asked for."""
KINDS = (KIND, reader.KIND)
"""What models there are; of each kind one is in use."""
_log = logging.getLogger("dondoc.models")


@dataclass(frozen=True)
class Confidence:
    """A confidence model: `id` is "" for the shipped one; `trouble` says why a promoted one is not used."""

    id: str
    models: Mapping[str, Logistic]
    trouble: str = ""

    def __call__(self, facts: Mapping[str, float]) -> Probabilities:
        """The `pipeline.ports.Estimator`."""
        return estimated(self.models, facts)


@dataclass(frozen=True)
class Second:
    """A second reader, told in the same way; the shipped one is loaded with its first document."""

    id: str
    load: Callable[[], Taggers]
    trouble: str = ""

    def __call__(self, directive: Directive) -> tuple[SeenTask, ...]:
        """The `pipeline.ports.SecondReader`."""
        return see(directive, self.load())


@dataclass(frozen=True)
class Used:
    """The models that a document is read by."""

    confidence: Confidence
    second: Second

    def named(self, extraction: Extraction) -> Extraction:
        """The extraction that says which models read it; with an issue for each promoted one that could
        not."""
        troubles = [one.trouble for one in (self.confidence, self.second) if one.trouble]
        issues = [
            Issue("models", f"mô hình đã chọn không dùng được (model cannot be used): {one}")
            for one in troubles
        ]
        version = extraction.version + suffix(self.confidence.id, self.second.id)
        return replace(extraction, version=version, issues=(*extraction.issues, *issues))


def used(settings: Settings) -> Used:
    """The models by which documents are read now; a setting goes before a promotion."""
    root = settings.models_dir
    return Used(
        _used(root, KIND, settings.confidence_model, confidence_of),
        _used(root, reader.KIND, settings.reader_model, second_of),
    )


@functools.lru_cache(maxsize=4)
def confidence_of(root: Path, identifier: str) -> Confidence:
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


@functools.lru_cache(maxsize=4)
def second_of(root: Path, identifier: str) -> Second:
    """The same for a second reader."""
    if not identifier:
        return Second("", functools.partial(reader.load, reader.FOLDER))
    model = Registry(root).get(identifier)
    try:
        taggers = reader.parse(model.files)
    except reader.DamagedReaderError:
        raise BrokenModelError(f"{identifier[:12]}: không phải bộ đọc (no reader)") from None
    return Second(identifier, lambda: taggers)


_Model = TypeVar("_Model", Confidence, Second)


def _used(root: Path, kind: str, setting: str, of: Callable[[Path, str], _Model]) -> _Model:
    try:
        wanted = setting or Registry(root).promoted().get(kind, "")
        return of(root, "" if wanted == SHIPPED else wanted)
    except BrokenModelError as error:
        _log.warning("model not used: %s", error)
        return replace(of(root, ""), trouble=str(error))
