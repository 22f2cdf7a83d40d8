"""Pure functions of short texts that remember what they made of the last ones.

Rules, the second reader and the classifiers ask the same of the same clause. What is remembered stays in the
memory of the process that read the document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_forgetting: list[Callable[[], None]] = []
_CLAUSE = 4_000  # characters that a clause or a cell seldom has, and a document always


def remembered(
    size: int, longest: int = _CLAUSE
) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """A decorator: the last `size` answers are kept, those about texts of more than `longest` characters
    never. The function's other arguments must be hashable, its answer immutable."""

    def keeping(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        known = lru_cache(maxsize=size)(function)
        _forgetting.append(known.cache_clear)

        @wraps(function)
        def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if len(text) > longest:
                return function(text, *args, **kwargs)
            return known(text, *args, **kwargs)  # type: ignore[arg-type] # hashable, as said above

        return answer

    return keeping


def forgotten_too(clear: Callable[[], None]) -> None:
    """Has `clear` called with the rest: for what is remembered of whole files."""
    _forgetting.append(clear)


def forget() -> None:
    """Drops all that is remembered: what a document said that must leave no trace, or what was made by rules
    that have changed."""
    for clear in _forgetting:
        clear()
