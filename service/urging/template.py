"""A template of a letter (DOCX with Jinja, package `docxtpl`) and its values in, the letter out.

Offices edit templates, so theirs are not trusted: they are rendered in a sandbox that reaches no attribute,
no function and none but a few harmless filters, with plain words and lists alone; what cannot be used is said
in words.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_BYTES = 2 * 1024 * 1024
_MOST_UNPACKED = 40 * 1024 * 1024
_FILTERS = ("upper", "lower", "capitalize", "title", "trim", "default", "length", "join", "first", "last")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')


class BadTemplate(ValueError):  # noqa: N818 - says what is wrong
    """The template cannot be used: `why` is a key of the wording, `detail` the place or name meant."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why
        self.detail = detail


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a template may do: look values up by name, compare, loop over lists that it is given."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Nothing that makes much out of little."""
        raise SecurityError(f"operator {operator}")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No attribute at all: values are looked up as items."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing but the loop's own is called."""
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`duty.text` is the item of this name; of a loop its counters."""
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        if type(obj).__name__ == "LoopContext" and attribute in ("index", "first", "last", "length"):
            return getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a mapping or list; never an attribute."""
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


@cache
def _environment() -> _Sandbox:
    made = _Sandbox(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS}
    return made


def render(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The letter; raises `BadTemplate`."""
    _check_file(template)
    from docxtpl import DocxTemplate

    out = io.BytesIO()
    try:
        made = DocxTemplate(io.BytesIO(template))
        made.render(_printable(values), jinja_env=_environment())
        made.save(out)
    except SecurityError as error:
        raise BadTemplate("reach", str(error)) from None
    except UndefinedError as error:
        raise BadTemplate("unknown", str(error)) from None
    except TemplateSyntaxError as error:
        raise BadTemplate("syntax", error.message or "") from None
    except TemplateError as error:
        raise BadTemplate("syntax", str(error)) from None
    except Exception as error:  # a library's own words for a file that is none
        raise BadTemplate("broken", type(error).__name__) from None
    return out.getvalue()


def _check_file(template: bytes) -> None:
    """That it is a plain DOCX: bounded, without macros, without links to be fetched from elsewhere."""
    if len(template) > MOST_BYTES:
        raise BadTemplate("large")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            if sum(one.file_size for one in parts.infolist()) > _MOST_UNPACKED:
                raise BadTemplate("large")
            names = parts.namelist()
            links = [link for name in names if name.endswith(".rels") for link in _outside(parts.read(name))]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        raise BadTemplate("broken") from None
    if "word/document.xml" not in names:
        raise BadTemplate("broken")
    if any("vbaProject" in name for name in names):
        raise BadTemplate("macros")
    if any(b"/hyperlink" not in link for link in links):
        raise BadTemplate("outside")


def _outside(relations: bytes) -> list[bytes]:
    return _OUTSIDE.findall(relations)


def _printable(value: Any) -> Any:
    """The values without what no DOCX may hold."""
    if isinstance(value, Mapping):
        return {str(key): _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return _UNPRINTABLE.sub("", value) if isinstance(value, str) else value
