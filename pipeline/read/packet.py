"""A directive whose annexes are files of their own, beside it or in one .zip: one document.

`group` finds such files by their names, `bundle` makes one source of them, `members` takes a bundle or
a .zip apart again, directive first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import sniff
from pipeline.read.archive import Archive, safe_name
from pipeline.text import fold, nfc
from pipeline.types import SourceDocument

# What an annex's file is called beside its directive's name, folded, words parted by single spaces.
_ANNEX = (
    r"(?:phu ?luc|pl ?(?:\d+|[ivx]+)?|(?:tai lieu |van ban )?(?:dinh )?kem(?: theo)?"
    r"|danh muc|bieu(?: mau)?|mau)"
)
_AFTER = re.compile(rf" {_ANNEX}(?![a-z])")
_BEFORE = re.compile(rf"^{_ANNEX}(?: (?:so )?(?:\d+|[ivx]+))? (?:cua |theo |kem theo )?")
_ANYWHERE = re.compile(rf"(?:^| ){_ANNEX}(?: |$|\d)")
_SIGNED = re.compile(r"(?:[ ._-]*\b(?:signed|da ky|ky so))+$")
_FORMATS = (sniff.PDF, sniff.DOCX, sniff.DOC, sniff.RTF, sniff.ODT, sniff.HTML, sniff.TEXT)
_UNREADABLE = (sniff.ZIP, sniff.EDXML, sniff.UNKNOWN)
_NOISE = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packet:
    """Files that are one document: the directive and its annexes in order."""

    directive: Path
    annexes: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files, the directive first."""
        return (self.directive, *self.annexes)


def group(paths: Sequence[Path]) -> tuple[Packet, ...]:
    """The documents that `paths` are, in their order; a file becomes an annex only where its name says so
    and the directive that it names lies in the same folder."""
    stems = {path: _stem(path.name) for path in paths}
    named: dict[tuple[Path, str], Path] = {}
    for path in paths:
        named.setdefault((path.parent, stems[path]), path)
    owners: dict[Path, Path] = {}
    for path in paths:
        for stem in _directives_named(stems[path]):
            owner = named.get((path.parent, stem))
            if owner is not None:
                owners[path] = owner
                break
    annexes_of: dict[Path, list[Path]] = {}
    for annex, owner in owners.items():
        first = owner
        while first in owners:  # an annex of an annex
            first = owners[first]
        annexes_of.setdefault(first, []).append(annex)
    packets: list[Packet] = []
    for path in paths:
        if path not in owners:
            annexes = sorted(annexes_of.get(path, ()), key=lambda annex: _natural(stems[annex]))
            packets.append(Packet(path, tuple(annexes)))
    return tuple(packets)


def _stem(name: str) -> str:
    """A file's name to compare by: folded, words parted by one space, without extension and "signed"."""
    stem = fold(nfc(PurePosixPath(name).stem))
    return _SIGNED.sub("", re.sub(r"[\W_]+", " ", stem).strip()).strip()


def _directives_named(stem: str) -> Iterator[str]:
    """The stems whose annex `stem` would be, longest first: it has an annex's name before or after one."""
    words = stem.split()
    for end in range(len(words) - 1, 0, -1):
        directive = " ".join(words[:end])
        if _tells_apart(directive) and _AFTER.match(stem[len(directive) :]):
            yield directive
    before = _BEFORE.match(stem)
    if before is not None and _tells_apart(stem[before.end() :]):
        yield stem[before.end() :]


def _tells_apart(stem: str) -> bool:
    """Whether a name is one of a document: it has a number and is no annex's name itself."""
    return len(stem) >= 2 and any(char.isdigit() for char in stem)


def _natural(stem: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", stem))


def bundle(sources: Sequence[SourceDocument]) -> SourceDocument:
    """One source of several, the directive first: a .zip whose bytes depend on theirs alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for index, source in enumerate(sources):
            name = PurePosixPath(source.name).name
            archive.writestr(zipfile.ZipInfo(f"{index:03d}/{name}", _EPOCH), source.content)
    from pipeline.read import open_source

    return open_source(f"{PurePosixPath(sources[0].name).stem}.zip", out.getvalue())


def members(source: SourceDocument, limits: Limits) -> tuple[SourceDocument, ...]:
    """The files of a .zip, directive first; Unreadable where none can be read or one leaves its folder.

    What cannot be read, a .zip within the .zip among it, comes last: nobody sends one with good reason.
    """
    from pipeline.read import open_source

    archive = Archive(source.content, limits)
    found: list[SourceDocument] = []
    for name in archive.names:
        path = safe_name(_readable(name))
        if path is None:
            raise Unreadable(Reason.DAMAGED, "tệp nén có đường dẫn ra ngoài (zip member outside its folder)")
        if not _NOISE.search(str(path)):
            found.append(open_source(str(path), archive.read(name)))
    if all(member.media_type in _UNREADABLE for member in found):
        nested = any(member.media_type == sniff.ZIP for member in found)
        reason = Reason.UNSUPPORTED if nested else Reason.NO_PAGES
        raise Unreadable(reason, "tệp nén không có văn bản nào đọc được (zip without a readable file)")
    return tuple(sorted(found, key=_rank))


def _rank(source: SourceDocument) -> tuple[object, ...]:
    """Sorts the directive first: no annex by name, a text rather than a sheet or picture."""
    path = PurePosixPath(source.name)
    stem = _stem(path.name)
    folders = tuple(_natural(_stem(part)) for part in path.parts[:-1])
    text = source.media_type in _FORMATS
    bundled = path.parts[0].isdigit() and len(path.parts[0]) == 3 and len(path.parts) == 2
    return (
        source.media_type in _UNREADABLE,
        int(path.parts[0]) if bundled else 0,
        bool(_ANYWHERE.search(stem)),
        not text,
        len(path.parts),
        folders,
        _natural(stem),
        source.name,
    )


def _readable(name: str) -> str:
    """A member's name; zips made without the UTF-8 flag show it in the DOS code page."""
    try:
        return nfc(name.encode("cp437").decode("utf-8"))
    except UnicodeError:
        return nfc(name)
