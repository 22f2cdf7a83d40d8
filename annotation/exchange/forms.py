"""The forms in which labelled documents travel, by name: documents in, a file's bytes out, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotation.exchange import conll, docbin, doccano, label_studio, own
from annotation.exchange.regions import WrongFile
from annotation.marked import MarkedDocument


@dataclass(frozen=True, slots=True)
class Form:
    """How documents are written in a form and read again; `read` raises `WrongFile`."""

    write: Callable[[Iterable[MarkedDocument]], Iterator[bytes]]
    read: Callable[[bytes], Iterator[MarkedDocument]]


def _lines(
    write: Callable[[Iterable[MarkedDocument]], Iterator[str]],
    read: Callable[[Iterable[str]], Iterator[MarkedDocument]],
) -> Form:
    return Form(
        lambda documents: (f"{line}\n".encode() for line in write(documents)),
        lambda content: read(_text(content).split("\n")),
    )


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongFile(f"không phải UTF-8, byte {error.start} (not UTF-8)") from error


FORMS: Mapping[str, Form] = {
    "own": _lines(own.write, own.read),
    "label-studio": Form(
        lambda documents: iter((label_studio.write(documents).encode(),)),
        lambda content: label_studio.read(_text(content)),
    ),
    "doccano": _lines(doccano.write, doccano.read),
    "conll": _lines(conll.write, conll.read),
    "docbin": Form(lambda documents: iter((docbin.write(documents),)), docbin.read),
}
