"""The OpenAPI description: FastAPI's own, with tags, ways to prove who one is, and problem documents."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.api.answers import TYPE, ProblemDocument

_TAGS = {
    "uploads": "Gửi văn bản, theo dõi việc đọc (documents are sent in and followed to their end).",
    "documents": "Văn bản và tệp gốc (documents and their originals).",
    "pictures": "Ảnh trang và chỗ chứng minh (pages, and what proves a value, as pictures).",
    "tasks": "Tìm nhiệm vụ (tasks, searched over all documents).",
    "decisions": "Duyệt, sửa, bỏ, tách, gộp, hoàn tác (decisions on tasks, each to be taken back).",
    "duties": "Sổ theo dõi nhiệm vụ (the book of duties, followed and moved on).",
    "book": "Nhập sổ cũ (an office's former book is taken in).",
    "reports": "Báo cáo của sổ theo dõi (figures of the book, as of any day).",
    "inspections": "Kiểm tra, kết luận, biện pháp (inspections, findings, conclusions, measures).",
    "runs": "Các lượt đọc kho (runs over archives, how each stands).",
    "exports": "Xuất bảng (tables of tasks, made in the background).",
    "webhooks": "Báo sự kiện cho phần mềm khác (other software is told of events).",
    "tokens": "Khóa truy cập của phần mềm khác (tokens of other software).",
}


def install(app: FastAPI) -> None:
    """Makes the application describe itself so."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": told} for name, told in _TAGS.items()],
    )
    components = schema.setdefault("components", {})
    components.setdefault("schemas", {})["ProblemDocument"] = ProblemDocument.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of POST /tokens."},
        "session": {"type": "apiKey", "in": "cookie", "name": "dondoc_session"},
    }
    schema["security"] = [{"token": []}, {"session": []}]
    for path in schema["paths"].values():
        for operation in path.values():
            _only_problems(operation)
    return schema


def _only_problems(operation: dict[str, Any]) -> None:
    """FastAPI describes its own 422 beside ours: only the problem document is ever sent."""
    for status, response in operation.get("responses", {}).items():
        if status.startswith(("4", "5")):
            response["content"] = {TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
