"""A multipart request's stream in, files on the disk out: hashed and counted on the way, never in memory.

Starlette's own form would spool files in the system's temporary folder and take them all before a bound is
looked at; nothing of an uncleared document may lie there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.uploads.folders import shown_name

_FIELDS = 100


class Malformed(ValueError):  # noqa: N818 - says what it is
    """The request is no multipart form."""


class TooMuch(Exception):  # noqa: N818 - says what it is
    """The request goes beyond a bound, which the message names."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may bring: bytes of a file, files, bytes of all, bytes of a plain field."""

    file_bytes: int
    files: int
    all_bytes: int
    field_bytes: int = 1000


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(slots=True)
class Form:
    """What a request brought."""

    files: list[SentFile] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


async def received(stream: AsyncIterator[bytes], content_type: str, folder: Path, bounds: Bounds) -> Form:
    """The form, its files in `folder`; raises `Malformed`, `TooMuch`."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Malformed
    taking = _Taking(folder, bounds)
    count = 0
    try:
        parser = MultipartParser(options[b"boundary"], taking.callbacks())
        async for chunk in stream:
            count += len(chunk)
            if count > bounds.all_bytes:
                raise TooMuch("bytes")
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError as error:
        raise Malformed from error
    finally:
        taking.close()
    if not taking.ended:
        raise Malformed
    return taking.form


class _Taking:
    """The parser's callbacks: one part after another."""

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        self._folder, self._bounds = folder, bounds
        self.form = Form()
        self.ended = False
        self._header = [b"", b""]
        self._disposition = b""
        self._name, self._file_name = "", ""
        self._file: BufferedWriter | None = None
        self._hash = hashlib.sha256()
        self._value = b""
        self._size = 0

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._add(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._add(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _add(self, which: int, data: bytes) -> None:
        self._header[which] += data

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1]
        self._header = [b"", b""]

    def _begin(self) -> None:
        self._header, self._disposition = [b"", b""], b""
        self._value, self._size, self._hash = b"", 0, hashlib.sha256()

    def _open(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        is_file = b"filename" in options or self._name == "files"
        self._file_name = shown_name(options.get(b"filename", b"").decode("utf-8", "replace"))
        if not is_file:
            if len(self.form.values) >= _FIELDS:
                raise TooMuch("fields")
            return
        if len(self.form.files) >= self._bounds.files:
            raise TooMuch("files")
        path = self._folder / f"part{len(self.form.files)}"
        self._file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

    def _data(self, data: bytes) -> None:
        self._size += len(data)
        if self._file is None:
            if self._size > self._bounds.field_bytes:
                raise TooMuch("field")
            self._value += data
            return
        if self._size > self._bounds.file_bytes:
            raise TooMuch("file")
        self._hash.update(data)
        self._file.write(data)

    def _end(self) -> None:
        if self._file is None:
            self.form.values[self._name] = self._value.decode("utf-8", "replace")
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        path = self._folder / f"part{len(self.form.files)}"
        self.form.files.append(SentFile(path, self._file_name, self._hash.hexdigest(), self._size))
        self._file = None

    def _all(self) -> None:
        self.ended = True
