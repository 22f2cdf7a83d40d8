"""A request that brings files in, its form out, or the problem that tells why it cannot be taken."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request

from service.uploads.multipart import Bounds, Form, Malformed, TooMuch, received
from service.web.problems import Problem


async def form_of(request: Request, folder: Path, bounds: Bounds) -> Form:
    """The form, its files in `folder`, at least one; raises `Problem`."""
    length = request.headers.get("content-length", "")
    too_much = Problem(413, "too-large", "Quá lớn hoặc quá nhiều tệp (too large or too many files)")
    if length.isdigit() and int(length) > bounds.all_bytes:
        raise too_much
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise Problem(415, "not-a-form", "Cần multipart/form-data (a multipart form is needed)")
    try:
        form = await received(request.stream(), kind, folder, bounds)
    except TooMuch as error:
        too_much.more["bound"] = str(error)
        raise too_much from None
    except Malformed:
        raise Problem(400, "malformed", "Biểu mẫu hỏng (malformed multipart form)") from None
    if not form.files:
        raise Problem(422, "no-files", "Chưa có tệp nào (no file in field `files`)")
    return form
