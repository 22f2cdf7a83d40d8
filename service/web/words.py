"""The interface's language: Vietnamese is what the templates say, English comes from locale/en.po (Babel)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from fastapi import Request

from pipeline.english import path_in_english, reading_in_english
from pipeline.labels import (
    ASSIGNERS,
    CLAUSE_ROLES,
    ENGLISH,
    FIELDS,
    FLAGS,
    MARKS,
    NATURES,
    PRODUCTS,
    TASK_SOURCES,
    TIMINGS,
    URGENCIES,
)

LOCALES = ("vi", "en")
COOKIE = "dondoc_locale"
LABELS = {
    "nature": NATURES,
    "field": FIELDS,
    "timing": TIMINGS,
    "source": TASK_SOURCES,
    "assigner": ASSIGNERS,
    "urgency": URGENCIES,
    "clause": CLAUSE_ROLES,
    "mark": MARKS,
    "flag": FLAGS,
    "product": PRODUCTS,
}
_BOTH = re.compile(r"(?P<vi>.+) \((?P<en>[ -\'*-~]+)\)", re.DOTALL)  # "tiếng Việt (English)"


def locale_of(request: Request, preferred: str | None = None) -> str:
    """The language of an answer: the user's, else that of the cookie, else Vietnamese."""
    for wanted in (request.cookies.get(COOKIE), preferred):
        if wanted in LOCALES:
            return str(wanted)
    return LOCALES[0]


@cache
def catalogue(locale: str) -> dict[str, str]:
    """Messages of a language by their Vietnamese wording; empty for Vietnamese itself. Labels of tasks have
    their English beside them (pipeline/labels.py), all else in locale/en.po, which has the last word."""
    if locale == LOCALES[0]:
        return {}
    from babel.messages.pofile import read_po

    labels = {names[key]: said for name, names in LABELS.items() for key, said in ENGLISH[name].items()}
    with (files("service") / "locale" / f"{locale}.po").open("rb") as stream:
        return labels | {str(one.id): str(one.string) for one in read_po(stream) if one.id and one.string}


def said(locale: str, message: str) -> str:
    """The message in the language; itself where the catalogue lacks it."""
    return catalogue(locale).get(message, message)


def told(locale: str, message: str) -> str:
    """What the program says in sentences, in the language: one of reasons.toml with its names filled in, or a
    message that gives its English in brackets; itself where it is neither."""
    known = catalogue(locale).get(message)
    if known is not None:
        return known
    both = _BOTH.fullmatch(message)
    if both is not None:
        return both["vi"] if locale == LOCALES[0] else _capital(both["en"])
    for pattern, sentence in _sentences(locale):
        found = pattern.fullmatch(message)
        if found:
            names = {name: _filled(locale, name, value) for name, value in found.groupdict().items()}
            return _capital(sentence.format(**names))
    return message


@cache
def _sentences(locale: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """Patterns of sentences with names filled in, and their wording in the language."""
    made = []
    for message, sentence in catalogue(locale).items():
        parts = re.split(r"\{(\w+)\}", message)
        if len(parts) > 1:
            turned = [f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
            made.append((re.compile("".join(turned), re.DOTALL), sentence))
    return sorted(made, key=lambda one: -len(one[0].pattern))


def read_as(locale: str, words: str) -> str:
    """How a deadline was read, in the language; in Vietnamese where it cannot be put into another."""
    return (reading_in_english(words) if locale == "en" else None) or words


def standing_at(locale: str, path: str) -> str:
    """Where something stands in its document, in the language."""
    return path_in_english(path) if locale == "en" else path


def _filled(locale: str, kind: str, name: str) -> str:
    """A name within a sentence, which may begin small there; `kind` is what the sentence calls it."""
    if kind == "reading":
        return read_as(locale, name)
    known = catalogue(locale)
    found = known.get(name) or known.get(name[:1].upper() + name[1:])
    if found is None and kind == "where":
        found = standing_at(locale, name)
    return found[:1].lower() + found[1:] if found else name


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
