"""Zip containers (.docx, .xlsx, packets) in, their members out, within bounds that a bomb cannot pass."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits

_CHUNK = 1 << 20
_SMALL = 16 * 2**20  # below this size a high ratio is only repetitive text
_MOST_MEMBERS = 20_000
LARGEST_DIRECTORY = 16 * 2**20


class Archive:
    """An opened zip; counts what it has unpacked, over all members."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._packed = max(len(content), 1)
        self._unpacked = 0
        if directory_size(content) > LARGEST_DIRECTORY:
            raise _bomb()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
            reason = Reason.TRUNCATED if content[:2] == b"PK" else Reason.WRONG_TYPE
            raise Unreadable(reason, "tệp nén hỏng hoặc thiếu phần cuối (broken zip)") from error
        self._check_declared()

    def _check_declared(self) -> None:
        declared = sum(member.file_size for member in self._members.values())
        if len(self._members) > _MOST_MEMBERS or self._too_much(declared):
            raise _bomb()

    def _too_much(self, size: int) -> bool:
        if size > self._limits.max_unpacked_bytes:
            return True
        return size > _SMALL and size > self._packed * self._limits.max_unpack_ratio

    @property
    def names(self) -> tuple[str, ...]:
        """Members' names in the zip's order, folders left out."""
        return tuple(name for name in self._members if not name.endswith("/"))

    def verify(self) -> None:
        """Unpacks every member within the bounds and refuses document types, for readers that open the
        file by themselves."""
        for name in self.names:
            content = self.read(name)
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content[:4096]:
                raise Unreadable(Reason.BOMB, "XML có khai báo thực thể (XML with a document type)")
        self._unpacked = 0

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """A member's bytes; Unreadable (BOMB, ENCRYPTED, TRUNCATED, DAMAGED) where they cannot be had."""
        member = self._members[name]
        if member.flag_bits & 1:
            raise Unreadable(Reason.ENCRYPTED, "tệp nén có mật khẩu (password-protected zip)")
        out = bytearray()
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._too_much(self._unpacked):
                        raise _bomb()
                    out += chunk
        except Unreadable:
            raise
        except Exception as error:  # zipfile and the codecs below raise many kinds on bad data
            raise Unreadable(Reason.DAMAGED, "một phần của tệp nén bị hỏng (damaged zip member)") from error
        return bytes(out)


def directory_size(content: bytes) -> int:
    """Bytes of the directory that a zip's end record announces; 0 where it has no such record."""
    at = content.rfind(b"PK\5\6", max(len(content) - 65_557, 0))
    return int.from_bytes(content[at + 12 : at + 16], "little") if at >= 0 else 0


def safe_name(name: str) -> PurePosixPath | None:
    """A member's path, or None where it would leave the folder it is unpacked in, or be that folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        return None
    return path


def _bomb() -> Unreadable:
    return Unreadable(Reason.BOMB, "tệp nén bung ra quá lớn (zip bomb)")
