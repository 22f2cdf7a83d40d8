"""Whatever goes wrong in, an answer out: a problem document (RFC 9457) for software, a page for people.

No answer holds a traceback or a document's text.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from service.access.accounts import NoUser
from service.access.tries import TooMany
from service.access.viewer import Forbidden
from service.hooks.book import SwitchedOff
from service.logs import REQUEST_ID
from service.review.changes import Clashed, Unproved
from service.review.course import Held, Unfit, Unreviewed
from service.review.versions import Filed, Missing
from service.tracking.book import Moved
from service.tracking.life import NotAllowed
from service.web.identity import ForeignRequest, LoginNeeded, PasswordNeeded

API = "/api/"
_log = logging.getLogger("dondoc.web")

Told = tuple[int, str, str]
"""Status, key of the problem's type, title in Vietnamese (English in brackets)."""

_TOLD: dict[type[Exception], Told] = {
    Forbidden: (403, "forbidden", "Không có quyền (not allowed)"),
    ForeignRequest: (403, "foreign-request", "Yêu cầu không đến từ trang này, hãy tải lại (reload the page)"),
    TooMany: (429, "too-many-attempts", "Đăng nhập sai quá nhiều lần, hãy đợi (too many attempts)"),
    NoUser: (404, "not-found", "Không tìm thấy (not found)"),
    Missing: (404, "not-found", "Không tìm thấy (not found)"),
    Filed: (409, "filed", "Văn bản đã vào sổ, hãy mở lại trước (reopen the filed document first)"),
    Unreviewed: (409, "unreviewed", "Văn bản chưa rà soát xong (not reviewed yet)"),
    Held: (409, "held", "Văn bản đã giao cho người khác (another person has the document)"),
    Unfit: (
        422,
        "unfit",
        "Người này không được rà soát văn bản ấy (not a reviewer cleared for it)",
    ),
    Unproved: (409, "unproved", "Giá trị chưa có chỗ chứng minh (a value without evidence)"),
    Clashed: (409, "clash", "Người khác vừa sửa khác (another person changed this)"),
    Moved: (409, "moved", "Nhiệm vụ vừa được người khác cập nhật, hãy tải lại trang (reload the page)"),
    NotAllowed: (409, "not-allowed", "Không làm được bước này ở trạng thái hiện tại (not in this state)"),
    SwitchedOff: (409, "webhook-off", "Địa chỉ báo tin đang tắt (the webhook is switched off)"),
    OperationalError: (503, "database", "Cơ sở dữ liệu không trả lời (database does not answer)"),
    InterfaceError: (503, "database", "Cơ sở dữ liệu không trả lời (database does not answer)"),
}

_HTTP = {
    404: "Không tìm thấy (not found)",
    405: "Địa chỉ này không nhận yêu cầu như vậy (method not allowed)",
}


class Problem(Exception):  # noqa: N818 - RFC 9457's own name
    """A problem that a route tells of: `type` a stable key, `title` for people, `more` its own members."""

    def __init__(self, status: int, key: str, title: str, **more: Any) -> None:
        super().__init__(title)
        self.status = status
        self.key = key
        self.title = title
        self.more = more


Page = Callable[[Request, int, str, str], Awaitable[Response]]
"""A request, the status, the key and the title of its problem in, a page out."""


class Answers:
    """What is answered to each kind of problem; `page` shows one to people."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def known(self, request: Request, error: Exception) -> Response:
        """A problem of the list above, or a route's own."""
        if isinstance(error, Problem):
            return await self._answer(request, error.status, error.key, error.title, error.more)
        status, key, title = next(told for kind, told in _TOLD.items() if isinstance(error, kind))
        if status >= 500:
            _log.error("request failed", exc_info=error, extra={"path": request.url.path})
        return await self._answer(request, status, key, title, _more(error))

    async def login(self, request: Request, error: Exception) -> Response:
        """Nobody is logged in: a page leads to the login, all else is told so."""
        if _by_script(request) or request.method not in ("GET", "HEAD"):
            title = "Phiên làm việc đã hết, hãy đăng nhập lại (the session has ended, log in again)"
            return await self._answer(request, 401, "login-needed", title)
        return RedirectResponse(f"/login?next={request.url.path}", 303)

    async def password(self, request: Request, error: Exception) -> Response:
        """A one-time password: a page leads to where it is changed, all else is told so."""
        if _by_script(request) or request.method not in ("GET", "HEAD"):
            title = "Hãy đổi mật khẩu dùng một lần trước (change the one-time password first)"
            return await self._answer(request, 403, "password-change-needed", title)
        return RedirectResponse("/password", 303)

    async def http(self, request: Request, error: Exception) -> Response:
        """No such address or method."""
        assert isinstance(error, HTTPException)
        title = _HTTP.get(error.status_code, str(error.detail))
        return await self._answer(request, error.status_code, f"http-{error.status_code}", title)

    async def invalid(self, request: Request, error: Exception) -> Response:
        """A request that does not have the form described."""
        assert isinstance(error, RequestValidationError)
        found = [{"where": list(one["loc"]), "message": one["msg"]} for one in error.errors()]
        more = {"errors": jsonable_encoder(found)}
        return await self._answer(request, 422, "invalid", "Yêu cầu không đúng mẫu (invalid request)", more)

    async def unknown(self, request: Request, error: Exception) -> Response:
        """What nobody foresaw; the log has it."""
        _log.error("request failed", exc_info=error, extra={"path": request.url.path})
        return await self._answer(request, 500, "internal", "Lỗi nội bộ (internal error)")

    async def _answer(
        self, request: Request, status: int, key: str, title: str, more: Mapping[str, Any] | None = None
    ) -> Response:
        headers = {"x-problem": key} | ({"www-authenticate": "Bearer"} if status == 401 else {})
        if not _by_script(request):
            shown = await self._page(request, status, key, title)
            shown.headers.update(headers)
            return shown
        body = {"type": f"/problems/{key}", "title": title, "status": status, "request_id": REQUEST_ID.get()}
        body |= dict(more or {})
        return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def install(app: FastAPI, page: Page) -> None:
    """Makes the application answer problems so; `page` shows one to people."""
    answers = Answers(page)
    for kind in (*_TOLD, Problem):
        app.add_exception_handler(kind, answers.known)
    app.add_exception_handler(LoginNeeded, answers.login)
    app.add_exception_handler(PasswordNeeded, answers.password)
    app.add_exception_handler(HTTPException, answers.http)
    app.add_exception_handler(RequestValidationError, answers.invalid)
    app.add_exception_handler(Exception, answers.unknown)


def _by_script(request: Request) -> bool:
    """Whether no person's browser opens this as a page: the API, and what a page's script asks for."""
    wants_json = "application/json" in request.headers.get("accept", "")
    return request.url.path.startswith(API) or wants_json or "hx-request" in request.headers


def _more(error: Exception) -> dict[str, Any]:
    if isinstance(error, Clashed):
        clashes = [
            {"field": one.field, "base": one.base, "theirs": one.theirs, "mine": one.mine}
            for one in error.clashes
        ]
        return {"document": error.document, "task": error.task, "revision": error.version, "clashes": clashes}
    if isinstance(error, NotAllowed):
        return {"why": error.why, "about": error.about}
    if isinstance(error, Forbidden | Unreviewed | Unproved):
        return {"detail": str(error)}
    return {}
