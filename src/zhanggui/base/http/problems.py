"""Errors as HTTP answers: one JSON form, in the reader's language."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from zhanggui.base.complaints import invalid
from zhanggui.base.errors import TooMany, ZhangguiError
from zhanggui.base.words import Text


class Problem(BaseModel):
    """What was wrong, where, and what to do next."""

    code: str
    message: str
    hint: str | None = None
    where: str | None = None


DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description}
    for status, description in {
        400: "The request is not well-formed",
        401: "Nobody is signed in",
        403: "The caller may not do this",
        404: "No such shop or record",
        409: "The record's state does not allow this",
        413: "Too many bytes or rows",
        422: "The input is not right",
        429: "Too many calls; see Retry-After",
        503: "Something this needs is not ready",
    }.items()
}
"""The error answers of every route, for OpenAPI."""

_PLAIN: dict[int, tuple[str, Text]] = {
    400: ("bad_request", Text("请求格式不对", "The request is not well-formed")),
    404: ("not_found", Text("没有这个地址", "There is nothing at this address")),
    405: ("method_not_allowed", Text("这个地址不接受该方法", "This address takes another method")),
    413: ("too_large", Text("内容太大", "The content is too large")),
    415: ("unsupported_media_type", Text("不支持这种内容", "Content of another type is needed")),
}
_UNEXPECTED = Text("出错了，我们没有料到这种情况", "Something went wrong that was not expected")
_UNEXPECTED_HINT = Text(
    "请稍后再试；如果一直这样，请把编号告诉管理员。",
    "Try again; if it goes on, give the administrator this number.",
)


def install(app: FastAPI) -> None:
    """Answer every error of `app` in the one form."""
    app.add_exception_handler(ZhangguiError, _known)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _not_valid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _plain)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _defect)


def answer(error: ZhangguiError) -> JSONResponse:
    """The answer for an error of the vocabulary."""
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
    return JSONResponse(error.as_dict(), error.status, headers)


def unexpected() -> JSONResponse:
    """The answer for a defect: says nothing of it but the number it is logged under."""
    request_id = structlog.contextvars.get_contextvars().get("request")
    problem = Problem(
        code="unexpected",
        message=str(_UNEXPECTED),
        hint=str(_UNEXPECTED_HINT),
        where=request_id,
    )
    return JSONResponse(problem.model_dump(), 500)


async def _known(request: Request, error: ZhangguiError) -> JSONResponse:
    return answer(error)


async def _defect(request: Request, error: Exception) -> JSONResponse:
    return unexpected()


async def _not_valid(request: Request, error: RequestValidationError) -> JSONResponse:
    return answer(invalid(error.errors(), "request"))


async def _plain(request: Request, error: HTTPException) -> JSONResponse:
    code, words = _PLAIN.get(error.status_code, _PLAIN[400])
    problem = Problem(code=code, message=str(words))
    return JSONResponse(problem.model_dump(), error.status_code, error.headers)
